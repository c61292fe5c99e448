import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Stored counters")
struct StatisticsTableTests {
    private func table(_ fake: FakeServices) throws -> StatisticsTable {
        StatisticsTable(dynamoDB: try fake.clients().dynamoDB, name: "stats")
    }

    private func commit(from: String?) throws -> StatisticsAggregation.Commit {
        var deltas = Counters()
        deltas.add(2, .attendees, to: .domain("calendar.example.com"))
        deltas.add(-1, .rsvp(.noAction), to: .domain("calendar.example.com"))
        return StatisticsAggregation.Commit(
            shard: "shardId-1", from: try from.map { try #require(SequenceNumber($0)) },
            to: try #require(SequenceNumber("200")), deltas: deltas)
    }

    @Test("move in one transaction with the checkpoint, on condition that it is still the old one")
    func transaction() async throws {
        let fake = FakeServices(.empty, .empty)
        _ = try await table(fake).commit(try commit(from: "100"))
        _ = try await table(fake).commit(try commit(from: nil))
        let items = try #require(try fake.bodies()[0]["TransactItems"]?.array)
        #expect(items.count == 2)
        let checkpoint = items[0]["Update"]
        #expect(checkpoint?["Key"] == ["pk": ["S": "shard#shardId-1"], "sk": ["S": "checkpoint"]])
        #expect(checkpoint?["ConditionExpression"] == "#sequence = :from")
        let zeros = String(repeating: "0", count: 37)
        #expect(
            checkpoint?["ExpressionAttributeValues"]
                == [":from": ["S": .string(zeros + "100")], ":to": ["S": .string(zeros + "200")]])
        let counter = items[1]["Update"]
        #expect(counter?["Key"]?["pk"] == ["S": "domain#calendar.example.com"])
        #expect(counter?["UpdateExpression"] == "ADD #c0 :c0, #c1 :c1")
        #expect(counter?["ExpressionAttributeNames"] == ["#c0": "attendees", "#c1": "rsvp.noaction"])
        #expect(counter?["ExpressionAttributeValues"] == [":c0": ["N": "2"], ":c1": ["N": "-1"]])
        let first = try fake.bodies()[1]["TransactItems"]?[0]?["Update"]
        #expect(first?["ConditionExpression"] == "attribute_not_exists(#sequence)")
        #expect(first?["ExpressionAttributeValues"]?[":from"] == nil)
    }

    @Test("of a campaign carry its pace, of which old minutes are forgotten in the same write")
    func pace() async throws {
        let fake = FakeServices(.json([:]), .empty)
        let event = try Samples.event()
        var changes: [StatisticsAggregation.Change] = []
        for (index, minute) in [100, 100, 103, 90, 103].enumerated() {
            let attendee = Attendee(
                event: event.uid, address: try Samples.address("p\(index)@example.com"), name: nil,
                organizer: event.organizer, domain: event.domain, campaign: "c1", origin: .vip, delivery: .sent,
                sentRevision: 1, firstSent: 6000, response: .noAction, reply: nil, replied: nil, client: nil,
                comment: nil)
            changes.append(
                StatisticsAggregation.Change(
                    sequence: try #require(SequenceNumber("\(index + 1)")), old: nil, new: .attendee(attendee),
                    time: Int64(minute * 60 + 7)))
        }
        let table = try table(fake)
        try await StatisticsAggregation(
            ports: .init(readCheckpoint: { try await table.readCheckpoint($0) }, commit: { try await table.commit($0) })
        ).run(shard: "s", changes: changes)
        let items = try #require(try fake.bodies()[1]["TransactItems"]?.array)
        let update = try #require(items.first { $0["Update"]?["Key"]?["pk"] == ["S": "campaign#c1"] }?["Update"])
        let names = (update["ExpressionAttributeNames"]?.object ?? [:]).map { ($0.name, $0.value.string ?? "") }
        let added = names.filter { $0.0.hasPrefix("#c") }.map(\.1)
        let forgotten = names.filter { $0.0.hasPrefix("#f") }.map(\.1)
        #expect(Set(added).isSuperset(of: ["pace.100", "pace.103", "delivery.sent"]))
        #expect(!added.contains("pace.90"), "too old to be remembered")
        #expect(forgotten.contains("pace.93") && forgotten.contains("pace.64") && !forgotten.contains("pace.94"))
        #expect(Set(added).isDisjoint(with: forgotten))
        let hundred = try #require(names.first { $0.1 == "pace.100" }?.0)
        #expect(update["ExpressionAttributeValues"]?[":" + hundred.dropFirst()] == ["N": "2"])
        #expect(update["UpdateExpression"]?.string?.contains(" REMOVE #f0, ") == true)
        for item in items where item["Update"]?["Key"]?["pk"] != ["S": "campaign#c1"] {
            #expect(item["Update"]?["UpdateExpression"]?.string?.contains("REMOVE") == false)
        }
    }

    @Test("incumbent 17: need no item that somebody would have to make first")
    func freshTable() async throws {
        let fake = FakeServices(.empty)
        _ = try await table(fake).commit(try commit(from: nil))
        let counter = try fake.bodies()[0]["TransactItems"]?[1]?["Update"]
        #expect(counter?["UpdateExpression"]?.string?.hasPrefix("ADD ") == true)
        #expect(counter?["ConditionExpression"] == nil)
    }

    @Test("are not written when the checkpoint has moved")
    func moved() async throws {
        func canceled(_ codes: [String]) -> FakeServices.Answer {
            .json(
                [
                    "__type": "TransactionCanceledException", "message": "",
                    "CancellationReasons": .array(codes.map { ["Code": .string($0)] }),
                ], status: 400)
        }
        let result = try await table(FakeServices(canceled(["ConditionalCheckFailed", "None"]))).commit(
            try commit(from: "100"))
        guard case .checkpointMoved = result else {
            Issue.record("committed")
            return
        }
        // A conflict with another shard's transaction passes; it is not a moved checkpoint.
        let conflict = FakeServices(canceled(["None", "TransactionConflict"]), .empty)
        guard case .committed = try await table(conflict).commit(try commit(from: "100")) else {
            Issue.record("not committed")
            return
        }
        #expect(conflict.requests.count == 2)
        await #expect(throws: AWSError.self) {
            try await table(FakeServices(canceled(["None", "ValidationError"]))).commit(try commit(from: "100"))
        }
    }

