import InviteService
import MailMessage
import Synchronization
import TestSupport
import Testing

@Suite("What an attendee does on a page")
struct AttendeeChoiceTests {
    private final class Log: Sendable {
        let answers = Mutex<[ReplyIntake.Answer]>([])
        let calls = Mutex<[String]>([])
    }

    private let log = Log()
    private let text: String

    init() throws {
        let bob = try Samples.address("Bob@example.com")
        let token = ReplyToken.text(
            event: try #require(EventUID(Samples.uid)), attendee: bob, secret: try Samples.secret())
        text = AttendeeLink.text(replyToken: token, attendee: bob)
    }

    private func choice(
        event: Event?, result: ReplyIntake.RecordResult = .recorded, calendar: [UInt8] = Samples.calendar
    ) throws -> AttendeeChoice {
        let log = log
        var ports = AttendeeChoice.Ports.unimplemented
        ports.readEvent = { _ in event }
        ports.readCalendar = { _ in calendar }
        ports.record = { answer in
            log.answers.withLock { $0.append(answer) }
            return result
        }
        ports.unsubscribe = { address, now in log.calls.withLock { $0.append("unsubscribe \(address) \(now)") } }
        ports.block = { address, organizer in log.calls.withLock { $0.append("block \(address) \(organizer)") } }
        return AttendeeChoice(ports: ports, secret: try Samples.secret())
    }

    @Test("answers for the attendee, to the event as it is", arguments: WebAnswer.allCases)
    func answer(answer: WebAnswer) async throws {
        let choice = try choice(event: try Samples.event(revision: 4, sequence: 3))
        let (event, isRecorded) = try await choice.answer(answer, by: try choice.link(text))
        #expect(isRecorded)
        #expect(event.title == "Tea & cake")
        #expect(event.when == "Sun 10 Jan 2027, 15:00 – 16:00 (UTC)")
        let recorded = try #require(log.answers.withLock { $0.first })
        #expect(recorded.attendee.normalized == "bob@example.com")
        #expect(recorded.response == answer.response)
        #expect(recorded.stamp == ReplyStamp(sequence: 3, stamp: noon(), sent: noon()))
        #expect(recorded.instance == nil && recorded.client == "Web page")
    }

    @Test("answers for one date of a series, as it was last asked about, and for none that is no more")
    func date() async throws {
        var event = try Samples.event(revision: 4, sequence: 3)
        event.answerSequence = 1
        event.askedInstances = [1_800_198_000: 2]
        let calendar = SampleMail.lines(
            SampleMail.event(["RRULE:FREQ=WEEKLY;COUNT=4"]).dropLast() + [
                "BEGIN:VEVENT", "UID:tea@acme.example", "RECURRENCE-ID:20270117T150000Z", "DTSTART:20270117T170000Z",
                "SUMMARY:Tea in the garden", "LOCATION:Garden", "END:VEVENT", "BEGIN:VEVENT", "UID:tea@acme.example",
                "RECURRENCE-ID:20270124T150000Z", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR",
            ])
        let choice = try choice(event: event, calendar: calendar)
        let link = try choice.link(text)
        let (date, isRecorded) = try await choice.answer(.no, by: link, date: 1_800_198_000)
        #expect(isRecorded)
        #expect(date.title == "Tea in the garden" && date.location == "Garden" && date.date == 1_800_198_000)
        #expect(date.when == "Sun 17 Jan 2027, 17:00 (UTC)")
        let recorded = try #require(log.answers.withLock { $0.first })
        #expect(recorded.instance == 1_800_198_000 && recorded.stamp.sequence == 2)
        for gone: Int64 in [1_800_802_800, 1_800_198_001] {
            #expect(
                await failure(AttendeeChoice.Failure.self) { try await choice.answer(.yes, by: link, date: gone) }
                    == .unknownDate)
        }
        #expect(log.answers.withLock { $0.count } == 1)
    }

    @Test("does not overwrite a newer answer, and is nothing for somebody without a record")
    func notNewer() async throws {
        let late = try choice(event: try Samples.event(), result: .notNewer)
        #expect(try await late.answer(.yes, by: try late.link(text)).isRecorded == false)
        let unknown = try choice(event: try Samples.event(), result: .notInvited)
        #expect(
            await failure(AttendeeChoice.Failure.self) { try await unknown.answer(.yes, by: try unknown.link(text)) }
                == .unknownLink)
    }

    @Test("is no answer to an event that is cancelled or gone")
    func cancelled() async throws {
        for (event, expected) in [
            (try Samples.event(status: .cancelled), AttendeeChoice.Failure.cancelled), (nil, .unknownLink),
        ] as [(Event?, AttendeeChoice.Failure)] {
            let choice = try choice(event: event)
            let link = try choice.link(text)
            #expect(await failure(AttendeeChoice.Failure.self) { try await choice.event(of: link) } == expected)
            #expect(await failure(AttendeeChoice.Failure.self) { try await choice.answer(.no, by: link) } == expected)
        }
        #expect(log.answers.withLock { $0.isEmpty })
    }

    @Test("unsubscribes whatever became of the event, and blocks the organizer of a cancelled one")
    func refusing() async throws {
        let gone = try choice(event: nil)
        try await gone.unsubscribe(try gone.link(text))
        #expect(
            await failure(AttendeeChoice.Failure.self) { try await gone.block(try gone.link(text)) } == .unknownLink)
        let cancelled = try choice(event: try Samples.event(status: .cancelled))
        _ = try await cancelled.block(try cancelled.link(text))
        #expect(
            log.calls.withLock { $0 } == [
                "unsubscribe Bob@example.com \(noon())", "block Bob@example.com ann@acme.example",
            ])
    }

    @Test("needs a link of this server's")
    func links() throws {
        let choice = try choice(event: nil)
        for text in ["", "x", String(text.dropLast()), text + "a"] {
            #expect(throws: AttendeeChoice.Failure.unknownLink) { try choice.link(text) }
        }
    }
}
