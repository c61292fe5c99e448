import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

/// The whole way from the stream, with everything that goes wrong on it, to counters, change log and webhooks.
@Suite("Following a stream")
struct ChangePublicationTests {
    private typealias Change = StatisticsAggregation.Change

    /// What both followers write, with a crash before or after any chosen call.
    private final class World: Sendable {
        struct State {
            var counted: [String: SequenceNumber] = [:]
            var published: [String: SequenceNumber] = [:]
            var counters = Counters()
            var log: [String: ChangeLogPart] = [:]
            var events: [String: JSON] = [:]
            var notices: Set<String> = []
            /// Calls until the crash; even ones crash before, odd ones after the call took effect.
            var crash: (calls: Int, isAfter: Bool)?
        }

        struct Crash: Error {}

        let state = Mutex(State())

        func call<Result>(_ change: (inout State) -> Result) throws -> Result {
            try state.withLock { state in
                let crashes = state.crash?.calls == 0
                let isAfter = state.crash?.isAfter == true
                if crashes { state.crash = nil } else { state.crash?.calls -= 1 }
                if crashes, !isAfter { throw Crash() }
                let result = change(&state)
                if crashes { throw Crash() }
                return result
            }
        }

        var aggregation: StatisticsAggregation {
            StatisticsAggregation(
                ports: .init(
                    readCheckpoint: { shard in try self.call { $0.counted[shard] } },
                    commit: { commit in
                        try self.call { state in
                            guard state.counted[commit.shard] == commit.from else { return .checkpointMoved }
                            state.counted[commit.shard] = commit.to
                            state.counters.add(commit.deltas)
                            return .committed
                        }
                    }))
        }

        func publication(_ webhooks: [Webhook]) -> ChangePublication {
            ChangePublication(
                ports: .init(
                    readCheckpoint: { shard in try self.call { $0.published[shard] } },
                    moveCheckpoint: { shard, from, to in
                        try self.call { state in
                            guard state.published[shard] == from else { return false }
                            state.published[shard] = to
                            return true
                        }
                    },
                    writeLog: { part in
                        try self.call { $0.log["\(part.date)/\(part.shard)-\(part.first.padded)"] = part }
                    },
                    readWebhooks: { webhooks },
                    enqueue: { deliveries in
                        try self.call { state in
                            for event in deliveries.flatMap(\.events) {
                                state.events[event["id"]?.string ?? ""] = event
                            }
                        }
                    },
                    notify: { notice in try self.call { _ = $0.notices.insert(notice.id) } },
                    readCampaign: { id in
                        var campaign = try Samples.campaign(id: id)
                        campaign.chunks = 2
                        return campaign
                    },
                    readCounters: { scope in self.state.withLock { $0.counters[scope] } }))
        }
    }

    /// Lives of attendees on several shards, with feedback and replies, over two days; and a campaign's chunks.
    private func history(shards: Int) throws -> (changes: [String: [Change]], items: [CountedItem]) {
        var changes: [String: [Change]] = [:]
        var items: [String: CountedItem] = [:]
        var count = 0
        func write(_ key: String, shard: Int, _ item: CountedItem) throws {
            count += 1
            let sequence = try #require(SequenceNumber("70000000000000000000\(1000 + count)"))
            changes["shard-\(shard)", default: []].append(
                Change(sequence: sequence, old: items[key], new: item, time: 1_795_348_800 + Int64(count) * 400))
            items[key] = item
        }
        for index in 0..<60 {
            let address = "p\(index)@example.com"
            let shard = index % shards
            var person = try Samples.attendee(address, delivery: .claimed, sentRevision: nil, firstSent: nil)
            try write(address, shard: shard, .attendee(person))
            person.delivery = .sent
            person.sentRevision = 1
            person.firstSent = 1_795_348_800
            try write(address, shard: shard, .attendee(person))
            let outcomes: [Delivery] = [.delivered, .bounced, .complained, .sent]
            person.delivery = outcomes[index % 4]
            if person.delivery != .sent { try write(address, shard: shard, .attendee(person)) }
            guard index % 3 == 0 else { continue }
            person.response = .accepted
            person.reply = ReplyStamp(sequence: 0, stamp: 5)
            person.replied = 1_795_400_000
            person.receipt = 1_795_400_000
            try write(address, shard: shard, .attendee(person))
        }
        for chunk in 0..<2 {
            try write("chunk\(chunk)", shard: 0, .finishedChunk(campaign: "c1", skipped: SkipCounts()))
        }
        return (changes, Array(items.values))
    }

    private func lines(_ world: World) -> [String] {
        world.state.withLock { state in
            state.log.values.flatMap { String(decoding: $0.lines, as: UTF8.self).split(separator: "\n") }
                .map(String.init).sorted()
        }
    }

