import Handlers
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Store
import Synchronization
import Testing

@Suite("The statistics function")
struct AggregateStatisticsTests {
    private final class Log: Sendable {
        let commits = Mutex<[StatisticsAggregation.Commit]>([])
        let published = Mutex<[String: SequenceNumber]>([:])
        let parts = Mutex<[ChangeLogPart]>([])
        let setAside = Mutex<[JSON]>([])
    }

    private let log = Log()

    private func function(onlyShard: String? = nil) -> AggregateStatistics {
        let log = log
        return AggregateStatistics(
            aggregation: StatisticsAggregation(
                ports: .init(
                    readCheckpoint: { shard in log.commits.withLock { $0.last { $0.shard == shard }?.to } },
                    commit: { commit in
                        log.commits.withLock { $0.append(commit) }
                        return .committed
                    })),
            publication: ChangePublication(
                ports: .init(
                    readCheckpoint: { shard in log.published.withLock { $0[shard] } },
                    moveCheckpoint: { shard, _, to in
                        log.published.withLock { $0[shard] = to }
                        return true
                    },
                    writeLog: { part in log.parts.withLock { $0.append(part) } }, readWebhooks: { [] },
                    enqueue: { _ in }, notify: { _ in }, readCampaign: { _ in nil }, readCounters: { _ in [:] })),
            setAside: { record in log.setAside.withLock { $0.append(record) } }, onlyShard: onlyShard)
    }

    private func attendee(rsvp: String, sent: Bool = true) -> JSON {
        var item: JSONObject = [
            "pk": ["S": .string("event#\(Samples.uid)#07")], "sk": ["S": "attendee#bob@example.com"],
            "address": ["S": "bob@example.com"], "organizer": ["S": "ann@acme.example"], "domain": ["S": "d"],
            "origin": ["S": "vip"], "delivery": ["S": .string(sent ? "sent" : "claimed")],
            "rsvp": ["S": .string(rsvp)],
        ]
        if sent { item["sentRevision"] = ["N": "1"] }
        return .object(item)
    }

    private func record(_ sequence: String, old: JSON?, new: JSON?) -> JSON {
        var change: JSONObject = [
            "ApproximateCreationDateTime": 1_795_348_800, "Keys": ["pk": ["S": "x"], "sk": ["S": "y"]],
            "SequenceNumber": .string(sequence), "SizeBytes": 100, "StreamViewType": "NEW_AND_OLD_IMAGES",
        ]
        change["OldImage"] = old
        change["NewImage"] = new
        return [
            "eventID": "1", "eventName": old == nil ? "INSERT" : "MODIFY", "eventVersion": "1.1",
            "eventSource": "aws:dynamodb", "awsRegion": "eu-west-1", "dynamodb": .object(change),
            "eventSourceARN": "arn:aws:dynamodb:eu-west-1:1:table/main/stream/2026",
        ]
    }

    private var batch: JSONObject {
        [
            "Records": [
                record("100000000000000000001", old: nil, new: attendee(rsvp: "noaction", sent: false)),
                record(
                    "100000000000000000002", old: attendee(rsvp: "noaction", sent: false),
                    new: attendee(rsvp: "noaction")),
                record("100000000000000000003", old: attendee(rsvp: "noaction"), new: attendee(rsvp: "accepted")),
                record("100000000000000000004", old: nil, new: ["pk": ["S": "person#x"], "sk": ["S": "person"]]),
            ]
        ]
    }

    @Test("counts a batch under the shard its tumbling window names, and gives a state back")
    func tumblingWindow() async throws {
        var event = batch
        event["shardId"] = "shardId-7"
        event["window"] = ["start": "2026-11-22T12:00:00Z", "end": "2026-11-22T12:00:10Z"]
        event["state"] = [:]
        event["isFinalInvokeForWindow"] = false
        #expect(try await function().handle(.object(event), Samples.context) == ["state": [:]])
        let commit = try #require(log.commits.withLock(\.self).first)
        #expect(commit.shard == "shardId-7")
        #expect(commit.from == nil)
        #expect(commit.to == SequenceNumber("100000000000000000004"))
        #expect(
            commit.deltas[.domain("d")]
                == [.delivery(.sent): 1, .attendees: 1, .origin(.vip): 1, .rsvp(.accepted): 1])
        _ = try await function().handle(.object(event), Samples.context)
        #expect(log.commits.withLock { $0.count } == 1, "the same batch again counts nothing")
    }

    @Test("ends a window without records")
    func finalInvocation() async throws {
        let event: JSON = ["Records": [], "shardId": "shardId-7", "isFinalInvokeForWindow": true]
        #expect(try await function().handle(event, Samples.context) == ["state": [:]])
        #expect(log.commits.withLock { $0.isEmpty })
    }

    @Test("takes the only shard where the event names none, and fails without one")
    func onlyShard() async throws {
        _ = try await function(onlyShard: "only").handle(.object(batch), Samples.context)
        #expect(log.commits.withLock { $0.map(\.shard) } == ["only"])
        await #expect(throws: AggregateStatistics.Failure.self) {
            try await function().handle(.object(batch), Samples.context)
        }
    }

    @Test("fails on damaged records, before anything is counted")
    func damaged() async throws {
        let good = record("1", old: nil, new: attendee(rsvp: "noaction"))
        let bad: [JSON] = [
            record("x", old: nil, new: attendee(rsvp: "noaction")),
            ["dynamodb": [:]],
        ]
        for record in bad {
            let event: JSON = ["Records": [good, record], "shardId": "s"]
            await #expect(throws: (any Error).self) { try await function().handle(event, Samples.context) }
        }
        await #expect(throws: PayloadError.self) { try await function().handle([:], Samples.context) }
        #expect(log.commits.withLock { $0.isEmpty })
    }

    @Test("sets aside an image that nobody can read, and counts what comes before and after it")
    func unreadable() async throws {
        let event: JSON = [
            "Records": [
                record("1", old: nil, new: attendee(rsvp: "noaction")),
                record("2", old: nil, new: attendee(rsvp: "perhaps")),
                record("3", old: nil, new: attendee(rsvp: "accepted")),
            ], "shardId": "s",
        ]
        #expect(try await function().handle(event, Samples.context) == ["state": [:]])
        let found = log.commits.withLock { $0.first }
        let commit = try #require(found)
        #expect(commit.to == SequenceNumber("3"))
        #expect(commit.deltas[.domain("d")][.attendees] == 2)
        let aside = log.setAside.withLock(\.self)
        #expect(aside.map { $0["sequence"] } == ["2"])
        #expect(aside[0]["error"]?.string?.contains("rsvp") == true)
        #expect(aside[0]["keys"] == ["pk": ["S": "x"], "sk": ["S": "y"]])
    }
}
