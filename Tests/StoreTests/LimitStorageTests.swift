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
        #expect(try await table(known).reserveInvite(uid, bob, limit: 0, now: 1000))
        let new = FakeServices(.empty, .empty)
        #expect(try await table(new).reserveInvite(uid, bob, limit: 5, now: 1000))
        let actions = try #require(try new.bodies()[1]["TransactItems"])
        #expect(actions[0]?["Put"]?["Item"]?["ttl"] == ["N": "2593000"])
        #expect(actions[0]?["Put"]?["ConditionExpression"] == "attribute_not_exists(pk)")
        #expect(actions[1]?["Update"]?["Key"]?["sk"] == ["S": "invites"])
        #expect(actions[1]?["Update"]?["UpdateExpression"] == "ADD reserved :granted")
        #expect(actions[1]?["Update"]?["ExpressionAttributeValues"]?[":room"] == ["N": "4"])
    }

    /// The answer to a transaction of which one action's condition failed.
    private func cancelled(_ place: Int, _ item: JSON) -> FakeServices.Answer {
        let none: JSON = ["Code": "None"]
        let failed: JSON = ["Code": "ConditionalCheckFailed", "Item": item]
        return .json(
            [
                "__type": "TransactionCanceledException", "message": "x",
                "CancellationReasons": place == 0 ? [failed, none] : [none, failed],
            ], status: 400)
    }

    @Test("gives what room there is, and remembers it")
    func partly() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let fake = FakeServices(cancelled(1, ["reserved": ["N": "90"]]), .empty)
        let reservation = Reservation(event: uid, id: "c1#0", wanted: 30, limit: 100)
        #expect(try await table(fake).reserve(reservation, now: 0) == .init(granted: 10, refused: 20))
        let put = try #require(try fake.bodies()[1]["TransactItems"]?[0]?["Put"]?["Item"])
        #expect(put["granted"] == ["N": "10"])
        #expect(put["refused"] == ["N": "20"])
    }

    @Test("remembers that there was none, and counts nothing")
    func none() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let fake = FakeServices(cancelled(1, ["reserved": ["N": "100"]]), .empty)
        let reservation = Reservation(event: uid, id: "c1#0", wanted: 30, limit: 100)
        #expect(try await table(fake).reserve(reservation, now: 0) == .init(granted: 0, refused: 30))
        #expect(try fake.bodies()[1]["TransactItems"]?.array?.count == 1)
    }

    @Test("answers a reservation made before with what it was given then")
    func repeated() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let fake = FakeServices(cancelled(0, ["granted": ["N": "10"], "refused": ["N": "20"]]))
        let reservation = Reservation(event: uid, id: "c1#0", wanted: 25, limit: 100)
        #expect(try await table(fake).reserve(reservation, now: 0) == .init(granted: 10, refused: 20))
    }

    @Test("knows who has a record")
    func invited() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let (bob, cyd) = (try Samples.address("Bob@example.com"), try Samples.address("cyd@example.com"))
        let fake = FakeServices(.json(["Responses": ["main": [["sk": ["S": "attendee#bob@example.com"]]]]]))
        #expect(try await table(fake).readInvited(uid, [bob, cyd]) == [bob])
    }
}
