import Audience
import InviteService
import MailMessage
import TestSupport
import Testing

enum Samples {
    static let addresses = MailAddresses(domain: "calendar.example.com")
    static let passed = SenderAuthentication.Verdicts(spam: "PASS", virus: "PASS", dmarc: "PASS")

    static let links = PublicLinks(url: "https://api.example.com")

    static func secret(current: String = "a") throws -> ServiceSecret {
        try ServiceSecret(
            parsing: """
                {"current":"\(current)","uid":"a","a":"0123456789abcdef0123456789abcdef","7":"fedcba9876543210fedcba9876543210"}
                """)
    }

    static func address(_ text: String) throws -> EmailAddress { try EmailAddress(parsing: text) }

    static let uid = "00112233445566778899aabbccddeeff00112233"

    static func event(revision: Int = 1, sequence: Int = 0, status: Event.Status = .confirmed) throws -> Event {
        Event(
            uid: try #require(EventUID(uid)), organizer: try address("ann@acme.example"), organizerName: "Ann Lee",
            originalOrganizer: "ann@acme.example", domain: "calendar.example.com", clientUID: "tea@acme.example",
            productID: "-//Acme//Calendar 1//EN", revision: revision, calendar: "cafe", sequence: sequence,
            answerSequence: sequence, sourceSequence: 0, sourceStamp: 1_795_338_000, sourceMessage: "mail-1",
            status: status,
            created: 1_795_338_000, lastModified: 1_795_338_000, summary: "Tea & cake", description: "Bring <milk>",
            location: "Room 5", start: 1_799_593_200, end: 1_799_596_800, isAllDay: false, timeZone: nil,
            recurrence: nil)
    }

    static var calendar: [UInt8] { SampleMail.lines(SampleMail.event()) }

    static func campaign(
        id: String = "c1", status: Campaign.Status = .sending, prefix: String = "lists/ann@acme.example/x/"
    ) throws -> Campaign {
        Campaign(
            id: id, event: try #require(EventUID(uid)), organizer: try address("ann@acme.example"),
            domain: "calendar.example.com", origin: .vip, source: ListSource(bucket: "data", prefix: prefix),
            status: status, created: 1_795_340_000)
    }

    static func attendee(
        _ text: String = "bob@example.com", campaign: String? = "c1", origin: Origin = .vip,
        delivery: Delivery = .sent, sentRevision: Int? = 1, firstSent: Int64? = 1_795_348_800,
        response: Response = .noAction, replied: Int64? = nil, client: String? = nil
    ) throws -> Attendee {
        Attendee(
            event: try #require(EventUID(uid)), address: try address(text), name: nil,
            organizer: try address("ann@acme.example"), domain: "calendar.example.com", campaign: campaign,
            origin: origin, delivery: delivery, sentRevision: sentRevision, firstSent: firstSent, response: response,
            reply: nil, replied: replied, client: client, comment: nil)
    }
}

/// The error a call ends with; nil when it succeeds.
func failure<Failure: Error>(_ type: Failure.Type, _ call: () async throws -> some Any) async -> Failure? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error as? Failure
    }
}
