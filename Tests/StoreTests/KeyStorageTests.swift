import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("A stored key")
struct KeyStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    private func scopes() throws -> [(APIKey.Scope, partition: String)] {
        [(.owner, "owner"), (.organizer(try Samples.address("Ann@acme.example")), "organizer#ann@acme.example")]
    }

    @Test("is found by its hash and stands in its holder's list, written together")
    func written() async throws {
        for (scope, partition) in try scopes() {
            let key = APIKey(scope: scope, name: "crawler", created: 9, lastUsed: 10)
            let fake = FakeServices(.empty)
            try await table(fake).writeKey(StoredKey(hash: "abc", key: key))
            let actions = try #require(try fake.bodies()[0]["TransactItems"]?.array)
            #expect(actions.count == 2)
            let item = try #require(actions[0]["Put"]?["Item"])
            #expect(item["pk"] == ["S": "key#abc"] && item["sk"] == ["S": "key"])
            #expect(actions[1]["Put"]?["Item"] == ["pk": ["S": .string(partition)], "sk": ["S": "key#abc"]])
            #expect(try await table(FakeServices(.json(["Item": item]))).readKey("abc") == key)
        }
        #expect(try await table(FakeServices(.empty)).readKey("abc") == nil)
    }

    @Test("whose organizer cannot be read does not become an owner's")
    func damaged() async throws {
        let item: JSON = ["Item": ["pk": ["S": "key#abc"], "organizer": ["S": "?"], "created": ["N": "1"]]]
        await #expect(throws: ItemError(item: "key", attribute: "organizer")) {
            try await table(FakeServices(.json(item))).readKey("abc")
        }
    }

    @Test("is listed with its use; one revoked meanwhile is left out")
    func list() async throws {
        let fake = FakeServices(
            .json(["Items": [["sk": ["S": "key#a"]], ["sk": ["S": "key#b"]]], "Count": 2]),
            .json([
                "Responses": [
                    "main": [["pk": ["S": "key#b"], "created": ["N": "1"], "lastUsed": ["N": "5"], "name": ["S": "n"]]]
                ]
            ]))
        let keys = try await table(fake).listKeys(of: .owner)
        #expect(
            keys == [StoredKey(hash: "b", key: APIKey(scope: .owner, name: "n", created: 1, lastUsed: 5))])
        #expect(try fake.bodies()[0]["ExpressionAttributeValues"]?[":pk"] == ["S": "owner"])
        #expect(try await table(FakeServices(.json(["Items": [], "Count": 0]))).listKeys(of: .owner).isEmpty)
    }

    @Test("is revoked in both places at once")
    func revoked() async throws {
        let fake = FakeServices(.empty)
        try await table(fake).deleteKey(StoredKey(hash: "abc", key: APIKey(scope: .owner, created: 1)))
        let actions = try fake.bodies()[0]["TransactItems"]?.array ?? []
        #expect(actions.map { $0["Delete"]?["Key"]?["pk"] } == [["S": "key#abc"], ["S": "owner"]])
    }

    @Test("has its use noted, unless it was revoked or the note is there")
    func use() async throws {
        let fake = FakeServices(.conditionFailed())
        try await table(fake).recordKeyUse("abc", now: 77)
        let body = try fake.bodies()[0]
        #expect(body["Key"]?["pk"] == ["S": "key#abc"])
        #expect(body["UpdateExpression"] == "SET lastUsed = :now")
        #expect(
            body["ConditionExpression"]
                == "attribute_exists(pk) AND (attribute_not_exists(lastUsed) OR lastUsed < :now)")
        await #expect(throws: AWSError.self) {
            try await table(FakeServices(.error("AccessDeniedException"))).recordKeyUse("abc", now: 77)
        }
    }
}
