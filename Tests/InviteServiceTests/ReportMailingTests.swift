import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("A report by mail")
struct ReportMailingTests {
    private final class World: Sendable {
        struct State {
            var sent: [OutgoingInvitation] = []
            var marked: Set<String> = []
            var queued: [ReportJob] = []
            var result: SendResult?
        }

        let state = Mutex(State())

        func mailing() throws -> ReportMailing {
            let event = try Samples.event()
            let attendees = try (0..<5).map { number in
                var attendee = try Samples.attendee()
                attendee.address = try Samples.address("guest\(number)@example.com")
                attendee.name = number == 0 ? "=1+1" : "Änne"
                return attendee
            }
            let ports = ReportMailing.Ports(
                readEvent: { $0 == event.uid ? event : nil },
                listAttendees: { _, cursor, limit in
                    let start = cursor.after.flatMap { Int($0) } ?? 0
                    let rows = Array(attendees.dropFirst(start).prefix(limit))
                    let end = start + rows.count
                    return AttendeePage(
                        attendees: rows, next: end < 5 ? AttendeeCursor(shard: 0, after: String(end)) : nil)
                },
                readCounters: { _ in [.attendees: 5, .rsvp(.accepted): 2, .rsvp(.noAction): 3] },
                wasSent: { id in self.state.withLock { $0.marked.contains(id) } },
                send: { mail in
                    self.state.withLock { state in
                        if let result = state.result { return result }
                        state.sent.append(mail)
                        return .sent(messageID: "1")
                    }
                },
                enqueue: { job in self.state.withLock { $0.queued.append(job) } },
                markSent: { id in self.state.withLock { _ = $0.marked.insert(id) } }, now: noon)
            return ReportMailing(
                ports: ports, addresses: Samples.addresses, publicURL: "https://api.example.com", rowLimit: 2)
        }
    }

    private func job() throws -> ReportJob {
        ReportJob(
            event: try #require(EventUID(Samples.uid)), organizer: try Samples.address("ann@acme.example"),
            request: "r1", cursor: .start, part: 1)
    }

    @Test("takes as many mails as its length does, each with its rows and the figures of the event")
    func parts() async throws {
        let world = World()
        let mailing = try world.mailing()
        var job: ReportJob? = try job()
        while let current = job {
            #expect(try await mailing.run(current) == .sent)
            #expect(try await mailing.run(current) == .sentBefore, "a second delivery mails nothing")
            job = world.state.withLock { $0.queued.popLast() }
        }
        let mails = world.state.withLock(\.sent).map { MailParser.parse($0.message) }
        #expect(mails.count == 3)
        #expect(
            mails.map(\.subject) == [
                "Attendees of Tea & cake (part 1)", "Attendees of Tea & cake (part 2)",
                "Attendees of Tea & cake (part 3)",
            ])
        var rows: [String] = []
        for mail in mails {
            let table = try #require(mail.root.leaves.last?.part.text)
            let lines = table.split(whereSeparator: \.isNewline).map(String.init)
            #expect(lines[0].hasSuffix(AttendeeReport.header.split(whereSeparator: \.isNewline)[0]))
            rows += lines.dropFirst()
            #expect(mail.textBody?.contains("Invites sent: 5") == true)
            #expect(mail.autoSubmitted == "auto-generated")
        }
        #expect(rows.map { $0.prefix { $0 != "," } } == (0..<5).map { "guest\($0)@example.com" })
        #expect(rows[0].contains(",'=1+1,") && rows[1].contains(",Änne,"))
    }

    @Test("that SES does not take now is tried again")
    func notTaken() async throws {
        let world = World()
        world.state.withLock { $0.result = .throttled }
        let (mailing, job) = (try world.mailing(), try job())
        #expect(await failure(OrganizerNotification.Failure.self) { try await mailing.run(job) } == .notAccepted)
        #expect(world.state.withLock { $0.marked.isEmpty && $0.queued.isEmpty })
    }

    @Test("is a message of the notice queue that reads as it was written, and others are not it")
    func json() throws {
        let job = try job()
        #expect(try ReportJob(json: job.json) == job)
        #expect(try ReportJob(json: ["refused": ["code": "c"]]) == nil)
        #expect(throws: MessageError.self) { try ReportJob(json: ["report": "x"]) }
    }
}
