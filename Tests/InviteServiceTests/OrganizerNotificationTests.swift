import Audience
import ICalendar
import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("Telling an organizer")
struct OrganizerNotificationTests {
    private final class World: Sendable {
        struct State {
            var sent: [OutgoingInvitation] = []
            var marked: Set<String> = []
            var refusals = 0
            var result: SendResult?
            var hours: Set<Int64> = []
        }

        let state = Mutex(State())
        let event: Event?
        let branding: Branding
        let calendar = Array(
            """
            BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:tea\r\nDTSTART;TZID=Europe/Berlin:20270110T150000\r
            END:VEVENT\r\nEND:VCALENDAR\r\n
            """.utf8)

        let original: [UInt8]?

        init(event: Event?, branding: Branding = .standard, original: [UInt8]? = nil) {
            self.event = event
            self.original = original
            self.branding = branding
        }

        func run(_ notice: Notice) async throws -> OrganizerNotification.Outcome {
            let ports = OrganizerNotification.Ports(
                readEvent: { _ in self.event },
                readCalendar: { _ in self.calendar },
                readCampaign: { id in
                    var campaign = try Samples.campaign(id: id)
                    campaign.summary.rows = 30
                    campaign.summary.drop(.overLimit, count: 4)
                    return campaign
                },
                readCounters: { _ in
                    var skipped = SkipCounts()
                    skipped.alreadyInvited = 2
                    var counters = CountedItem.finishedChunk(campaign: "c1", skipped: skipped).contribution
                    counters.add(20, .delivery(.sent), to: .campaign("c1"))
                    counters.add(3, .delivery(.failed), to: .campaign("c1"))
                    return counters[.campaign("c1")]
                },
                wasSent: { id in self.state.withLock { $0.marked.contains(id) } },
                readMail: { id in id == "m1" ? self.original : nil },
                admitRefusal: { _, hour in
                    self.state.withLock { state in
                        state.hours.insert(hour)
                        state.refusals += 1
                        return state.refusals <= 3
                    }
                },
                readListReport: { message in Array("file,line\r\n\(message),2\r\n".utf8) },
                send: { mail in
                    self.state.withLock { state in
                        if let result = state.result { return result }
                        state.sent.append(mail)
                        return .sent(messageID: "1")
                    }
                },
                markSent: { id in self.state.withLock { _ = $0.marked.insert(id) } }, now: noon)
            return try await OrganizerNotification(
                ports: ports, addresses: Samples.addresses, publicURL: "https://api.example.com", branding: branding
            ).run(notice)
        }

        var sent: [ParsedMail] { state.withLock(\.sent).map { MailParser.parse($0.message) } }
    }

    @Test("that answer a list by mail carry the rows' report; the refusal of one says why")
    func lists() async throws {
        let world = World(event: try Samples.event())
        let uid = try #require(EventUID(Samples.uid))
        let ann = try Samples.address("ann@acme.example")
        func notice(_ kind: Notice.Kind, _ message: String) -> Notice {
            Notice(kind: kind, organizer: ann, message: message, subject: "Guests", inReplyTo: nil)
        }
        let started = ListReceipt.Started(event: uid, summary: "Tea", campaign: "c9", recipients: 2)
        let kinds: [Notice.Kind] = [
            .listTaken(ListReceipt(accepted: 2, rejected: 1, campaigns: [started])),
            .listRefused(RefusalReason(code: "no-list", explanation: "Attach one.")),
            .listFailed(uid, reason: "It is a spreadsheet."),
        ]
        for (number, kind) in kinds.enumerated() {
            let written = notice(kind, "m\(number)")
            let read = try Notice(json: try JSON(parsing: written.json.text))
            #expect(read == written)
            #expect(try await world.run(read) == .sent)
            #expect(try await world.run(read) == .sentBefore)
        }
        let sent = world.sent
        #expect(sent[0].subject == "List read: 2 accepted, 1 rejected")
        #expect(sent[0].textBody?.contains("Campaign: c9") == true)
        let report = try #require(sent[0].attachedFiles.first)
        #expect(report.filename == "result.csv")
        #expect(report.mediaType == "text/csv")
        #expect(String(decoding: report.bytes, as: UTF8.self) == "file,line\r\nm0,2\r\n")
        #expect(sent[1].textBody?.contains("Attach one.") == true)
        #expect(sent[2].textBody?.contains("It is a spreadsheet.") == true)
    }

