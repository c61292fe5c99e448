import Audience
import Foundation
import ICalendar
import InviteService
import MailMessage
import Scheduling

/// An event of an ordinary size and people to invite to it.
struct SampleInvitation {
    static let stamp: Int64 = 1_795_338_930

    /// 1.2 kB, as Google writes an invitation to a series.
    static let calendar: [UInt8] = Array(
        """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REQUEST
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        X-LIC-LOCATION:Europe/Berlin
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:CEST
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:CET
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Berlin:20261124T150000
        DTEND;TZID=Europe/Berlin:20261124T160000
        RRULE:FREQ=WEEKLY;BYDAY=TU
        DTSTAMP:20261120T093000Z
        ORGANIZER;CN=Ann Lee:mailto:ann@acme.example
        UID:7kukuqrfedlm2f9tq7l3ht5v4s@google.com
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=
         TRUE;CN=create@calendar.example.com;X-NUM-GUESTS=0:mailto:create@calendar.
         example.com
        CREATED:20261120T092500Z
        DESCRIPTION:The plan for the spring\\, in short: what we made\\, what is next.\\
         nBring your questions.
        LAST-MODIFIED:20261120T093000Z
        LOCATION:Room 4\\, Example Street 7\\, Berlin
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Product briefing
        TRANSP:OPAQUE
        END:VEVENT
        END:VCALENDAR

        """.replacingOccurrences(of: "\n", with: "\r\n").utf8)

    let template: InvitationTemplate
    let composer: InvitationComposer
    let recipients: [Recipient]

    private static let names = ["Ana Müller", "Bob O'Neil", "李小龍", "Zoë de la Cruz-García", "J. Smith, PhD", "أحمد"]

    init() throws {
        let addresses = MailAddresses(domain: "calendar.example.com")
        let key = String(repeating: "k", count: 40)
        let secret = try ServiceSecret(parsing: #"{"current":"a","uid":"a","a":"\#(key)"}"#)
        let event = try Self.event(secret)
        template = InvitationTemplate(
            calendar: ICalendar.parse(Self.calendar).calendars[0],
            uid: event.uid.calendarUID(domain: addresses.domain), sequence: event.sequence,
            organizerName: event.organizerName, sender: addresses.invitation)
        composer = try InvitationComposer(
            event: event, calendar: Self.calendar, addresses: addresses,
            links: PublicLinks(url: "https://calendar.example.com"),
            secret: secret)
        recipients = try (0..<1000).map { number in
            let name = Self.names[number % Self.names.count]
            return Recipient(address: try EmailAddress(parsing: "guest.\(number)@example.org"), name: name)
        }
    }

    static func object(_ template: InvitationTemplate, for recipient: Recipient) -> [UInt8] {
        template.object(
            for: recipient.address, named: recipient.name,
            replyAddress: "rsvp+aabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz@calendar.example.com",
            stamp: stamp)
    }

    private static func event(_ secret: ServiceSecret) throws -> Event {
        let organizer = try EmailAddress(parsing: "ann@acme.example")
        let clientUID = "7kukuqrfedlm2f9tq7l3ht5v4s@google.com"
        return Event(
            uid: EventUID(organizer: organizer, clientUID: clientUID, secret: secret.eventUIDKey),
            organizer: organizer, organizerName: "Ann Lee", originalOrganizer: "ann@acme.example",
            domain: "calendar.example.com", clientUID: clientUID, productID: "",
            revision: 1, calendar: "", sequence: 0, answerSequence: 0, sourceSequence: 0, sourceStamp: stamp,
            sourceMessage: "",
            status: .confirmed, created: stamp, lastModified: stamp, summary: "Product briefing",
            description: "The plan for the spring, in short: what we made, what is next.\nBring your questions.",
            location: "Room 4, Example Street 7, Berlin", start: 1_795_500_000, end: 1_795_503_600, isAllDay: false,
            timeZone: "Europe/Berlin", recurrence: "FREQ=WEEKLY;BYDAY=TU")
    }
}
