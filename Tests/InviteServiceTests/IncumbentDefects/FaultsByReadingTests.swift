import Audience
import Foundation
import ICalendar
import InviteService
import JSON
import MailMessage
import Synchronization
import TestSupport
import Testing

/// Faults of an older system that were found by reading it, where no numbered test stands for them.
@Suite("Faults found by reading")
struct FaultsByReadingTests {
    private let world = OrganizerWorld()
    private let people = (0..<6).map { "person\($0)@example.com" }

    @Test("correctness: a mail has one calendar part, beside its plain text and in the same alternative")
    func oneCalendarPart() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        let mail = MailParser.parse(try world.invitation(event))
        let types = mail.root.leaves.map(\.part.contentType.mediaType)
        #expect(types.count { $0 == "text/calendar" } == 1)
        #expect(types.prefix(3) == ["text/plain", "text/html", "text/calendar"])
    }

    @Test("correctness: ORGANIZER is at the domain that the mail is from")
    func organizerOfTheDomain() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        let organizer = try #require(world.view(event).organizer?.email)
        #expect(organizer.hasSuffix("@calendar.example.com"))
        let from = MailParser.parse(try world.invitation(event)).from.first?.address
        #expect(from?.domain == "calendar.example.com")
    }

    @Test("correctness: repetition, whole days and the zone's own time go out as they came in")
    func repetitionAndZone() async throws {
        let weekly = try await world.event([
            "DTSTART;TZID=Europe/Berlin:20270110T150000", "DTEND;TZID=Europe/Berlin:20270110T160000",
            "RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=Europe/Berlin:20270117T150000",
        ])
        let text = String(decoding: try world.outgoing(weekly), as: UTF8.self)
        for line in ["DTSTART;TZID=Europe/Berlin:20270110T150000", "RRULE:FREQ=WEEKLY;COUNT=6", "BEGIN:VTIMEZONE"] {
            #expect(text.contains(line))
        }
        #expect(text.contains("EXDATE;TZID=Europe/Berlin:20270117T150000"))
        #expect(!text.contains("Etc/GMT"))
    }

    @Test("reliability: one who sends too fast is slowed down, and the day's end is waited for")
    func rateGovernor() async throws {
        let bench = try SendingBench(recipients: people)
        bench.edit { $0.answer = { _, attempt in attempt == 0 ? .throttled : nil } }
        guard case .putBack(let left, cause: _) = try await bench.run(SendingBench.job()) else {
            Issue.record("nothing put back")
            return
        }
        #expect(left == 6)
        let calls = bench.state.withLock(\.calls)
        #expect(calls.count { $0 == "waitForTurn" } == calls.count { $0 == "send" }, "no mail without a turn")
    }

    @Test("reliability: a message that comes twice mails nobody twice")
    func repeatedMessage() async throws {
        let bench = try SendingBench(recipients: people)
        for _ in 0..<2 { _ = try await bench.run(SendingBench.job()) }
        #expect(bench.mails.values.allSatisfy { $0 == 1 } && bench.mails.count == 6)
    }

    @Test("reliability: who cannot be reached, or complained, is mailed no more")
    func suppression() throws {
        let bob = Person(isUnsubscribed: false, isSuppressed: true, blockedOrganizers: [])
        #expect(bob.refuses(try Samples.address("ann@acme.example")))
    }

    @Test("reliability: a limit is reached exactly, and never passed")
    func limit() async throws {
        let list = ["email"] + (0..<30).map { "p\($0)@example.com" }
        let imported = try ImportWorld([Array(list.joined(separator: "\n").utf8)])
        imported.state.withLock { $0.limit = 7 }
        try await imported.run()
        #expect(imported.state.withLock(\.reserved) == 7)
        try await imported.run()
        #expect(imported.state.withLock(\.reserved) == 7)
    }

    @Test("privacy: the organizer's address is nowhere in what attendees get, when their name is known")
    func organizerAddress() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        let mail = MailParser.parse(try world.invitation(event))
        let texts = mail.root.leaves.map(\.part.text).joined() + mail.headers.all("X-YAHOO-YID").joined()
        #expect(!texts.contains("ann@acme.example"))
        #expect(!String(decoding: try world.outgoing(event), as: UTF8.self).contains("ann@acme.example"))
    }

    @Test("security: nothing but AWS, the Lambda runtime and registered webhooks is ever called")
    func noFetch() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let hostOnly = ["LocalCloud/", "calinvite/", "HTTPTransport/"]
        let sources = root.appendingPathComponent("Sources")
        var callers: Set<String> = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where file.hasSuffix(".swift") {
            if hostOnly.contains(where: file.hasPrefix) { continue }
            let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
            if text.contains("HTTPTransport(") { callers.insert(file) }
        }
        #expect(
            callers == ["LambdaRuntime/RuntimeLoop.swift", "Store/Environment.swift", "Store/WebhookClient.swift"])
    }

    @Test("security: a key opens its own organizer's events, and the owner's all")
    func scopedKeys() throws {
        let (ann, bob) = (try Samples.address("ann@acme.example"), try Samples.address("bob@contoso.example"))
        let key = APIKey(scope: .organizer(ann), created: 0)
        #expect(key.allows(ann) && !key.allows(bob))
        let owner = APIKey(scope: .owner, created: 0)
        #expect(owner.allows(ann) && owner.allows(bob))
    }

    @Test("compliance: every mail can be unsubscribed from by one click and by mail")
    func unsubscribing() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        let headers = MailParser.parse(try world.invitation(event)).headers
        #expect(headers.all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"])
        let ways = try #require(headers.first("List-Unsubscribe"))
        #expect(ways.hasPrefix("<https://") && ways.contains("<mailto:unsubscribe@calendar.example.com"))
    }

    @Test("compliance: where consent comes from is kept with the campaign")
    func consent() throws {
        var campaign = try Samples.campaign()
        campaign.consent = "sign-up form of 2026"
        let progress = CampaignProgress(campaign: campaign, counters: [:], now: noon())
        #expect(progress.json["consent"] == "sign-up form of 2026")
    }
}
