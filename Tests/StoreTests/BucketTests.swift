import AWSClients
import Audience
import HTTPTransport
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Objects of the data bucket")
struct BucketTests {
    private func bucket(_ fake: FakeServices) throws -> Bucket { Bucket(s3: try fake.clients().s3, name: "data") }

    @Test("are a mail under SES's prefix, or nothing")
    func mail() async throws {
        let fake = FakeServices(
            .response(status: 200, body: Array("mail".utf8)), .response(status: 404, body: []),
            .response(status: 403, body: []))
        let bucket = try bucket(fake)
        #expect(try await bucket.readMail("abc", prefix: "inbound/create/") == Array("mail".utf8))
        #expect(try await bucket.readMail("abc", prefix: "inbound/create/") == nil)
        await #expect(throws: AWSError.self) { try await bucket.readMail("abc", prefix: "inbound/create/") }
        #expect(fake.requests[0].url.hasSuffix("/inbound/create/abc"))
    }

    @Test("are the owner's disposable domains, or nothing, which S3 may call forbidden")
    func disposableDomains() async throws {
        let fake = FakeServices(
            .response(status: 200, body: Array("a.example".utf8)), .response(status: 404, body: []),
            .response(status: 403, body: []))
        let bucket = try bucket(fake)
        #expect(try await bucket.readDisposableDomains() == Array("a.example".utf8))
        #expect(try await bucket.readDisposableDomains() == nil)
        #expect(try await bucket.readDisposableDomains() == nil)
        #expect(fake.requests[0].url.hasSuffix("/settings/disposable-domains.txt"))
    }

    @Test("of a list are read as they were listed, or not at all")
    func listParts() async throws {
        let fake = FakeServices(
            .response(status: 200, body: Array("rows".utf8)), .response(status: 412, body: []),
            .response(status: 404, body: []))
        let part = SegmentImport.Part(key: "lists/a/1.csv", size: 9, etag: "\"e\"")
        let reader = try bucket(fake).openPart("data", part, offset: 5)
        #expect(try await reader.nextPiece() == [])
        for _ in 0..<2 {
            let again = try bucket(fake).openPart("data", part, offset: 0)
            await #expect(throws: SegmentImport.PartChanged(key: "lists/a/1.csv")) { try await again.nextPiece() }
        }
        #expect(fake.requests[0].headers.contains { $0.name == "If-Match" && $0.value == "\"e\"" })
        #expect(fake.requests[0].headers.contains { $0.name == "Range" && $0.value.hasPrefix("bytes=5-") })
    }

    @Test("are an event's calendar under its digest")
    func calendar() async throws {
        let fake = FakeServices(.response(status: 200, body: []), .response(status: 200, body: Array("BEGIN".utf8)))
        let bucket = try bucket(fake)
        let event = try Samples.event()
        try await bucket.writeCalendar(event.uid, name: event.calendar, Array("BEGIN".utf8))
        #expect(try await bucket.readCalendar(event) == Array("BEGIN".utf8))
        #expect(fake.requests.map(\.method) == ["PUT", "GET"])
        #expect(fake.requests.allSatisfy { $0.url.hasSuffix("/events/\(Samples.uid)/cafe.ics") })
    }

    @Test("are a campaign's chunks")
    func chunk() async throws {
        let recipients = [Recipient(address: try Samples.address("bob@example.com"), name: "Bob")]
        let fake = FakeServices(
            .response(status: 200, body: []), .response(status: 412, body: []),
            .response(status: 200, body: RecipientChunk.encode(recipients)))
        let bucket = try bucket(fake)
        #expect(try await bucket.storeChunk("c1", 3, recipients) == recipients)
        #expect(try await bucket.storeChunk("c1", 3, []) == recipients, "what an earlier attempt stored stays")
        #expect(fake.requests.map(\.method) == ["PUT", "PUT", "GET"])
        #expect(fake.requests[1].headers.contains { $0.name == "If-None-Match" && $0.value == "*" })
        #expect(fake.requests.allSatisfy { $0.url.hasSuffix("/campaigns/c1/chunks/3.json") })
        #expect(fake.requests[0].body == RecipientChunk.encode(recipients))
    }
}
