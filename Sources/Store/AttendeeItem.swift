import AWSClients
import InviteService
import MailMessage

/// The stored form of an attendee. It is never written whole: senders and replies each update their own attributes.
package enum AttendeeItem {
    /// Stands in `campaign` for a single invitation, so that no later campaign takes its place.
    static let noCampaign = "-"

    /// Of an item that may be empty, as before somebody's first claim.
    package static func standing(_ item: DynamoDB.Item) -> Standing {
        Standing(
            isOwned: item["campaign"] != nil, campaign: campaign(of: item), sentRevision: item["sentRevision"]?.int,
            failedRevision: item["failedRevision"]?.int,
            response: item["rsvp"]?.string.flatMap(Response.init(rawValue:)) ?? .noAction,
            isShared: item["origin"]?.string == Origin.shared.rawValue, isHeld: item["claim"] != nil,
            lease: item["lease"]?.int.map(Int64.init))
    }

    private static func campaign(of item: DynamoDB.Item) -> String? {
        item["campaign"]?.string.flatMap { $0 == noCampaign ? nil : $0 }
    }

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
            domain: try reader.string("domain"), campaign: campaign(of: item),
            origin: try reader.value("origin", Origin.init(rawValue:)),
            delivery: try reader.value(
                item["outcome"] == nil ? "delivery" : "outcome", Delivery.init(rawValue:)),
            sentRevision: item["sentRevision"]?.int,
            firstSent: item["firstSent"]?.int.map(Int64.init),
            response: try reader.value("rsvp", Response.init(rawValue:)), reply: reply,
            replied: item["replied"]?.int.map(Int64.init), client: item["client"]?.string,
            comment: item["comment"]?.string,
            delegate: item["delegate"]?.string.flatMap { EmailAddress($0) },
            proposal: item["proposal"]?.string.flatMap(ProposalAttribute.decode),
            isHeld: item["claim"] != nil)
        attendee.receipt = item["receipt"]?.int.map(Int64.init)
        attendee.opened = item["opened"]?.int.map(Int64.init)
        return attendee
    }

    /// Of an item beside the attendee's: in the history, or the latest answer to an instance.
    static func pastAnswer(_ item: DynamoDB.Item) throws(ItemError) -> PastAnswer {
        let reader = ItemReader(item, kind: "answer")
        // The latest answer to an instance has it in its key alone.
        let keyParts = try reader.string("sk").split(separator: "#")
        return PastAnswer(
            response: try reader.value("rsvp", Response.init(rawValue:)),
            stamp: ReplyStamp(
                sequence: try reader.int("replySequence"), stamp: try reader.time("replyStamp"),
                sent: item["replySent"]?.int.map(Int64.init) ?? 0),
            instance: item["instance"]?.int.map(Int64.init) ?? keyParts.last.flatMap { Int64($0) },
            replied: try reader.time("replied"), client: item["client"]?.string, comment: item["comment"]?.string,
            delegate: item["delegate"]?.string.flatMap { EmailAddress($0) },
            proposal: item["proposal"]?.string.flatMap(ProposalAttribute.decode))
    }
}
