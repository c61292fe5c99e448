import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("What is stored of a person, and of requests for invitations")
struct PersonStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    @Test("unsubscribing and blocking leave the rest as it is")
    func choices() async throws {
        let bob = try Samples.address("Bob@example.com")
        let fake = FakeServices(.empty, .empty)
        try await table(fake).unsubscribe(bob, now: 7)
        try await table(fake).block(try Samples.address("Ann@acme.example"), for: bob)
        let bodies = try fake.bodies()
        #expect(bodies[0]["Key"] == ["pk": ["S": "person#bob@example.com"], "sk": ["S": "person"]])
        #expect(
            bodies[0]["UpdateExpression"]
                == "SET unsubscribed = :true, unsubscribedAt = if_not_exists(unsubscribedAt, :now)")
        #expect(bodies[1]["Key"] == bodies[0]["Key"])
        #expect(bodies[1]["UpdateExpression"] == "ADD blocked :organizer")
        #expect(bodies[1]["ExpressionAttributeValues"]?[":organizer"] == ["SS": ["ann@acme.example"]])
        let item: JSON = [
            "pk": ["S": "person#bob@example.com"], "unsubscribed": ["BOOL": true],
            "blocked": ["SS": ["ann@acme.example"]],
        ]
        let read = try await table(FakeServices(.json(["Responses": ["main": [item]]]))).readPersons([bob])
        #expect(
            read[bob] == Person(isUnsubscribed: true, isSuppressed: false, blockedOrganizers: ["ann@acme.example"]))
    }

    @Test("what they did is taken back, and nothing else")
    func takingBack() async throws {
        let bob = try Samples.address("Bob@example.com")
        let fake = FakeServices(.empty, .empty)
        try await table(fake).resubscribe(bob)
        try await table(fake).unblock(try Samples.address("Ann@acme.example"), for: bob)
        let bodies = try fake.bodies()
        #expect(bodies[0]["UpdateExpression"] == "REMOVE unsubscribed, unsubscribedAt")
        #expect(bodies[1]["Key"] == bodies[0]["Key"])
        #expect(bodies[1]["UpdateExpression"] == "DELETE blocked :organizer")
        #expect(bodies[1]["ExpressionAttributeValues"]?[":organizer"] == ["SS": ["ann@acme.example"]])
    }

    @Test("requests are counted in an hour up to the limit, and forgotten after it")
    func admit() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let scopes: [(RateScope, String)] = [
            (.address(try Samples.address("Bob@example.com")), "rate#address#bob@example.com"),
            (.event(uid), "rate#event#\(Samples.uid)"), (.network(of: "192.0.2.1"), "rate#source#192.0.2.1"),
        ]
        for (scope, partition) in scopes {
            let fake = FakeServices(.empty, .conditionFailed())
            #expect(try await table(fake).admit(scope, hour: 10, limit: 3))
            #expect(try await table(fake).admit(scope, hour: 10, limit: 3) == false)
            let body = try fake.bodies()[0]
            #expect(body["Key"] == ["pk": ["S": .string(partition)], "sk": ["S": "hour#10"]])
            #expect(body["ConditionExpression"] == "attribute_not_exists(requests) OR requests < :limit")
            #expect(body["ExpressionAttributeValues"]?[":ttl"] == ["N": "43200"])
        }
    }
}
