import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("A list of events")
struct EventListTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    /// An event as it is stored, with a number in its UID and as the time of its last change.
    private func stored(_ number: Int) async throws -> (event: Event, item: JSON) {
        var event = try Samples.event()
        let digit = String(number, radix: 16)
        event.uid = try #require(EventUID(String(repeating: "0", count: 40 - digit.count) + digit))
        event.lastModified = Int64(number)
        let fake = FakeServices(.empty)
        _ = try await table(fake).writeEvent(event, replacing: 1)
        return (event, try #require(try fake.bodies()[0]["Item"]))
    }

    private func page(_ numbers: [Int], next: Int? = nil) async throws -> FakeServices.Answer {
        var items: [JSON] = []
        for number in numbers { items.append(try await stored(number).item) }
        var object: JSONObject = ["Items": .array(items), "Count": .int(items.count)]
        if let next { object["LastEvaluatedKey"] = try await key(next) }
        return .json(.object(object))
    }

    private func key(_ number: Int) async throws -> JSON {
        let item = try await stored(number).item
        var key = JSONObject()
        for name in ["pk", "sk", "organizerKey", "lastModified"] { key[name] = item[name] }
        return .object(key)
    }

    private var ann: EventIndex { get throws { .organizer(try Samples.address("ANN@acme.example")) } }

    @Test("is a query of the index, backwards, for exactly the page")
    func query() async throws {
        let fake = FakeServices(try await page([9, 8], next: 8))
        let list = try await table(fake).listEvents(ann, matching: EventFilter(), after: nil, limit: 2)
        #expect(list.events.map(\.lastModified) == [9, 8])
        let body = try fake.bodies()[0]
        #expect(body["IndexName"] == "byOrganizer")
        #expect(body["KeyConditionExpression"] == "organizerKey = :partition")
        #expect(body["ExpressionAttributeValues"]?[":partition"] == ["S": "organizer#ann@acme.example"])
        #expect(body["ScanIndexForward"] == false)
        #expect(body["Limit"] == 2)
        #expect(body["FilterExpression"] == nil)

        let next = try #require(list.next)
        let cursor = try #require(EventCursor(next.text))
        let more = FakeServices(try await page([7]))
        let last = try await table(more).listEvents(ann, matching: EventFilter(), after: cursor, limit: 2)
        #expect(try more.bodies()[0]["ExclusiveStartKey"] == (try await key(8)))
        #expect(last.next == nil)
        #expect(last.events.count == 1)
    }

    @Test("of a domain comes from the other index")
    func domain() async throws {
        let fake = FakeServices(try await page([]))
        _ = try await table(fake).listEvents(.domain("d.example"), matching: EventFilter(), after: nil, limit: 2)
        let body = try fake.bodies()[0]
        #expect(body["IndexName"] == "byDomain")
        #expect(body["ExpressionAttributeValues"]?[":partition"] == ["S": "domain#d.example"])
    }

    @Test("goes on reading while a filter leaves too few, and ends the page where it is full")
    func filtered() async throws {
        let fake = FakeServices(
            try await page([], next: 90), try await page([80], next: 70), try await page([60, 50, 40]))
        let filter = EventFilter(status: .confirmed, startsFrom: 1, startsBefore: 2, createdFrom: 3)
        let list = try await table(fake).listEvents(ann, matching: filter, after: nil, limit: 3)
        #expect(list.events.map(\.lastModified) == [80, 60, 50])
        #expect(list.next?.lastModified == 50, "40 is left")
        let body = try fake.bodies()[2]
        #expect(
            body["FilterExpression"]
                == "#status = :status AND #start >= :from AND #start < :before AND #created >= :created")
        #expect(body["ExpressionAttributeNames"] == ["#status": "status", "#start": "start", "#created": "created"])
        #expect(body["Limit"] == 250)
        #expect(body["ExclusiveStartKey"] == (try await key(70)))
    }

    @Test("that a filter empties is a short page with a next, before time runs out")
    func bounded() async throws {
        let empty = try await page([], next: 3)
        let fake = FakeServices(empty, empty, empty, empty, empty, empty, empty, empty, empty, empty)
        let list = try await table(fake).listEvents(
            ann, matching: EventFilter(status: .cancelled), after: nil, limit: 3)
        #expect(list.events.isEmpty)
        #expect(list.next?.lastModified == 3)
        #expect(fake.requests.count == 10)
    }

    @Test("takes no cursor but its own", arguments: ["", "!", "mfra", "mzxw6", "gaqdambqga"])
    func cursors(text: String) { #expect(EventCursor(text) == nil) }
}