    @Test("are summed over slots and pages")
    func reading() async throws {
        let fake = FakeServices(
            .json([
                "Items": [["pk": ["S": "domain#d"], "sk": ["S": "slot#00"], "attendees": ["N": "5"]]],
                "LastEvaluatedKey": ["pk": ["S": "domain#d"], "sk": ["S": "slot#00"]],
            ]),
            .json([
                "Items": [
                    ["pk": ["S": "domain#d"], "sk": ["S": "slot#09"], "attendees": ["N": "-2"], "events": ["N": "1"]]
                ]
            ]))
        #expect(try await table(fake).readCounters(.domain("d")) == [.attendees: 3, .events: 1])
        #expect(try fake.bodies().allSatisfy { $0["ConsistentRead"] == true })
    }

    @Test("of each scope lie in a partition of their own, in one of sixteen slots")
    func partitions() async throws {
        let scopes: [(CounterScope, String)] = [
            (.event(try #require(EventUID(Samples.uid))), "event#\(Samples.uid)"),
            (.organizer(try Samples.address("Ann@acme.example")), "organizer#ann@acme.example"),
            (.domain("d"), "domain#d"), (.campaign("c"), "campaign#c"),
            (.day(domain: "d", date: "2026-11-22"), "day#d#2026-11-22"),
        ]
        var slots: Set<String> = []
        for (index, (scope, partition)) in scopes.enumerated() {
            var commit = try commit(from: nil)
            commit.shard = "shardId-\(index)"
            commit.deltas = Counters()
            commit.deltas.add(1, .events, to: scope)
            let fake = FakeServices(.empty)
            _ = try await table(fake).commit(commit)
            let key = try fake.bodies()[0]["TransactItems"]?[1]?["Update"]?["Key"]
            #expect(key?["pk"] == ["S": .string(partition)])
            slots.insert(key?["sk"]?["S"]?.string ?? "")
        }
        #expect(slots.allSatisfy { $0.hasPrefix("slot#") && $0.utf8.count == 7 })
        #expect(slots.count > 1)
    }

    @Test("have a checkpoint for each shard")
    func checkpoint() async throws {
        let stored: JSON = ["Item": ["sequence": ["S": "0000000000000000000000000000000000000200"]]]
        #expect(try await table(FakeServices(.json(stored))).readCheckpoint("s") == SequenceNumber("200"))
        #expect(try await table(FakeServices(.empty)).readCheckpoint("s") == nil)
    }
}
