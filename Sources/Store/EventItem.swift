import AWSClients
import InviteService
import JSON
import MailMessage

/// The stored form of an event head.
///
/// `organizerKey`, `domainKey` and `lastModified` are the keys of the two indexes. They are written on event items
/// alone, and sends and replies never touch an event item.
enum EventItem {
    static func encode(_ event: Event) -> DynamoDB.Item {
        var item = Key.event(event.uid)
        item["organizer"] = .s(event.organizer.description)
        item["organizerName"] = event.organizerName.map { .s($0) }
        item["originalOrganizer"] = .s(event.originalOrganizer)
        item["domain"] = .s(event.domain)
        item["clientUID"] = .s(event.clientUID)
        item["prodid"] = .s(event.productID)
        item["revision"] = .int(event.revision)
        item["calendar"] = .s(event.calendar)
        item["sequence"] = .int(event.sequence)
        item["sourceSequence"] = .int(event.sourceSequence)
        item["sourceStamp"] = event.sourceStamp.map { .int($0) }
        item["sourceMessage"] = .s(event.sourceMessage)
        item["answerSequence"] = .int(event.answerSequence)
        if !event.askedInstances.isEmpty {
            let asked = event.askedInstances.sorted { $0.key < $1.key }
            item["askedInstances"] = .s(JSON.array(asked.map { [.int($0.key), .int($0.value)] }).text)
        }
        item["status"] = .s(event.status.rawValue)
        item["created"] = .int(event.created)
        item["lastModified"] = .int(event.lastModified)
        item["summary"] = .s(event.summary)
        item["description"] = .s(event.description)
        item["location"] = .s(event.location)
        item["start"] = .int(event.start)
        item["end"] = .int(event.end)
        item["lastEnd"] = .int(event.lastEnd)
        item["allDay"] = .bool(event.isAllDay)
        item["timeZone"] = event.timeZone.map { .s($0) }
        item["recurrence"] = event.recurrence.map { .s($0) }
        item["updates"] = .s(event.updates.rawValue)
        item["changes"] = .s(JSON.array(event.changes.map(\.json)).text)
        item["spreadRevision"] = .int(event.spreadRevision)
        item["organizerKey"] = .s("organizer#\(event.organizer.normalized)")
        item["domainKey"] = .s("domain#\(event.domain)")
        return item
    }

    static func decode(_ item: DynamoDB.Item) throws(ItemError) -> Event {
        let reader = ItemReader(item, kind: "event")
        return Event(
            uid: try reader.eventUID(inKeyPart: 1), organizer: try reader.address("organizer"),
            organizerName: item["organizerName"]?.string,
            originalOrganizer: try reader.string("originalOrganizer"), domain: try reader.string("domain"),
            clientUID: try reader.string("clientUID"), productID: try reader.string("prodid"),
            revision: try reader.int("revision"), calendar: try reader.string("calendar"),
            sequence: try reader.int("sequence"), answerSequence: try reader.int("answerSequence"),
            sourceSequence: try reader.int("sourceSequence"), sourceStamp: item["sourceStamp"]?.int.map(Int64.init),
            sourceMessage: try reader.string("sourceMessage"),
            status: try reader.value("status", Event.Status.init(rawValue:)), created: try reader.time("created"),
            lastModified: try reader.time("lastModified"), summary: try reader.string("summary"),
            description: try reader.string("description"), location: try reader.string("location"),
            start: try reader.time("start"), end: try reader.time("end"), isAllDay: item["allDay"]?.bool ?? false,
            timeZone: item["timeZone"]?.string, recurrence: item["recurrence"]?.string,
            askedInstances: askedInstances(item), updates: try reader.value("updates", UpdateAudience.init(rawValue:)),
            changes: try reader.value("changes") { try? JSON(parsing: $0).array?.compactMap(EventChange.init(json:)) },
            spreadRevision: try reader.int("spreadRevision"), lastEnd: item["lastEnd"]?.int.map(Int64.init))
    }

    private static func askedInstances(_ item: DynamoDB.Item) -> [Int64: Int] {
        guard let asked = item["askedInstances"]?.string.flatMap({ try? JSON(parsing: $0).array }) else { return [:] }
        let pairs = asked.compactMap { pair in
            pair[0]?.int.flatMap { instance in pair[1]?.int.map { (Int64(instance), $0) } }
        }
        return Dictionary(pairs) { $1 }
    }
}
