import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("A message of an attendee")
struct AttendeeMessageTests {
    private let mail = ReplyMail(from: "Bob@Example.com", uid: "0123@calendar.example.com")

    private func read(_ mail: ReplyMail) throws -> [AttendeeMessage] {
        let mail = MailParser.parse(mail.bytes)
        return try AttendeeMessage.read(CalendarMail(mail), from: mail.from.first?.address)
    }

    @Test("is read in the form of each client", arguments: ReplyMail.Client.allCases)
    func clients(client: ReplyMail.Client) throws {
        var mail = mail
        mail.client = client
        mail.answer = "TENTATIVE"
        mail.sequence = 2
        let reply = try #require(try read(mail).first)
        #expect(try read(mail).count == 1)
        #expect(reply.uid == "0123@calendar.example.com")
        #expect(try reply.attendee == EmailAddress(parsing: "bob@example.com"))
        #expect(reply.answer == .tentative)
        #expect(reply.sequence == 2)
        #expect(reply.stamp == 1_795_420_800)
        #expect(reply.instance == nil)
        #expect(reply.comment == nil)
        let names: [ReplyMail.Client: String] = [
            .google: "Google Calendar", .outlook: "Microsoft Exchange", .apple: "Apple Calendar",
        ]
        #expect(ClientName.of(productID: try #require(reply.productID)) == names[client])
    }

    @Test(
        "answers by its PARTSTAT",
        arguments: [
            ("ACCEPTED", AttendeeMessage.Answer.accepted), ("accepted", .accepted), ("DECLINED", .declined),
            ("TENTATIVE", .tentative), ("NEEDS-ACTION", .needsAction), ("DELEGATED", .delegated),
            ("X-MAYBE", .needsAction), ("COMPLETED", .accepted),
        ])
    func answers(partstat: String, expected: AttendeeMessage.Answer) throws {
        var mail = mail
        mail.answer = partstat
        #expect(try read(mail).first?.answer == expected)
    }

    @Test("has the note that Google writes beside the answer")
    func note() throws {
        for (comment, expected) in [
            ([String](), "Ten minutes late"), (["COMMENT:Sorry"], "Sorry"), (["COMMENT:\\n"], "Ten minutes late"),
        ] {
            let calendar = SampleMail.event(
                method: "REPLY", without: ["ATTENDEE"],
                ["ATTENDEE;PARTSTAT=ACCEPTED;X-RESPONSE-COMMENT=\"Ten minutes late\":mailto:bob@example.com"] + comment)
            let mail = MailParser.parse(SampleMail.invitation(method: "REPLY", calendar: calendar))
            #expect(try AttendeeMessage.read(CalendarMail(mail), from: nil).first?.comment == expected)
        }
    }

