import Audience
import ICalendar
import InviteService
import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("An invitation mail")
struct InvitationComposerTests {
    private func composer(
        _ event: Event? = nil, _ occasion: MailOccasion = .invitation, calendar: [UInt8] = Samples.calendar
    ) throws -> InvitationComposer {
        try InvitationComposer(
            event: try event ?? Samples.event(), calendar: calendar, occasion: occasion, addresses: Samples.addresses,
            links: Samples.links,
            secret: try Samples.secret())
    }

    private func recipient(_ address: String = "bob@example.com", name: String? = "Bob B.") throws -> Recipient {
        Recipient(address: try Samples.address(address), name: name)
    }

    @Test("comes from the fixed sender in the organizer's name and is answered to the token")
    func header() throws {
        let outgoing = try composer().invitation(for: recipient(), at: noon())
        #expect(outgoing.from == "invitation@calendar.example.com")
        #expect(outgoing.to.normalized == "bob@example.com")
        // SES makes the Feedback-ID of the last two, for the complaint figures of Gmail.
        #expect(outgoing.tags.map(\.name) == ["event", "revision", "ses:feedback-id-a", "ses:feedback-id-b"])
        #expect(outgoing.tags.map(\.value) == [Samples.uid, "1", Samples.uid, "invitation"])
        let mail = MailParser.parse(outgoing.message)
        #expect(mail.problems.isEmpty)
        #expect(
            mail.from == [Mailbox(name: "Ann Lee", address: try Samples.address("invitation@calendar.example.com"))])
        #expect(mail.to == [Mailbox(name: "Bob B.", address: try Samples.address("bob@example.com"))])
        #expect(mail.subject == "Invitation: Tea & cake")
        #expect(mail.date == Int(noon()))
        let reply = try #require(mail.replyTo.first?.address)
        let token = try #require(Samples.addresses.replyToken(of: reply.normalized))
        let secret = try Samples.secret()
        #expect(
            ReplyToken(token, secret: secret)?.belongs(to: try Samples.address("bob@example.com"), secret: secret)
                == true)
        let part = try #require(mail.calendarParts().first)
        #expect(part.method == "REQUEST")
        let event = EventView(try #require(ICalendar.parse(part.bytes).calendars.first?.components("VEVENT").first))
        #expect(event.organizer?.email == reply.normalized, "clients answer the ORGANIZER")
        #expect(event.uid == "\(Samples.uid)@calendar.example.com")
        #expect(event.attendees.map(\.user.email) == ["bob@example.com"])
    }

    @Test("says in words what, when, where and by whom, safe in HTML")
    func words() throws {
        let mail = MailParser.parse(try composer().invitation(for: recipient(), at: noon()).message)
        let texts = mail.root.leaves.filter { $0.part.contentType.mediaType.hasPrefix("text/") }.map(\.part)
        let plain = try #require(texts.first { $0.contentType.mediaType == "text/plain" }).text
        for word in ["Ann Lee", "Tea & cake", "Sun 10 Jan 2027, 15:00 – 16:00 (UTC)", "Room 5", "Bring <milk>"] {
            #expect(plain.contains(word), "\(word)")
        }
        let html = try #require(texts.first { $0.contentType.mediaType == "text/html" }).text
        #expect(html.contains("Tea &amp; cake"))
        #expect(html.contains("Bring &lt;milk&gt;"))
        #expect(!html.contains("<milk>"))
    }

    @Test("has the meeting's address on the web where neither place nor description has it")
    func online() throws {
        func texts(_ line: String, _ event: Event? = nil) throws -> (plain: String, html: String) {
            let calendar = String(decoding: Samples.calendar, as: UTF8.self)
                .replacing("END:VEVENT", with: "\(line)\r\nEND:VEVENT")
            let outgoing = try composer(event, calendar: Array(calendar.utf8)).invitation(for: recipient(), at: noon())
            let leaves = MailParser.parse(outgoing.message).root.leaves.map(\.part)
            func text(_ type: String) throws -> String {
                try #require(leaves.first { $0.contentType.mediaType == type }).text
            }
            return (try text("text/plain"), try text("text/html"))
        }
        let meet = try texts("X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij?a=1&b=2")
        #expect(meet.plain.contains("Online: https://meet.google.com/abc-defg-hij?a=1&b=2"))
        #expect(meet.html.contains("<a href=\"https://meet.google.com/abc-defg-hij?a=1&amp;b=2\""))
        #expect(!(try texts("X-GOOGLE-CONFERENCE:javascript:alert(1)")).html.contains("javascript"))
        #expect(!(try texts("CONFERENCE:tel:+49-30-1")).plain.contains("Online"))
        var event = try Samples.event()
        event.description = "Join at https://zoom.us/j/1"
        #expect(!(try texts("CONFERENCE:https://zoom.us/j/1", event)).plain.contains("Online"))
    }

    @Test("carries the attendee's own links, and one-click unsubscription as RFC 8058 has it")
    func links() throws {
        let long = String(repeating: "b", count: 64) + "@" + String(repeating: "d", count: 60) + ".example.com"
        for address in ["bob@example.com", long] {
            let mail = MailParser.parse(try composer().invitation(for: recipient(address), at: noon()).message)
            let bob = try Samples.address(address)
            let reply = try #require(mail.replyTo.first?.address)
            let token = try #require(Samples.addresses.replyToken(of: reply.normalized))
            let link = AttendeeLink.text(replyToken: String(token), attendee: bob)
            #expect(
                mail.headers.all("List-Unsubscribe") == [
                    "<https://api.example.com/unsubscribe/\(link)>, "
                        + "<mailto:unsubscribe@calendar.example.com?subject=\(link)>"
                ])
            #expect(mail.headers.all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"])
            let texts = mail.root.leaves.map(\.part).filter {
                ["text/plain", "text/html"].contains($0.contentType.mediaType)
            }
            #expect(texts.count == 2)
            for text in texts.map(\.text) {
                for path in [
                    "rsvp/\(link)?answer=yes", "rsvp/\(link)?answer=maybe", "rsvp/\(link)?answer=no",
                    "unsubscribe/\(link)", "block/\(link)",
                ] { #expect(text.contains("https://api.example.com/\(path)"), "\(path)") }
                #expect(!text.contains("{{"))
            }
        }
    }

    @Test("is the same for the same recipient, revision and moment, and another's differs")
    func determinism() throws {
        let one = try composer().invitation(for: recipient(), at: noon()).message
        #expect(try composer().invitation(for: recipient(), at: noon()).message == one)
        let id = MailParser.parse(one).messageID
        let revised = try composer(Samples.event(revision: 2)).invitation(for: recipient(), at: noon()).message
        let other = try composer().invitation(for: recipient("eve@example.com"), at: noon()).message
        #expect(Set([id, MailParser.parse(revised).messageID, MailParser.parse(other).messageID]).count == 3)
        let revisedReply = MailParser.parse(revised).replyTo
        #expect(revisedReply == MailParser.parse(one).replyTo, "one reply address over the event's life")
    }

    @Test("of an update says so, and repeats the answer that still holds")
    func update() throws {
        let outgoing = try composer(Samples.event(revision: 2), MailOccasion(content: .invitation, isUpdate: true))
            .invitation(for: recipient(), at: noon(), answers: StandingAnswers(.accepted))
        let mail = MailParser.parse(outgoing.message)
        #expect(mail.subject == "Updated: Tea & cake")
        #expect(mail.textBody?.contains("Ann Lee changed an event you are invited to:") == true)
        let part = try #require(mail.calendarParts().first)
        let text = String(decoding: part.bytes, as: UTF8.self).replacing("\r\n ", with: "")
        #expect(text.contains("PARTSTAT=ACCEPTED;RSVP=TRUE"))
    }

    @Test("of a cancellation asks for nothing")
    func cancellation() throws {
        let outgoing = try composer(
            Samples.event(revision: 2, sequence: 1, status: .cancelled),
            MailOccasion(content: .cancellation, isUpdate: true)
        ).invitation(for: recipient(), at: noon())
        let mail = MailParser.parse(outgoing.message)
        #expect(mail.subject == "Cancelled: Tea & cake")
        let plain = try #require(mail.textBody)
        #expect(plain.contains("You need not answer.") && !plain.contains("/rsvp/"))
        let part = try #require(mail.calendarParts().first)
        #expect(part.method == "CANCEL")
        let event = EventView(try #require(ICalendar.parse(part.bytes).calendars.first?.components("VEVENT").first))
        #expect(event.status == "CANCELLED" && event.sequence == 1)
    }

    @Test("of single dates names them, and holds nothing of the rest")
    func instances() throws {
        let calendar = SampleMail.lines(
            SampleMail.event(["RRULE:FREQ=WEEKLY;COUNT=4"]).dropLast() + [
                "BEGIN:VEVENT", "UID:tea@acme.example", "DTSTAMP:20261123T090000Z", "SEQUENCE:1",
                "RECURRENCE-ID:20270117T150000Z", "DTSTART:20270117T170000Z", "DTEND:20270117T180000Z",
                "SUMMARY:Tea in the garden", "LOCATION:Garden", "DESCRIPTION:Bring a coat", "END:VEVENT",
                "BEGIN:VEVENT", "UID:tea@acme.example", "DTSTAMP:20261123T090000Z", "SEQUENCE:1",
                "RECURRENCE-ID:20270124T150000Z", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR",
            ])
        let cases: [(OutgoingContent, String, String, String)] = [
            (
                .instances([1_800_198_000]), "Updated: Tea in the garden", "Sun 17 Jan 2027, 17:00",
                "changed one date"
            ),
            (
                .instanceCancellation([1_800_802_800]), "Cancelled: Tea & cake", "Sun 24 Jan 2027, 15:00",
                "cancelled one date"
            ),
        ]
        for (content, subject, when, lead) in cases {
            let outgoing = try composer(nil, MailOccasion(content: content, isUpdate: true), calendar: calendar)
                .invitation(for: recipient(), at: noon())
            let mail = MailParser.parse(outgoing.message)
            #expect(mail.subject == subject)
            let text = try #require(mail.textBody)
            #expect(text.contains("When: \(when)"), "\(text)")
            #expect(text.contains(lead))
            // The date's own words, and answers to that date only.
            let isChange = content.method == .request
            #expect(text.contains("Where: Garden") == isChange && text.contains("Bring a coat") == isChange)
            #expect(text.contains("?answer=yes&date=1800198000") == isChange)
            #expect(text.contains("/rsvp/") == isChange)
            let events = ICalendar.parse(try #require(mail.calendarParts().first).bytes).calendars.first?
                .components("VEVENT")
            #expect(events?.count == 1)
            #expect(events?.first?.first("RECURRENCE-ID") != nil && events?.first?.first("RRULE") == nil)
        }
    }

    @Test("of a series repeats what was answered to each date, and of several dates has no links to answer one")
    func answersByDate() throws {
        func moved(_ day: Int) -> [String] {
            [
                "BEGIN:VEVENT", "UID:tea@acme.example", "DTSTAMP:20261123T090000Z", "SEQUENCE:1",
                "RECURRENCE-ID:202701\(day)T150000Z", "DTSTART:202701\(day)T170000Z", "DTEND:202701\(day)T180000Z",
                "SUMMARY:Tea", "END:VEVENT",
            ]
        }
        let calendar = SampleMail.lines(
            SampleMail.event(["RRULE:FREQ=WEEKLY;COUNT=5"]).dropLast() + moved(17) + moved(24) + moved(31)
                + ["END:VCALENDAR"])
        var event = try Samples.event(revision: 3, sequence: 2)
        event.answerSequence = 0
        // The 17th was asked about again and answered, the 24th was not answered since.
        event.askedInstances = [1_800_198_000: 1, 1_800_802_800: 2]
        let stamps = (1...2).map { ReplyStamp(sequence: $0, stamp: noon(), sent: noon()) }
        let answers = StandingAnswers(
            .accepted,
            dates: [
                1_800_198_000: .init(response: .declined, stamp: stamps[0]),
                1_800_802_800: .init(response: .tentative, stamp: stamps[0]),
            ], to: event)
        func mail(_ content: OutgoingContent) throws -> (statuses: [ParticipationStatus], text: String) {
            let composer = try composer(event, MailOccasion(content: content, isUpdate: true), calendar: calendar)
            let mail = MailParser.parse(try composer.invitation(for: recipient(), at: noon(), answers: answers).message)
            let part = try #require(mail.calendarParts().first)
            let events = try #require(ICalendar.parse(part.bytes).calendars.first).components("VEVENT")
            return (events.compactMap { EventView($0).attendees.first?.partstat }, try #require(mail.textBody))
        }
        let series = try mail(.invitation)
        #expect(series.statuses == [.accepted, .declined, .needsAction, .accepted])
        #expect(series.text.contains("?answer=yes") && !series.text.contains("date="))
        let dates = try mail(.instances([1_800_198_000, 1_801_407_600]))
        #expect(dates.statuses == [.declined, .accepted])
        #expect(!dates.text.contains("/rsvp/") && dates.text.contains("mail program."))
    }

    @Test("cannot be written without a calendar object")
    func noCalendar() throws {
        #expect(throws: InvitationComposer.Failure.noCalendar) {
            try InvitationComposer(
                event: try Samples.event(), calendar: [], addresses: Samples.addresses, links: Samples.links,
                secret: try Samples.secret())
        }
    }

    @Test("escapes what could be markup")
    func escaping() {
        #expect(HTMLText.escape("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;")
        #expect(HTMLText.paragraphs("a\n\n<b>") == "a<br>\n<br>\n&lt;b&gt;")
        #expect(HTMLText.paragraphs("a\r\nb") == "a<br>\nb")
    }
}