    @Test("or rather an attendee who wrote words gives the links to answer by, and calls them no organizer")
    func unread() async throws {
        let world = World(event: try Samples.event())
        let notice = Notice(
            kind: .unread(try #require(EventUID(Samples.uid)), link: "abc"),
            organizer: try Samples.address("bob@example.com"), message: "m1", subject: nil, inReplyTo: "<w@example.com>"
        )
        #expect(try Notice(json: try JSON(parsing: notice.json.text)) == notice)
        #expect(try await world.run(notice) == .sent)
        #expect(try await world.run(notice) == .sentBefore)
        let mail = try #require(world.sent.first)
        #expect(mail.subject == "Not read: Tea & cake" && mail.autoSubmitted == "auto-replied")
        let text = try #require(mail.textBody)
        #expect(text.contains("Yes: https://api.example.com/rsvp/abc?answer=yes"))
        #expect(text.contains("write to Ann Lee") && !text.contains("organizes events"))
    }

    @Test("of a campaign's end gives its figures, once however often it is noticed")
    func finished() async throws {
        let world = World(event: try Samples.event())
        let notice = Notice(
            kind: .campaignFinished(try #require(EventUID(Samples.uid)), campaign: "c1"),
            organizer: try Samples.address("ann@acme.example"), message: "c1", subject: nil, inReplyTo: nil)
        #expect(try Notice(json: try JSON(parsing: notice.json.text)) == notice)
        #expect(try await world.run(notice) == .sent)
        #expect(try await world.run(notice) == .sentBefore)
        let mail = try #require(world.sent.first)
        #expect(mail.subject == "Sent: Tea & cake")
        let text = try #require(mail.textBody)
        for part in [
            "Invited: 20", "want none: 2", "mail service: 3", "30 rows: 4 over limit", "Campaign: c1",
            "https://api.example.com/dashboard/\(Samples.uid)",
        ] {
            #expect(text.contains(part))
        }
        #expect(!mail.root.leaves.map(\.part.text).joined().contains("{{"))
    }

    private func created(invited: Bool = true) throws -> Notice {
        Notice(
            kind: .created(try #require(EventUID(Samples.uid)), invited: invited),
            organizer: try Samples.address("ann@acme.example"), message: "m1", subject: "Tea", inReplyTo: "<tea@acme>")
    }

    private func refused(_ message: String = "m1") throws -> Notice {
        Notice(
            kind: .refused(RefusalReason(code: "missing-uid", explanation: "It has <no> UID.")),
            organizer: try Samples.address("ann@acme.example"), message: message, subject: "Tea & \"cake\"",
            inReplyTo: "<tea@acme>")
    }

    @Test("of a refusal sends their mail back with it, as it came where mail allows that")
    func original() async throws {
        let plain = Array("From: ann@acme.example\r\nSubject: Tea\r\n\r\nHello\r\n".utf8)
        let eight = Array("From: ann@acme.example\r\nSubject: Tea\r\n\r\nGrüße\r\n".utf8)
        let ours = Array("Subject: Tea\r\n\r\n--=_0123\r\n".utf8)
        let long = Array(("Subject: Tea\r\n\r\n" + String(repeating: "x", count: 999) + "\r\n").utf8)
        for (mail, type) in [
            (plain, "message/rfc822"), (eight, "application/octet-stream"), (ours, "application/octet-stream"),
            (long, "application/octet-stream"),
        ] {
            let world = World(event: nil, original: mail)
            #expect(try await world.run(refused()) == .sent)
            let bytes = try #require(world.state.withLock(\.sent).first).message
            #expect(String(decoding: bytes, as: UTF8.self).contains("Content-Type: \(type)"))
            if type == "message/rfc822" {
                #expect(String(decoding: bytes, as: UTF8.self).contains(String(decoding: mail, as: UTF8.self)))
            } else {
                let parts = MailParser.parse(bytes).root.leaves.map(\.part)
                #expect(parts.last?.bytes == mail && parts.last?.filename == "original.eml")
            }
        }
        let huge = World(event: nil, original: plain + [UInt8](repeating: 0x41, count: 5 << 20))
        #expect(try await huge.run(refused()) == .sent)
        #expect((huge.state.withLock(\.sent).first?.message.count ?? 0) < 100_000)
    }

    @Test("of a change nobody proves leaves the mail out, and comes once a day")
    func unproven() async throws {
        let world = World(event: try Samples.event(), original: Array("x".utf8))
        func notice(_ day: Int64, _ message: String) throws -> Notice {
            Notice(
                kind: .unprovenChange(try #require(EventUID(Samples.uid)), day: day),
                organizer: try Samples.address("ann@acme.example"), message: message, subject: "Tea",
                inReplyTo: "<forged@evil>")
        }
        #expect(try await world.run(notice(20_000, "m1")) == .sent)
        #expect(try await world.run(notice(20_000, "m2")) == .sentBefore)
        #expect(try await world.run(notice(20_001, "m3")) == .sent)
        let mail = try #require(world.sent.first)
        #expect(mail.subject == "Not changed: Tea & cake")
        #expect(mail.headers.first("In-Reply-To") == nil)
        #expect(!mail.root.leaves.contains { $0.part.filename == "original.eml" })
    }

    @Test("of an event accepts in their calendar and writes what to do next")
    func created() async throws {
        let world = World(event: try Samples.event())
        #expect(try await world.run(created()) == .sent)
        #expect(world.sent.count == 2)
        let acceptance = try #require(world.sent.first)
        #expect(acceptance.from.map(\.address.normalized) == ["create@calendar.example.com"])
        #expect(acceptance.to.map(\.address.normalized) == ["ann@acme.example"])
        let part = try #require(acceptance.calendarParts().first)
        #expect(part.method == "REPLY")
        let parsed = ICalendar.parse(part.bytes)
        #expect(parsed.problems == [])
        let event = EventView(try #require(parsed.calendars.first?.components("VEVENT").first))
        #expect(event.uid == "tea@acme.example", "as the organizer's client calls it")
        #expect(event.attendees.map(\.partstat) == [.accepted])
        #expect(event.attendees.first?.user.email == "create@calendar.example.com")
        #expect(event.organizer?.email == "ann@acme.example")
        let notice = try #require(world.sent.last)
        #expect(notice.from.map(\.address.normalized) == ["notification@calendar.example.com"])
        #expect(notice.subject == "Event created: Tea & cake")
        #expect(notice.inReplyTo == ["<tea@acme>"])
        #expect(notice.autoSubmitted == "auto-replied")
        let texts = notice.root.leaves.map(\.part.text)
        #expect(texts.count == 2)
        for text in texts {
            #expect(text.contains(Samples.uid))
            #expect(text.contains("https://api.example.com/event/\(Samples.uid)/campaigns"))
        }
        #expect(texts.last?.contains("Tea &amp; cake") == true)
    }

    @Test("is in the colours of whose server it is, and leads to the dashboard and the page to share")
    func branded() async throws {
        let branding = Branding(name: "Müller & Co", logoURL: "https://x.example/l.png", colour: "#aa0044")
        let world = World(event: try Samples.event(), branding: branding)
        #expect(try await world.run(created(invited: false)) == .sent)
        let mail = try #require(world.sent.first)
        #expect(mail.from.first?.name == "Müller & Co")
        let texts = mail.root.leaves.map(\.part.text)
        let (plain, html) = (try #require(texts.first), try #require(texts.last))
        #expect(plain.split(whereSeparator: \.isNewline).contains("Event UID: \(Samples.uid)"))
        #expect(plain.contains("When: Sun 10 Jan 2027, 15:00 (Europe/Berlin)"))
        for text in texts {
            #expect(text.contains("https://api.example.com/dashboard/\(Samples.uid)"))
            #expect(text.contains("https://api.example.com/event/\(Samples.uid)/invite"))
            #expect(!text.contains("{{") && !text.contains("}}"))
        }
        #expect(plain.contains("Müller & Co wrote this to ann@acme.example"))
        #expect(html.contains("alt=\"Müller &amp; Co\"") && html.contains("src=\"https://x.example/l.png\""))
        #expect(html.contains("background:#aa0044"))
        #expect(!html.contains("class="))
        let bad = Branding(name: "", logoURL: "javascript:alert(1)", colour: "red;}")
        #expect(bad == .standard)
    }

    @Test("of an event they did not invite the server to does not accept anything")
    func published() async throws {
        let world = World(event: try Samples.event())
        #expect(try await world.run(created(invited: false)) == .sent)
        #expect(world.sent.count == 1)
        #expect(world.sent.first?.calendarParts().isEmpty == true)
    }

    @Test("happens once for each notice")
    func once() async throws {
        let world = World(event: try Samples.event())
        #expect(try await world.run(created()) == .sent)
        #expect(try await world.run(created()) == .sentBefore)
        #expect(world.sent.count == 2)
    }

    @Test("of a refusal says why, and how their mail was called")
    func refusal() async throws {
        let world = World(event: nil)
        #expect(try await world.run(refused()) == .sent)
        let mail = try #require(world.sent.first)
        #expect(mail.subject == "Not created: Tea & \"cake\"")
        let texts = mail.root.leaves.map(\.part.text)
        #expect(texts.first?.contains("It has <no> UID.") == true)
        #expect(texts.first?.contains("missing-uid") == true)
        #expect(texts.last?.contains("It has &lt;no&gt; UID.") == true)
        #expect(world.state.withLock(\.hours) == [noon() / 3600])
    }

    @Test("of refusals ends when there are too many in an hour")
    func limit() async throws {
        let world = World(event: nil)
        for index in 1...5 {
            #expect(try await world.run(refused("m\(index)")) == (index <= 3 ? .sent : .tooMany))
        }
        #expect(world.sent.count == 3)
    }

    @Test("that SES does not take now is tried again; what it never takes is not")
    func refusedBySES() async throws {
        let world = World(event: try Samples.event())
        for result in [SendResult.throttled, .quotaExhausted, .unknown] {
            world.state.withLock { $0.result = result }
            #expect(
                await failure(OrganizerNotification.Failure.self) { try await world.run(created()) } == .notAccepted)
        }
        #expect(world.state.withLock(\.marked).isEmpty)
        world.state.withLock { $0.result = .refused(reason: "MessageRejected") }
        #expect(try await world.run(created()) == .refusedBySES("MessageRejected"))
    }

    @Test("of an event that is not there fails")
    func unknownEvent() async throws {
        let world = World(event: nil)
        let uid = try #require(EventUID(Samples.uid))
        #expect(
            await failure(OrganizerNotification.Failure.self) { try await world.run(created()) } == .unknownEvent(uid))
    }

    @Test("of a proposed time says who, when and how to agree, and no more of them than can be read")
    func proposed() async throws {
        let world = World(event: try Samples.event())
        func notice(_ message: String) throws -> Notice {
            let proposed = ProposedTime(
                attendee: try Samples.address("bob@example.com"), when: "Tue 2 Mar 2027, 15:00 (UTC)",
                instead: "Mon 1 Mar 2027, 09:00 (UTC)", comment: "<Tuesday> is better")
            return Notice(
                kind: .proposed(try #require(EventUID(Samples.uid)), proposed),
                organizer: try Samples.address("ann@acme.example"), message: message, subject: nil, inReplyTo: nil)
        }
        #expect(try await world.run(notice("m1")) == .sent)
        #expect(try await world.run(notice("m1")) == .sentBefore)
        let mail = try #require(world.sent.first)
        #expect(mail.subject == "New time proposed: Tea & cake")
        let text = try #require(mail.textBody)
        for part in [
            "bob@example.com", "\"Tea & cake\" of Mon 1 Mar 2027, 09:00 (UTC)", "Tue 2 Mar 2027, 15:00 (UTC)",
            "<Tuesday> is better", "move the event",
        ] {
            #expect(text.contains(part))
        }
        _ = try await world.run(notice("m2"))
        _ = try await world.run(notice("m3"))
        #expect(try await world.run(notice("m4")) == .tooMany)
    }
}
