import Audience
import InviteService
import MailMessage
import Testing

enum Samples {
    static let uid = "00112233445566778899aabbccddeeff00112233"

    static func address(_ text: String) throws -> EmailAddress { try EmailAddress(parsing: text) }

    static func event(revision: Int = 2) throws -> Event {
        Event(
            uid: try #require(EventUID(uid)), organizer: try address("Ann@acme.example"), organizerName: "Ann Lee",
            originalOrganizer: "group@acme.example", domain: "calendar.example.com", clientUID: "tea@acme.example",
            productID: "-//Acme//Calendar 1//EN", revision: revision, calendar: "cafe", sequence: 1,
            answerSequence: 1, sourceSequence: 4,
            sourceStamp: 1_795_338_000, sourceMessage: "mail-1", status: .tentative, created: 1,
            lastModified: 2, summary: "Tea", description: "", location: "Room 5", start: -5, end: 1_799_596_800,
            isAllDay: true, timeZone: "Europe/Berlin", recurrence: "FREQ=DAILY",
            changes: [EventChange(revision: 2, scope: .instances(changed: [7, 9], cancelled: []))], spreadRevision: 1)
    }

    static func campaign() throws -> Campaign {
        Campaign(
            id: "c1", event: try #require(EventUID(uid)), organizer: try address("Ann@acme.example"),
            domain: "calendar.example.com", origin: .bulk, source: ListSource(bucket: "data", prefix: "lists/x/"),
            status: .sending, created: 7)
    }

    static func claim(
        _ address: String = "Bob@example.com", name: String? = "Bob", answerSequence: Int = 1
    ) throws -> Claim {
        var event = try event()
        event.answerSequence = answerSequence
        return Claim(
            recipient: Recipient(address: try Samples.address(address), name: name), event: event, campaign: "c1",
            origin: .bulk, id: "claim-1", now: 1000, until: 1090)
    }

    static func answer(
        _ address: String = "bob@example.com", instance: Int64? = nil, comment: String? = nil, client: String? = nil
    ) throws -> ReplyIntake.Answer {
        ReplyIntake.Answer(
            event: try event(), attendee: try Samples.address(address), name: "Bob", response: .declined,
            stamp: ReplyStamp(sequence: 1, stamp: 1_795_420_800), instance: instance, comment: comment, client: client,
            received: 1_795_420_900)
    }
}