    @Test("of a client that names its user by no address is its sender's, if it names nobody else")
    func directoryName() throws {
        func read(_ attendees: [String]) throws -> AttendeeMessage? {
            let calendar = SampleMail.event(method: "REPLY", without: ["ATTENDEE"], attendees)
            let mail = MailParser.parse(SampleMail.invitation(method: "REPLY", calendar: calendar))
            return try AttendeeMessage.read(CalendarMail(mail), from: EmailAddress(parsing: "bob@example.com")).first
        }
        let path = "ATTENDEE;PARTSTAT=DECLINED:invalid:nomail"
        let message = try #require(try read([path]))
        #expect(try message.attendee == EmailAddress(parsing: "bob@example.com") && message.answer == .declined)
        #expect(throws: AttendeeMessage.Failure.unusableAttendee) {
            try read([path, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.com"])
        }
    }

    @Test("may be for one instance, in any form of date")
    func instance() throws {
        let forms: [(String, Int64)] = [
            ("RECURRENCE-ID:20270111T150000Z", 1_799_679_600),
            ("RECURRENCE-ID;TZID=Europe/Berlin:20270111T160000", 1_799_679_600),
            ("RECURRENCE-ID;VALUE=DATE:20270111", 1_799_625_600),
        ]
        for (line, seconds) in forms {
            var mail = mail
            mail.recurrenceID = line
            #expect(try read(mail).first?.instance?.key == seconds)
        }
        var mail = mail
        mail.recurrenceID = "RECURRENCE-ID;TZID=Mars/Olympus:20270111T160000"
        #expect(throws: AttendeeMessage.Failure.unusableInstance(value: "20270111T160000")) { try read(mail) }
    }

    @Test("is that of its sender where it names several, as a delegate and who they stand in for")
    func delegate() throws {
        let lines = [
            "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:eve@example.com\":mailto:bob@example.com",
            "ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM=\"mailto:bob@example.com\":mailto:eve@example.com",
        ]
        let calendar = SampleMail.event(method: "REPLY", without: ["ATTENDEE"], lines)
        let mail = try CalendarMail(MailParser.parse(SampleMail.invitation(method: "REPLY", calendar: calendar)))
        let eve = try EmailAddress(parsing: "eve@example.com")
        let bob = try EmailAddress(parsing: "bob@example.com")
        let hers = try #require(try AttendeeMessage.read(mail, from: eve).first)
        #expect(hers.attendee == eve)
        #expect(hers.answer == .accepted)
        let his = try #require(try AttendeeMessage.read(mail, from: nil).first)
        #expect(his.attendee == bob)
        #expect(his.answer == .delegated)
        #expect(his.delegate == eve)
    }

    @Test("may carry a comment, and may lack DTSTAMP")
    func comment() throws {
        for client in ReplyMail.Client.allCases {
            var mail = mail
            mail.client = client
            mail.comment = "See you\\, then"
            mail.stamp = nil
            let reply = try #require(try read(mail).first)
            #expect(reply.comment?.hasPrefix("See you, then") == true)
            #expect(reply.stamp == nil)
        }
    }

    @Test("is none with a method of organizers, or without an attendee or a UID")
    func failures() {
        func failure(_ method: String, without: [String] = [], _ lines: [String] = []) -> AttendeeMessage.Failure? {
            let calendar = SampleMail.event(method: method, without: without, lines)
            do {
                _ = try AttendeeMessage.read(
                    CalendarMail(MailParser.parse(SampleMail.invitation(method: "REPLY", calendar: calendar))),
                    from: nil)
                return nil
            } catch {
                return error as? AttendeeMessage.Failure
            }
        }
        #expect(failure("REPLY") == nil)
        // Google labels a COUNTER as a REPLY in the media type: the object counts.
        #expect(failure("COUNTER") == nil)
        #expect(failure("COUNTER", without: ["DTSTART"]) == .unusableProposal)
        #expect(failure("DECLINECOUNTER") == .notAnAttendees(.declineCounter))
        #expect(failure("REQUEST") == .notAnAttendees(.request))
        #expect(failure("REPLY", without: ["ATTENDEE"]) == .missingAttendee)
        #expect(failure("REPLY", without: ["UID"]) == .missingUID)
        #expect(failure("REPLY", without: ["ATTENDEE"], ["ATTENDEE:urn:uuid:1"]) == .unusableAttendee)
    }

    @Test(
        "names its client by family",
        arguments: [
            ("-//Google Inc//Google Calendar 70.9054//EN", "Google Calendar"),
            ("Microsoft Exchange Server 2010", "Microsoft Exchange"),
            ("-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "Microsoft Outlook"),
            ("-//Apple Inc.//macOS 15.1//EN", "Apple Calendar"),
            ("-//Apple Computer\\, Inc//iCal 1.5//EN", "Apple Calendar"),
            ("-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", "Thunderbird"),
            ("-//Proton AG//WebCalendar 5.0//EN", "Proton Calendar"), ("-//Technical Diagrams//EN", "Other"),
            ("ical4j 1.0", "Other"), ("", "Other"),
        ])
    func families(productID: String, name: String) {
        #expect(ClientName.of(productID: productID) == name)
    }
}