    @Test("with every batch twice, shards in any order, batches cut anew and crashes between any calls ends the same")
    func everything() async throws {
        let (changes, items) = try history(shards: 3)
        let webhook = Webhook(
            id: "w", holder: .owner, url: try WebhookURL(parsing: "https://example.com/"), kinds: [],
            secret: .generate(), created: 0)
        let straight = World()
        for (shard, all) in changes.sorted(by: { $0.key < $1.key }) {
            try await straight.aggregation.run(shard: shard, changes: all)
            try await straight.publication([webhook]).run(shard: shard, changes: all)
        }
        var recount = Counters()
        for item in items { recount.add(item.contribution) }
        #expect(straight.state.withLock(\.counters) == recount)
        let expected = lines(straight)
        #expect(expected.count == Set(expected).count)

        var generator = Seeded(state: 11)
        for round in 0..<150 {
            let world = World()
            var waiting = changes
            while let shard = waiting.keys.sorted().randomElement(using: &generator), let rest = waiting[shard] {
                // A batch as Lambda cuts it, delivered until it succeeds, and then once more.
                let batch = Array(rest.prefix(Int.random(in: 1...40, using: &generator)))
                world.state.withLock {
                    $0.crash = (Int.random(in: 0..<6, using: &generator), Bool.random(using: &generator))
                }
                var cut = batch
                while true {
                    do {
                        try await world.aggregation.run(shard: shard, changes: cut)
                        try await world.publication([webhook]).run(shard: shard, changes: cut)
                        if cut.count == batch.count { break }
                        cut = batch
                    } catch is World.Crash {
                        // Bisected, or the whole again.
                        if Bool.random(using: &generator) { cut = Array(batch.prefix(max(1, batch.count / 2))) }
                    }
                }
                world.state.withLock { $0.crash = nil }
                try await world.aggregation.run(shard: shard, changes: batch)
                try await world.publication([webhook]).run(shard: shard, changes: batch)
                waiting[shard] = rest.count == batch.count ? nil : Array(rest.dropFirst(batch.count))
            }
            #expect(world.state.withLock(\.counters) == recount, "round \(round)")
            #expect(lines(world) == expected, "round \(round)")
            #expect(
                Set(world.state.withLock(\.events).keys) == Set(straight.state.withLock(\.events).keys),
                "round \(round)")
        }
    }

    @Test("tells webhooks what happened, each thing once, and nothing else")
    func events() throws {
        let (changes, _) = try history(shards: 1)
        let events = try #require(changes["shard-0"]).compactMap { WebhookEvent($0) }
        func count(_ kind: WebhookEvent.Kind) -> Int { events.count { $0.kind == kind } }
        #expect(count(.invited) == 60)
        #expect(count(.delivered) == 15)
        #expect(count(.bounced) == 15)
        #expect(count(.complained) == 15)
        #expect(count(.replied) == 20)
        #expect(Set(events.map(\.id)).count == events.count)
        let reply = try #require(events.first { $0.kind == .replied })
        #expect(reply.data["email"] == "p0@example.com")
        #expect(reply.data["rsvp"] == "accepted")

        let before = try Samples.event()
        var moved = try Samples.event(revision: 2)
        moved.summary = "New"
        let cancelled = try Samples.event(revision: 3, status: .cancelled)
        let sequence = try #require(SequenceNumber("1"))
        let steps: [(old: Event?, new: Event)] = [
            (nil, before), (before, moved), (moved, cancelled), (cancelled, cancelled), (moved, moved),
        ]
        let kinds = steps.map { step in
            WebhookEvent(
                Change(sequence: sequence, old: step.old.map { .event($0) }, new: .event(step.new)))?.kind
        }
        #expect(kinds == [.created, .updated, .cancelled, nil, nil])
    }

    @Test("tells the end of a campaign, and organizers only of their own")
    func audience() async throws {
        let (changes, _) = try history(shards: 1)
        let other = try Samples.address("bob@contoso.example")
        let own = try Samples.address("ann@acme.example")
        let url = try WebhookURL(parsing: "https://example.com/")
        func hook(_ id: String, _ holder: APIKey.Scope, _ kinds: Set<WebhookEvent.Kind>) -> Webhook {
            Webhook(id: id, holder: holder, url: url, kinds: kinds, secret: .generate(), created: 0)
        }
        for (hook, expected) in [
            (hook("a", .owner, [.campaignFinished]), 1), (hook("b", .organizer(other), []), 0),
            (hook("c", .organizer(own), [.replied]), 20), (hook("d", .organizer(own), []), 126),
        ] {
            let world = World()
            let all = try #require(changes["shard-0"])
            try await world.aggregation.run(shard: "shard-0", changes: all)
            try await world.publication([hook]).run(shard: "shard-0", changes: all)
            #expect(world.state.withLock { $0.events.count } == expected, "\(hook.id)")
            #expect(world.state.withLock(\.notices) == ["finished.c1"], "whoever hears of it by webhook")
        }
    }

    @Test("logs states without addresses")
    func logLines() async throws {
        let (changes, _) = try history(shards: 1)
        let world = World()
        try await world.publication([]).run(shard: "shard-0", changes: try #require(changes["shard-0"]))
        let lines = lines(world)
        #expect(!lines.contains { $0.contains("@example.com") })
        let line = try JSON(parsing: try #require(lines.first))
        #expect(line["kind"] == "attendee")
        #expect(line["attendee"]?.string?.utf8.count == 24)
        #expect(line["attendee_domain"] == "example.com")
        #expect(world.state.withLock { Set($0.log.values.map(\.date)).count } == 2)
    }
}
