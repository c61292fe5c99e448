import InviteService
import LambdaRuntime
import MailMessage
import Testing

enum Samples {
    static let uid = "00112233445566778899aabbccddeeff00112233"

    static func address(_ text: String) throws -> EmailAddress { try EmailAddress(parsing: text) }

    static func event(status: Event.Status = .confirmed) throws -> Event {
        Event(
            uid: try #require(EventUID(uid)), organizer: try address("Ann@acme.example"), organizerName: "Ann Lee",
            originalOrganizer: "group@acme.example", domain: "calendar.example.com", clientUID: "tea@acme.example",
            productID: "-//Acme//Calendar 1//EN", revision: 3, calendar: "cafe", sequence: 1, answerSequence: 1,
            sourceSequence: 4,
            sourceStamp: 5, sourceMessage: "mail-1", status: status, created: 10, lastModified: 20,
            summary: "Tea & cake", description: "Bring\n<milk>", location: "Room \"5\"", start: 30, end: 40,
            isAllDay: false, timeZone: "Europe/Berlin", recurrence: nil)
    }

    static func campaign() throws -> Campaign {
        Campaign(
            id: "c1", event: try #require(EventUID(uid)), organizer: try address("Ann@acme.example"),
            domain: "calendar.example.com", origin: .vip, source: ListSource(bucket: "data", prefix: "lists/x/"),
            status: .sending, created: 7)
    }

    static func secret() throws -> ServiceSecret {
        try ServiceSecret(parsing: #"{"current":"a","uid":"a","a":"0123456789abcdef0123456789abcdef"}"#)
    }

    static let addresses = MailAddresses(domain: "calendar.example.com")

    static var context: LambdaContext {
        LambdaContext(requestID: "r1", deadline: ContinuousClock.now + .seconds(60))
    }
}
