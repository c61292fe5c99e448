import AWSClients
import Audience
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Stored events, campaigns and keys")
struct EventStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    private func written(_ fake: FakeServices) throws -> JSON {
        let body = try fake.bodies().first
        return try #require(body?["Item"] ?? body?["TransactItems"]?[0]?["Put"]?["Item"])
    }

    @Test("an event is read back as it was written")
    func event() async throws {
        let fake = FakeServices(.empty)
        var event = try Samples.event()
        event.askedInstances = [1_800_198_000: 3, 1_800_802_800: 2]
        #expect(try await table(fake).writeEvent(event, replacing: 1))
        let item = try written(fake)
        #expect(item["pk"] == ["S": .string("event#\(Samples.uid)")])
        #expect(item["sk"] == ["S": "event"])
        #expect(item["organizerKey"] == ["S": "organizer#ann@acme.example"])
        #expect(item["domainKey"] == ["S": "domain#calendar.example.com"])
        let reader = FakeServices(.json(["Item": item]))
        #expect(try await table(reader).readEvent(event.uid) == event)
        #expect(try reader.bodies().first?["ConsistentRead"] == true)
        var bare = event
        bare.organizerName = nil
        bare.sourceStamp = nil
        bare.timeZone = nil
        bare.recurrence = nil
        bare.askedInstances = [:]
        let second = FakeServices(.empty)
        _ = try await table(second).writeEvent(bare, replacing: 1)
        #expect(try await table(FakeServices(.json(["Item": try written(second)]))).readEvent(event.uid) == bare)
        #expect(try await table(FakeServices(.empty)).readEvent(event.uid) == nil)
    }

    @Test("an event without an attribute it needs is an error that names it")
    func missingAttribute() async throws {
        let fake = FakeServices(.empty)
        let event = try Samples.event()
        _ = try await table(fake).writeEvent(event, replacing: 1)
        for name in ["organizer", "revision", "status", "calendar", "start"] {
            var item = try #require(try written(fake).object)
            item[name] = nil
            await #expect(throws: ItemError(item: "event", attribute: name)) {
                try await table(FakeServices(.json(["Item": .object(item)]))).readEvent(event.uid)
            }
        }
    }

    @Test("a write of an event holds only against the revision it was decided on")
    func conditions() async throws {
        let event = try Samples.event()
        let first = FakeServices(.empty)
        #expect(try await table(first).createEvent(event, limit: 7) == .created)
        let actions = try first.bodies()[0]["TransactItems"]
        #expect(actions?[0]?["Put"]?["ConditionExpression"] == "attribute_not_exists(pk)")
        let count = actions?[1]?["Update"]
        #expect(count?["Key"] == ["pk": ["S": "organizer#ann@acme.example"], "sk": ["S": "events"]])
        #expect(count?["UpdateExpression"] == "ADD created :one")
        #expect(count?["ExpressionAttributeValues"]?[":limit"] == ["N": "7"])
        let next = FakeServices(.empty)
        _ = try await table(next).writeEvent(event, replacing: 1)
        #expect(try next.bodies()[0]["ConditionExpression"] == "revision = :revision")
        #expect(try next.bodies()[0]["ExpressionAttributeValues"] == [":revision": ["N": "1"]])
        #expect(try next.bodies()[0]["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD")
    }

    @Test("a write of an event that fails its condition was lost, unless its own first attempt stands there")
    func ownWrite() async throws {
        let event = try Samples.event()
        let other: DynamoDB.Item = ["sourceMessage": "mail-2", "revision": 2]
        let own: DynamoDB.Item = ["sourceMessage": "mail-1", "revision": 2]
        #expect(try await !table(FakeServices(.conditionFailed(other))).writeEvent(event, replacing: 1))
        #expect(try await !table(FakeServices(.conditionFailed())).writeEvent(event, replacing: 1))
        let lost = FakeServices(.error("InternalServerError", status: 500), .conditionFailed(own))
        #expect(try await table(lost).writeEvent(event, replacing: 1))
        await #expect(throws: AWSError.self) {
            try await table(FakeServices(.error("AccessDeniedException"))).writeEvent(event, replacing: 1)
        }
    }

    @Test("a new event is there already, beyond the limit, or from an attempt whose answer was lost")
    func creation() async throws {
        func cancelled(_ first: JSON, _ second: String) -> FakeServices.Answer {
            .json(
                [
                    "__type": "TransactionCanceledException", "message": "",
                    "CancellationReasons": [first, ["Code": .string(second)]],
                ], status: 400)
        }
        func exists(_ message: String) -> JSON {
            let item: DynamoDB.Item = ["sourceMessage": .s(message), "revision": 2]
            return ["Code": "ConditionalCheckFailed", "Item": item.wire]
        }
        let event = try Samples.event()
        let cases: [(FakeServices.Answer, EventRecording.Creation)] = [
            (cancelled(exists("mail-2"), "None"), .exists),
            (cancelled(exists("mail-1"), "ConditionalCheckFailed"), .created),
            (cancelled(["Code": "None"], "ConditionalCheckFailed"), .limitReached),
        ]
        for (answer, expected) in cases {
            #expect(try await table(FakeServices(answer)).createEvent(event, limit: 7) == expected)
        }
        await #expect(throws: AWSError.self) {
            try await table(FakeServices(.error("AccessDeniedException"))).createEvent(event, limit: 7)
        }
    }

    @Test("a campaign is read back as it was written")
    func campaign() async throws {
        var campaign = try Samples.campaign()
        campaign.summary.rows = 3
        campaign.summary.accepted = 2
        campaign.summary.drop(.duplicate)
        campaign.summary.add(.init(part: "p", line: 1, message: "m"))
        campaign.chunks = 4
        campaign.failure = "why"
        campaign.options = ListOptions(nameField: "Attributes.Nickname", dropsRoles: true)
        campaign.isDryRun = true
        campaign.consent = "newsletter"
        campaign.checkpoint = "a-1"
        let fake = FakeServices(.empty)
        #expect(try await table(fake).createCampaign(campaign) == campaign)
        let item = try written(fake)
        #expect(item["pk"] == ["S": "campaign#c1"])
        #expect(item["sk"] == ["S": "campaign"])
        #expect(try await table(FakeServices(.json(["Item": item]))).readCampaign("c1") == campaign)
        #expect(try await table(FakeServices(.empty)).readCampaign("c1") == nil)
    }

    @Test("an event's campaigns are listed by items beside it, the newest first")
    func campaigns() async throws {
        var older = try Samples.campaign()
        older.id = String(repeating: "a", count: 32)
        older.created = 5
        var newer = older
        newer.id = String(repeating: "b", count: 32)
        newer.created = 1_795_348_800
        let creating = FakeServices(.empty)
        #expect(try await table(creating).createCampaign(newer) == newer)
        let puts = try #require(creating.bodies()[0]["TransactItems"]?.array)
        #expect(puts[0]["Put"]?["Item"]?["sk"] == ["S": "campaign"])
        #expect(puts[1]["Put"]?["Item"]?["pk"] == ["S": .string("event#\(newer.event)")])
        #expect(puts[1]["Put"]?["Item"]?["sk"] == ["S": .string("campaign#001795348800#\(newer.id)")])

        let writing = (FakeServices(.empty), FakeServices(.empty))
        _ = try await table(writing.0).createCampaign(older)
        _ = try await table(writing.1).createCampaign(newer)
        let references: [JSON] = [newer, older].map { ["sk": ["S": .string("campaign#0#\($0.id)")]] }
        let fake = FakeServices(
            .json(["Items": .array(references), "LastEvaluatedKey": ["pk": ["S": "p"], "sk": ["S": "s"]]]),
            .json(["Responses": ["main": [try written(writing.0), try written(writing.1)]]]))
        let page = try await table(fake).listCampaigns(
            of: newer.event, after: CampaignCursor(created: 7, id: newer.id), limit: 2)
        #expect(page.campaigns == [newer, older])
        #expect(page.next == CampaignCursor(created: 5, id: older.id))
        #expect(page.next.flatMap { CampaignCursor($0.text) } == page.next)
        let query = try fake.bodies()[0]
        #expect(query["ScanIndexForward"] == false)
        #expect(query["ExclusiveStartKey"]?["sk"] == ["S": .string("campaign#000000000007#\(newer.id)")])
        for text in ["", "x", AttendeeCursor.start.text] { #expect(CampaignCursor(text) == nil) }
    }

    @Test("a campaign that is there is left as it is, and given back")
    func repeatedCampaign() async throws {
        var stored = try Samples.campaign()
        stored.status = .sending
        stored.segment = PinpointSegment(application: "app", id: "seg", version: 2)
        stored.options = ListOptions(nameField: "Nick", dropsRoles: true, dropsDisposable: true)
        let item = FakeServices(.empty)
        _ = try await table(item).createCampaign(stored)
        let fake = FakeServices(
            .json(
                [
                    "__type": "TransactionCanceledException",
                    "CancellationReasons": [["Code": "ConditionalCheckFailed"], ["Code": "None"]],
                ], status: 400), .json(["Item": try written(item)]))
        var campaign = stored
        campaign.status = .importing
        #expect(try await table(fake).createCampaign(campaign) == stored)
    }

    @Test("organizer and campaign are read in one request, strongly consistent, and either may be missing")
    func heads() async throws {
        let campaign = try Samples.campaign()
        let writing = FakeServices(.empty)
        _ = try await table(writing).createCampaign(campaign)
        let profile: DynamoDB.Item = [
            "pk": .s("organizer#\(campaign.organizer.normalized)"), "sk": "organizer", "suspended": true,
        ]
        let fake = FakeServices(
            .json(["Responses": ["main": [try written(writing), profile.wire]]]),
            .json(["Responses": ["main": []]]))
        let both = try await table(fake).readHeads(campaign.organizer, campaign: campaign.id)
        #expect(both.campaign == campaign)
        #expect(both.organizer?.isSuspended == true)
        let none = try await table(fake).readHeads(campaign.organizer, campaign: nil)
        #expect(none.campaign == nil && none.organizer == nil)
        for (body, keys) in zip(try fake.bodies(), [2, 1]) {
            let asked = try #require(body["RequestItems"]?["main"])
            #expect(asked["Keys"]?.array?.count == keys)
            #expect(asked["ConsistentRead"] == true)
        }
    }

    @Test("a calendar object is read once for all chunks of a campaign that want it")
    func calendarCache() async throws {
        let fake = FakeServices(
            .response(status: 200, body: Array("one".utf8)), .response(status: 200, body: Array("two".utf8)))
        let cache = CalendarCache(Bucket(s3: try fake.clients().s3, name: "data"))
        var event = try Samples.event()
        for _ in 0..<3 { #expect(try await cache.read(event) == Array("one".utf8)) }
        event.calendar = "changed"
        #expect(try await cache.read(event) == Array("two".utf8))
        #expect(fake.requests.count == 2)
    }

    @Test("the job that exports a segment is noted once")
    func export() async throws {
        let (first, second) = (SegmentExportJob(id: "j1", folder: "f1"), SegmentExportJob(id: "j2", folder: "f2"))
        let fake = FakeServices(
            .empty, .conditionFailed(["exportJob": "j1", "exportFolder": "f1"]), .conditionFailed())
        let table = try table(fake)
        #expect(try await table.recordExport("c1", first) == first)
        #expect(try await table.recordExport("c1", second) == first)
        await #expect(throws: AWSError.self, "there is no such campaign") { try await table.recordExport("c1", second) }
        #expect(
            try fake.bodies()[0]["ConditionExpression"] == "attribute_exists(pk) AND attribute_not_exists(exportJob)")
    }

    @Test("an import moves its campaign on from the checkpoint it began at, and from no other")
    func advance() async throws {
        var campaign = try Samples.campaign()
        campaign.status = .sending
        campaign.chunks = 7
        campaign.checkpoint = "b-2"
        let fake = FakeServices(
            .empty, .empty, .conditionFailed(["checkpoint": "c-1"]), .conditionFailed(["checkpoint": "b-2"]))
        let table = try table(fake)
        #expect(try await table.advance(campaign, from: nil))
        #expect(try await table.advance(campaign, from: "a-1"))
        #expect(try await !table.advance(campaign, from: "a-1"))
        #expect(try await table.advance(campaign, from: "a-1"), "the write whose answer was lost")
        let updates = try fake.bodies()
        #expect(
            updates[0]["ConditionExpression"] == "#status = :expected AND attribute_not_exists(checkpoint)")
        #expect(updates[1]["ConditionExpression"] == "#status = :expected AND checkpoint = :before")
        #expect(updates[0]["ExpressionAttributeValues"]?[":expected"] == ["S": "importing"])
        campaign.status = .cancelled
        let cancelled = FakeServices(.empty)
        #expect(try await self.table(cancelled).advance(campaign, from: nil))
        #expect(
            try cancelled.bodies()[0]["ExpressionAttributeValues"]?[":expected"] == ["S": "cancelled"],
            "what is left of a cancelled import is recorded, and brings the campaign back by no means")
        #expect(updates[1]["ExpressionAttributeValues"]?[":before"] == ["S": "a-1"])
        #expect(updates[1]["ExpressionAttributeValues"]?[":checkpoint"] == ["S": "b-2"])
        #expect(updates[1]["ExpressionAttributeValues"]?[":chunks"] == ["N": "7"])
    }

    @Test("persons are read at once, those who are not there left out")
    func persons() async throws {
        let bob = try Samples.address("Bob@example.com")
        let fake = FakeServices(
            .json([
                "Responses": [
                    "main": [
                        [
                            "pk": ["S": "person#bob@example.com"], "sk": ["S": "person"],
                            "unsubscribed": ["BOOL": true],
                            "blocked": ["SS": ["ann@acme.example"]],
                        ]
                    ]
                ]
            ]))
        let persons = try await table(fake).readPersons([bob, try Samples.address("eve@example.com")])
        #expect(
            persons == [
                bob: Person(isUnsubscribed: true, isSuppressed: false, blockedOrganizers: ["ann@acme.example"])
            ])
        #expect(try fake.bodies()[0]["RequestItems"]?["main"]?["Keys"]?.array?.count == 2)
        let blocking = Person(isUnsubscribed: false, isSuppressed: false, blockedOrganizers: ["ann@acme.example"])
        #expect(blocking.refuses(try Samples.address("Ann@acme.example")))
        #expect(!blocking.refuses(bob))
    }

    @Test("notices are marked for two weeks, and refusals counted by the hour")
    func notices() async throws {
        let fake = FakeServices(
            .empty, .json(["Item": ["pk": ["S": "notice#n"]]]), .empty, .empty, .conditionFailed())
        let table = try table(fake)
        #expect(try await !table.wasNoticeSent("n"))
        #expect(try await table.wasNoticeSent("n"))
        try await table.markNoticeSent("n", now: 100)
        #expect(try fake.bodies()[2]["Item"]?["ttl"] == ["N": "1209700"])
        let ann = try Samples.address("ann@acme.example")
        #expect(try await table.admitRefusal(ann, hour: 5, limit: 3))
        #expect(try await !table.admitRefusal(ann, hour: 5, limit: 3))
        let update = try fake.bodies()[3]
        #expect(update["Key"] == ["pk": ["S": "refusals#ann@acme.example"], "sk": ["S": "hour#5"]])
        #expect(update["ConditionExpression"] == "attribute_not_exists(mails) OR mails < :limit")
        #expect(update["ExpressionAttributeValues"]?[":ttl"] == ["N": "25200"])
    }
}
