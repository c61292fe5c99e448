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

    private func written(_ fake: FakeServices) throws -> JSON { try #require(try fake.bodies().first?["Item"]) }

    @Test("an event is read back as it was written")
    func event() async throws {
        let fake = FakeServices(.empty)
        let event = try Samples.event()
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
        let second = FakeServices(.empty)
        _ = try await table(second).writeEvent(bare, replacing: nil)
        #expect(try await table(FakeServices(.json(["Item": try written(second)]))).readEvent(event.uid) == bare)
        #expect(try await table(FakeServices(.empty)).readEvent(event.uid) == nil)
    }

    @Test("an event without an attribute it needs is an error that names it")
    func missingAttribute() async throws {
        let fake = FakeServices(.empty)
        let event = try Samples.event()
        _ = try await table(fake).writeEvent(event, replacing: nil)
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
        _ = try await table(first).writeEvent(event, replacing: nil)
        #expect(try first.bodies()[0]["ConditionExpression"] == "attribute_not_exists(pk)")
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

    @Test("a campaign is read back as it was written")
    func campaign() async throws {
        var campaign = try Samples.campaign()
        campaign.summary.rows = 3
        campaign.summary.accepted = 2
        campaign.summary.drop(.duplicate)
        campaign.summary.add(.init(part: "p", line: 1, message: "m"))
        campaign.chunks = 4
        campaign.failure = "why"
        let fake = FakeServices(.empty)
        try await table(fake).writeCampaign(campaign)
        let item = try written(fake)
        #expect(item["pk"] == ["S": "campaign#c1"])
        #expect(item["sk"] == ["S": "campaign"])
        #expect(try await table(FakeServices(.json(["Item": item]))).readCampaign("c1") == campaign)
        #expect(try await table(FakeServices(.empty)).readCampaign("c1") == nil)
    }

    @Test("a key is found by its hash, with its scope")
    func keys() async throws {
        let scopes: [APIKey.Scope] = [.owner, .organizer(try Samples.address("ann@acme.example"))]
        for scope in scopes {
            let key = APIKey(scope: scope, created: 9)
            let fake = FakeServices(.empty)
            try await table(fake).writeKey(key, hash: "abc")
            let item = try written(fake)
            #expect(item["pk"] == ["S": "key#abc"])
            let read = try #require(try await table(FakeServices(.json(["Item": item]))).readKey("abc"))
            #expect(read.scope == scope)
            #expect(read.created == 9)
        }
        #expect(try await table(FakeServices(.empty)).readKey("abc") == nil)
        // A key whose organizer cannot be read must not become an owner's.
        let damaged: JSON = ["Item": ["pk": ["S": "key#abc"], "organizer": ["S": "?"], "created": ["N": "1"]]]
        await #expect(throws: ItemError(item: "key", attribute: "organizer")) {
            try await table(FakeServices(.json(damaged))).readKey("abc")
        }
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
