import AWSClients
import InviteService
import JSON

/// What an image in the main table's stream counts as; nil for items that are not counted.
package enum StreamImage {
    package static func item(_ image: JSON?) throws -> CountedItem? {
        guard let image else { return nil }
        guard let item = DynamoDB.Item(wire: image), let sk = item["sk"]?.string else {
            throw ItemError(item: "stream image", attribute: "sk")
        }
        if sk == "event" { return .event(try EventItem.decode(item)) }
        if sk == "campaign", let pk = item["pk"]?.string, pk.hasPrefix("campaign#") {
            return .campaign(try CampaignItem.decode(item, id: String(pk.dropFirst("campaign#".count))))
        }
        if sk.hasPrefix("attendee#") { return .attendee(try AttendeeItem.decode(item)) }
        if sk.hasPrefix("chunk#"), let campaign = item["campaign"]?.string {
            let skipped = try JSON(parsing: item["skipped"]?.string ?? "{}")
            return .finishedChunk(campaign: campaign, skipped: SkipCounts(json: skipped))
        }
        return nil
    }
}
