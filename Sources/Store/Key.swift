import AWSClients
import InviteService
import MailMessage

/// Keys of the main and the statistics table.
enum Key {
    static func event(_ uid: EventUID) -> DynamoDB.Item { item("event#\(uid)", "event") }

    static func attendee(_ event: EventUID, _ address: EmailAddress) -> DynamoDB.Item {
        item(attendeePartition(event, shard: AttendeeShard.of(address)), "attendee#\(address.normalized)")
    }

    /// Of an item under `attendee`; nil where none can be read.
    static func attendeeAddress(_ item: DynamoDB.Item) -> EmailAddress? {
        item["sk"]?.string.flatMap { EmailAddress(String($0.dropFirst("attendee#".count))) }
    }

    static func attendeePartition(_ event: EventUID, shard: Int) -> String {
        "event#\(event)#\(shard < 10 ? "0" : "")\(shard)"
    }

    /// The answer for one instance of a series, beside the attendee's record.
    static func instanceReply(_ event: EventUID, _ address: EmailAddress, instance: Int64) -> DynamoDB.Item {
        item(attendeePartition(event, shard: AttendeeShard.of(address)), "reply#\(address.normalized)#\(instance)")
    }

    /// An answer as it came, beside the attendee's record; in the order of DTSTAMP.
    static func pastReply(
        _ event: EventUID, _ address: EmailAddress, _ stamp: ReplyStamp, instance: Int64?
    ) -> DynamoDB.Item {
        let digits = String(max(0, stamp.stamp))
        let order = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        let which = instance.map { "\($0)" } ?? "event"
        return item(
            attendeePartition(event, shard: AttendeeShard.of(address)),
            "history#\(address.normalized)#\(order)#\(stamp.sent)#\(which)")
    }

    static func person(_ address: EmailAddress) -> DynamoDB.Item { item("person#\(address.normalized)", "person") }

    /// Stands for a suppressed person among all of them, so that they can be listed.
    static func suppression(_ address: EmailAddress) -> DynamoDB.Item {
        item(suppressionPartition, address.normalized)
    }

    static let suppressionPartition = "suppression"

    static func campaign(_ id: String) -> DynamoDB.Item { item("campaign#\(id)", "campaign") }

    /// Stands for a campaign among its event's, so that they can be listed by age.
    static func eventCampaign(_ event: EventUID, _ cursor: CampaignCursor) -> DynamoDB.Item {
        let digits = String(cursor.created)
        let created = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        return item("event#\(event)", "\(eventCampaignPrefix)\(created)#\(cursor.id)")
    }

    static let eventCampaignPrefix = "campaign#"

    static func chunk(_ campaign: String, _ number: Int) -> DynamoDB.Item {
        item("campaign#\(campaign)", "chunk#\(number)")
    }

    /// How many invitations to an event were counted.
    static func inviteCount(_ event: EventUID) -> DynamoDB.Item { item("event#\(event)", "invites") }

    /// Remembers what became of a reservation.
    static func reservation(_ event: EventUID, _ id: String) -> DynamoDB.Item {
        item("event#\(event)", "reserve#\(id)")
    }

    static func apiKey(_ hash: String) -> DynamoDB.Item { item("key#\(hash)", "key") }

    static func organizer(_ address: EmailAddress) -> DynamoDB.Item {
        item("organizer#\(address.normalized)", "organizer")
    }

    /// How many events an organizer has made.
    static func eventCount(_ organizer: EmailAddress) -> DynamoDB.Item {
        item("organizer#\(organizer.normalized)", "events")
    }

    /// Stands for a key among its holder's, so that they can be listed.
    static func heldKey(_ hash: String, of holder: APIKey.Scope) -> DynamoDB.Item {
        item(holderPartition(holder), "key#\(hash)")
    }

    static func holderPartition(_ holder: APIKey.Scope) -> String {
        switch holder {
        case .organizer(let address): "organizer#\(address.normalized)"
        case .owner: "owner"
        }
    }

    static func notice(_ id: String) -> DynamoDB.Item { item("notice#\(id)", "notice") }

    static func refusals(_ organizer: EmailAddress, hour: Int64) -> DynamoDB.Item {
        item("refusals#\(organizer.normalized)", "hour#\(hour)")
    }

    static func rate(_ scope: RateScope, hour: Int64) -> DynamoDB.Item {
        let partition =
            switch scope {
            case .address(let address): "address#\(address.normalized)"
            case .event(let uid): "event#\(uid)"
            case .source(let network): "source#\(network)"
            }
        return item("rate#\(partition)", "hour#\(hour)")
    }

    static func order(_ id: String) -> DynamoDB.Item { item("order#\(id)", "order") }

    static let webhookPartition = "webhooks"

    static func webhook(_ id: String, of holder: APIKey.Scope) -> DynamoDB.Item {
        item(webhookPartition, "\(holder.text)#\(id)")
    }

    static func failedDeliveries(_ webhook: String) -> String { "webhook#\(webhook)" }

    static func failedDelivery(_ delivery: WebhookDelivery) -> DynamoDB.Item {
        item(failedDeliveries(delivery.webhook), "failed#\(delivery.id)")
    }

    static func checkpoint(_ shard: String) -> DynamoDB.Item { item("shard#\(shard)", "checkpoint") }

    /// How far a shard's changes are in the change log and with the webhooks.
    static func published(_ shard: String) -> DynamoDB.Item { item("shard#\(shard)", "published") }

    static func item(_ pk: String, _ sk: String) -> DynamoDB.Item { ["pk": .s(pk), "sk": .s(sk)] }
}
