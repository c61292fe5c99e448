import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("A reply")
struct ReplyMessageTests {
    private let mail = ReplyMail(from: "Bob@Example.com", uid: "0123@calendar.example.com")

    private func read(_ mail: ReplyMail) throws -> [ReplyMessage] {
        try ReplyMessage.read(CalendarMail(MailParser.parse(mail.bytes)))
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
            ("ACCEPTED", ReplyMessage.Answer.accepted), ("accepted", .accepted), ("DECLINED", .declined),
            ("TENTATIVE", .tentative), ("NEEDS-ACTION", .needsAction), ("DELEGATED", .needsAction),
            ("X-MAYBE", .needsAction), ("COMPLETED", .accepted),
        ])
    func answers(partstat: String, expected: ReplyMessage.Answer) throws {
        var mail = mail
        mail.answer = partstat
        #expect(try read(mail).first?.answer == expected)
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
            #expect(try read(mail).first?.instance == seconds)
        }
        var mail = mail
        mail.recurrenceID = "RECURRENCE-ID;TZID=Mars/Olympus:20270111T160000"
        #expect(throws: ReplyMessage.Failure.unusableInstance(value: "20270111T160000")) { try read(mail) }
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

    @Test("is none without METHOD:REPLY, an attendee or a UID")
    func failures() {
        func failure(_ method: String, without: [String] = [], _ lines: [String] = []) -> ReplyMessage.Failure? {
            let calendar = SampleMail.event(method: method, without: without, lines)
            do {
                _ = try ReplyMessage.read(
                    CalendarMail(MailParser.parse(SampleMail.invitation(method: "REPLY", calendar: calendar))))
                return nil
            } catch {
                return error as? ReplyMessage.Failure
            }
        }
        #expect(failure("REPLY") == nil)
        // Google labels a COUNTER as a REPLY in the media type: the object counts.
        #expect(failure("COUNTER") == .notAReply(.counter))
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
