import Handlers
import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("The organizer API")
struct OrganizerAPITests {
    private let store: APIStore
    private let base = "/organizer/ann@acme.example"

    init() throws { store = try APIStore() }

    private func call(
        _ method: String, _ path: String, key: String? = "ann", query: [String: String] = [:], body: String = ""
    ) async throws -> APICall.Reply {
        let api = try OrganizerAPI(access: OrganizerAccess(ports: store.organizerPorts))
        return try await APICall(method: method, path: path, key: key, query: query, body: body)
            .reply(from: api.handle)
    }

    @Test("shows an organizer what was settled about them")
    func profile() async throws {
        let ann = try EmailAddress(parsing: APIStore.ann)
        let page = "https://api.example.com/calendar/\(OrganizerLink.text(ann, secret: try Samples.secret()))"
        let standard = try await call("GET", base)
        #expect(
            standard.json == [
                "organizer": "ann@acme.example", "suspended": false, "bulk": false,
                "limits": ["invites_per_event": .null, "events": .null], "last_modified": .null,
                "calendar_url": .string(page),
            ])
        store.edit {
            $0.organizers[ann] = Organizer(address: ann, mayBulk: true, inviteLimit: 5, eventLimit: 6, lastModified: 7)
        }
        #expect(
            try await call("GET", base).json == [
                "organizer": "ann@acme.example", "suspended": false, "bulk": true,
                "limits": ["invites_per_event": 5, "events": 6], "last_modified": 7,
                "calendar_url": .string(page),
            ])
    }

    @Test("lists an organizer's events, the latest change first, page by page")
    func events() async throws {
        for number in 0..<5 { try store.add(number) }
        try store.add(9, organizer: "bob@contoso.example")
        var seen: [String] = []
        var query = ["limit": "2"]
        for _ in 0..<3 {
            let page = try await call("GET", base + "/events", query: query)
            #expect(page.status == 200)
            seen += page.json?["events"]?.array?.compactMap { $0["summary_html"]?.string } ?? []
            query["cursor"] = page.json?["next"]?.string
        }
        #expect(seen == ["Event 4", "Event 3", "Event 2", "Event 1", "Event 0"])
        #expect(query["cursor"] == nil)
        let owner = try await call("GET", "/organizer/BOB@Contoso.example/events", key: "owner")
        #expect(owner.json?["events"]?.array?.count == 1)
        #expect(owner.json?["events"]?[0]?["organizer"] == "bob@contoso.example")
        #expect(owner.json?["next"] == .null)
    }

    @Test("filters events by status and by when they start")
    func filters() async throws {
        try store.add(0, start: 100)
        try store.add(1, status: .cancelled, start: 200)
        try store.add(2, status: .tentative, start: 300)
        func starts(_ query: [String: String]) async throws -> [JSON] {
            try await call("GET", base + "/events", query: query).json?["events"]?.array?
                .compactMap { $0["dtstart"] } ?? []
        }
        #expect(try await starts(["status": "cancelled"]) == [200])
        #expect(try await starts(["from": "200"]) == [300, 200])
        #expect(try await starts(["to": "200"]) == [100], "to is the first moment no longer in it")
        #expect(try await starts(["from": "101", "to": "301", "status": "tentative"]) == [300])
        #expect(try await starts(["from": "-5", "to": "0"]).isEmpty)
    }

    @Test("sums an organizer's statistics")
    func statistics() async throws {
        let ann = try EmailAddress(parsing: APIStore.ann)
        store.edit {
            $0.counters[.organizer(ann)] = [
                .attendees: 7, .events: 3, .cancelledEvents: 1, .rsvp(.accepted): 2, .origin(.vip): 7,
                .client("Google"): 2, .delivery(.sent): 7,
            ]
        }
        let answer = try await call("GET", base + "/statistics")
        #expect(
            answer.json == [
                "attendees": 7, "rsvp": ["accepted": 2, "declined": 0, "noaction": 0, "tentative": 0],
                "origin": ["vip": 7], "prodid": ["Google": 2],
                "delivery": ["sent": 7, "delivered": 0, "bounced": 0, "complained": 0, "failed": 0],
                "opened": 0, "receipts": 0, "events": 3, "events_cancelled": 1,
            ])
    }

    @Test("makes a key that is shown once, works at once, is listed, and works no more when revoked")
    func keys() async throws {
        let made = try await call("POST", base + "/keys", body: "{\"name\":\"crawler\"}")
        #expect(made.status == 201)
        #expect(made.headers["cache-control"] == "no-store")
        let key = try #require(made.json?["key"]?.string)
        let id = try #require(made.json?["id"]?.string)
        #expect(key.hasPrefix("cis_"))
        #expect(made.json?["scope"] == "organizer")
        #expect(made.json?["organizer"] == "ann@acme.example")
        #expect(made.json?["name"] == "crawler")
        #expect(made.json?["last_used"] == .null)

        let list = try await call("GET", base + "/keys", key: key)
        #expect(list.status == 200)
        #expect(!list.text.contains(key) && !list.text.contains(APIKey.hash(of: key)))
        #expect(list.json?["keys"]?.array?.count == 2)
        #expect(list.json?["keys"]?[0]?["id"]?.string == id, "the newest first")
        #expect(list.json?["keys"]?[0]?["last_used"]?.int == 1_795_348_800)
        #expect(list.json?["keys"]?[1]?["name"] == .null)

        let unnamed = try await call("POST", base + "/keys", key: "owner")
        #expect(unnamed.status == 201)
        #expect(unnamed.json?["scope"] == "organizer", "the owner makes it for the organizer")

        let revoked = try await call("DELETE", "\(base)/keys/\(id)")
        #expect(revoked.status == 204 && revoked.text.isEmpty)
        #expect(try await call("GET", base + "/keys", key: key).errorCode == "unknown_key")
        #expect(try await call("DELETE", "\(base)/keys/\(id)").errorCode == "not_found")
    }

    @Test("makes 50 keys for an organizer and no more")
    func keyLimit() async throws {
        for _ in 0..<49 { #expect(try await call("POST", base + "/keys").status == 201) }
        let refused = try await call("POST", base + "/keys")
        #expect(refused.status == 409 && refused.errorCode == "too_many_keys")
    }

    @Test("does not revoke another's key")
    func foreignKey() async throws {
        let id = StoredKey(hash: APIKey.hash(of: "bob"), key: APIKey(scope: .owner, created: 0)).id
        #expect(try await call("DELETE", "\(base)/keys/\(id)", key: "owner").errorCode == "not_found")
        #expect(try await call("GET", "/organizer/bob@contoso.example/keys", key: "bob").status == 200)
    }

    @Test("notes a key's use once an hour at most")
    func lastUsed() async throws {
        for minutes: Int64 in [0, 1, 30, 59] {
            store.edit { $0.now = 1_795_348_800 + 60 * minutes }
            _ = try await call("GET", base + "/statistics")
        }
        #expect(store.state.withLock(\.keyUses) == 1)
        store.edit { $0.now = 1_795_348_800 + 3600 }
        _ = try await call("GET", base + "/statistics")
        #expect(store.state.withLock(\.keyUses) == 2)
    }

    private static let refusals: [Refusal] = {
        let base = "/organizer/ann@acme.example"
        let long = String(repeating: "x", count: 101)
        return [
            .init(call: "GET \(base)/events", key: nil, status: 401, code: "missing_key", message: "x-api-key"),
            .init(call: "GET \(base)/events", key: "", status: 401, code: "missing_key", message: "x-api-key"),
            .init(call: "GET \(base)/events", key: "wrong", status: 403, code: "unknown_key", message: "not known"),
            .init(call: "GET \(base)/events", key: "bob", status: 404, code: "not_found", message: "organizer"),
            .init(call: "GET \(base)/statistics", key: "bob", status: 404, code: "not_found", message: "organizer"),
            .init(call: "GET \(base)/keys", key: "bob", status: 404, code: "not_found", message: "organizer"),
            .init(call: "POST \(base)/keys", key: "bob", status: 404, code: "not_found", message: "organizer"),
            .init(call: "DELETE \(base)/keys/a", key: "bob", status: 404, code: "not_found", message: "organizer"),
            .init(call: "DELETE \(base)/keys/a", key: "ann", status: 404, code: "not_found", message: "no such key"),
            .init(
                call: "GET /organizer/nobody/events", key: "ann", status: 400, code: "bad_request",
                message: "must be an e-mail address"),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["limit": "0"], status: 400, code: "bad_request",
                message: "from 1 to 1000"),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["limit": "1001"], status: 400, code: "bad_request",
                message: "from 1 to 1000"),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["limit": "many"], status: 400, code: "bad_request",
                message: "\"limit\""),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["cursor": "!"], status: 400, code: "bad_request",
                message: "\"next\" of an earlier page"),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["cursor": "mfra"], status: 400, code: "bad_request",
                message: "\"cursor\""),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["status": "open"], status: 400, code: "bad_request",
                message: "confirmed, tentative or cancelled"),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["from": "2026-11-22"], status: 400,
                code: "bad_request", message: "\"from\""),
            .init(
                call: "GET \(base)/events", key: "ann", query: ["to": "1.5"], status: 400, code: "bad_request",
                message: "whole seconds"),
            .init(
                call: "POST \(base)/keys", key: "ann", body: "{", status: 400, code: "bad_request",
                message: "JSON object"),
            .init(
                call: "POST \(base)/keys", key: "ann", body: "[]", status: 400, code: "bad_request",
                message: "JSON object"),
            .init(
                call: "POST \(base)/keys", key: "ann", body: "{\"name\":5}", status: 400, code: "bad_request",
                message: "\"name\""),
            .init(
                call: "POST \(base)/keys", key: "ann", body: "{\"name\":\"\"}", status: 400, code: "bad_request",
                message: "1 to 100 bytes"),
            .init(
                call: "POST \(base)/keys", key: "ann", body: "{\"name\":\"\(long)\"}", status: 400,
                code: "bad_request", message: "1 to 100 bytes"),
            .init(call: "GET \(base)", key: "bob", status: 404, code: "not_found", message: "organizer"),
            .init(call: "POST \(base)", key: "ann", status: 405, code: "method_not_allowed", message: "GET"),
            .init(call: "PUT \(base)/keys", key: "ann", status: 405, code: "method_not_allowed", message: "GET, POST"),
            .init(
                call: "DELETE \(base)/keys", key: "ann", status: 405, code: "method_not_allowed", message: "GET, POST"),
            .init(call: "GET \(base)/events/x", key: "ann", status: 404, code: "no_route", message: "nothing"),
        ]
    }()

    @Test("says what is wrong with a request", arguments: refusals)
    func refuses(_ refusal: Refusal) async throws {
        let answer = try await refusal.request.reply(
            from: try OrganizerAPI(access: OrganizerAccess(ports: store.organizerPorts)).handle)
        #expect(answer.status == refusal.status)
        #expect(answer.errorCode == refusal.code)
        #expect(answer.json?["error"]?["message"]?.string?.contains(refusal.message) == true, "\(answer.text)")
    }

    @Test("answers 500 without details when something fails inside")
    func failure() async throws {
        store.edit { $0.fails = true }
        let answer = try await call("GET", base + "/events")
        #expect(answer.status == 500 && answer.errorCode == "internal")
        #expect(!answer.text.contains("Failure"))
    }
}
