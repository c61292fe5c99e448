import Foundation
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("Organizers on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct OrganizerAPITests {
    @Test("an organizer lists events, reads statistics and keeps keys", .timeLimit(.minutes(3)))
    func organizer() async throws {
        try await TestStack.with { test in
            let first = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let ann = try await test.key(.organizer(try #require(EmailAddress("ann@acme.example"))))
            let base = "/organizer/Ann%40acme.example"

            let events = try await test.call("GET", base + "/events", key: ann)
            #expect(events.status == 200, "\(events.body.text)")
            #expect(events.body["events"]?.array?.compactMap { $0["uid"]?.string } == [first])
            #expect(events.body["next"] == .null)
            #expect(try await test.call("GET", base + "/events?status=cancelled", key: ann).body["events"] == [])
            #expect(try await test.call("GET", base + "/events?from=4000000000", key: ann).body["events"] == [])
            #expect(try await test.call("GET", base + "/events?limit=0", key: ann).status == 400)

            // Statistics come through the table's stream.
            let statistics = try await test.eventually("the event in the statistics") {
                let answer = try await test.call("GET", base + "/statistics", key: ann).body
                return answer["events"] == 1 ? answer : nil
            }
            #expect(statistics["attendees"] == 0)
            #expect(statistics["rsvp"] == ["accepted": 0, "declined": 0, "noaction": 0, "tentative": 0])

            let made = try await test.call("POST", base + "/keys", key: ann, body: Array("{\"name\":\"agent\"}".utf8))
            #expect(made.status == 201, "\(made.body.text)")
            let key = try #require(made.body["key"]?.string)
            let id = try #require(made.body["id"]?.string)
            let list = try await test.call("GET", base + "/keys", key: key)
            #expect(list.status == 200, "\(list.body.text)")
            let keys = try #require(list.body["keys"]?.array)
            #expect(keys.count == 2)
            #expect(keys.allSatisfy { $0["last_used"]?.int != nil }, "both were used by now")
            #expect(try await test.call("GET", "/organizer/bob@contoso.example/keys", key: key).status == 404)
            let revoked = try await test.call("DELETE", "\(base)/keys/\(id)", key: ann)
            #expect(revoked.status == 204 && revoked.body == .null)
            let after = try await test.call("GET", base + "/keys", key: key)
            #expect(after.body["error"]?["code"] == "unknown_key")
            #expect(try await test.call("GET", base + "/keys", key: ann).body["keys"]?.array?.count == 1)
        }
    }

    @Test("the index is read page by page, filtered or not", .timeLimit(.minutes(3)))
    func pages() async throws {
        try await TestStack.with { test in
            let table = try test.environment.mainTable()
            let ann = try #require(EmailAddress("ann@acme.example"))
            for number in 0..<25 {
                let event = try Self.event(number, of: ann)
                #expect(try await table.createEvent(event, limit: 1000) == .created)
            }
            let key = try await test.key()
            for (path, query, expected) in [
                ("/organizer/ann@acme.example/events", "limit=10", 25),
                ("/organizer/ann@acme.example/events", "limit=4&status=cancelled", 5),
                ("/organizer/ann@acme.example/events", "limit=5&from=1800000010&to=1800000020", 10),
            ] {
                var seen: [Int] = []
                var cursor: String?
                repeat {
                    let page = try await test.call(
                        "GET", "\(path)?\(query)" + (cursor.map { "&cursor=\($0)" } ?? ""), key: key)
                    #expect(page.status == 200, "\(page.body.text)")
                    seen += page.body["events"]?.array?.compactMap { $0["last_modified"]?.int } ?? []
                    cursor = page.body["next"]?.string
                } while cursor != nil
                #expect(seen.count == expected, "\(path) \(query)")
                #expect(seen == seen.sorted(by: >) && Set(seen).count == seen.count)
            }
        }
    }

    private static func event(_ number: Int, of organizer: EmailAddress) throws -> Event {
        let start = 1_800_000_000 + Int64(number)
        return Event(
            uid: EventUID(organizer: organizer, clientUID: "\(number)", secret: Array("s".utf8)), organizer: organizer,
            organizerName: nil, originalOrganizer: organizer.normalized, domain: TestStack.domain,
            clientUID: "\(number)", productID: "p", revision: 1, calendar: "cafe", sequence: 0, answerSequence: 0,
            sourceSequence: 0,
            sourceStamp: nil, sourceMessage: "m\(number)",
            status: number % 5 == 0 ? .cancelled : .confirmed, created: start, lastModified: start,
            summary: "Event \(number)", description: "", location: "", start: start, end: start + 3600,
            isAllDay: false, timeZone: nil, recurrence: nil)
    }
}
