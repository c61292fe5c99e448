import AWSClients
import InviteService
import MailMessage

/// The stored form of an attendee. It is never written whole: senders and replies each update their own attributes.
enum AttendeeItem {
    static func decode(_ item: DynamoDB.Item) throws(ItemError) -> Attendee {
        let reader = ItemReader(item, kind: "attendee")
        var reply: ReplyStamp?
        if let sequence = item["replySequence"]?.int, let stamp = item["replyStamp"]?.int {
            reply = ReplyStamp(
                sequence: sequence, stamp: Int64(stamp), sent: item["replySent"]?.int.map(Int64.init) ?? 0)
        }
        var attendee = Attendee(
            event: try reader.eventUID(inKeyPart: 1), address: try reader.address("address"),
            name: item["name"]?.string, organizer: try reader.address("organizer"),
            domain: try reader.string("domain"), campaign: item["campaign"]?.string,
            origin: try reader.value("origin", Origin.init(rawValue:)),
            delivery: try reader.value(
                item["outcome"] == nil ? "delivery" : "outcome", Delivery.init(rawValue:)),
            sentRevision: item["sentRevision"]?.int,
            firstSent: item["firstSent"]?.int.map(Int64.init),
            response: try reader.value("rsvp", Response.init(rawValue:)), reply: reply,
            replied: item["replied"]?.int.map(Int64.init), client: item["client"]?.string,
            comment: item["comment"]?.string,
            delegate: item["delegate"]?.string.flatMap { EmailAddress($0) },
            proposal: item["proposal"]?.string.flatMap(ProposalAttribute.decode))
        attendee.receipt = item["receipt"]?.int.map(Int64.init)
        attendee.opened = item["opened"]?.int.map(Int64.init)
        return attendee
    }
}
