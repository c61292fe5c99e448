import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Counting who is invited")
struct LimitStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    @Test("counts a single invitation, but nobody who has a record")
    func single() async throws {
        let (uid, bob) = (try #require(EventUID(Samples.uid)), try Samples.address("bob@example.com"))
        let known = FakeServices(.json(["Item": ["pk": ["S": "x"]]]))
        #expect(try await table(known).reserveInvite(uid, bob, limit: 0))
        let new = FakeServices(.empty, .empty)
        #expect(try await table(new).reserveInvite(uid, bob, limit: 5))
        let body = try new.bodies()[1]
        #expect(body["Key"]?["sk"] == ["S": "invites"])
        #expect(body["UpdateExpression"] == "ADD reserved :one")
        #expect(try await !table(FakeServices(.empty, .conditionFailed())).reserveInvite(uid, bob, limit: 5))
    }
}
