import Foundation
import Handlers
import InviteService
import JSON
import MailMessage
import SigV4
import Testing

@Suite("The domain owner's API")
struct SystemAPITests {
    private let store: APIStore

    init() throws { store = try APIStore() }

    private var api: SystemAPI {
        SystemAPI(
            access: SystemAccess(ports: store.systemPorts, domain: "calendar.example.com"),
            suppressions: SuppressionAccess(ports: .unimplemented), webhooks: .unimplemented)
    }

    private func call(
        _ method: String, _ path: String, key: String? = "owner", query: [String: String] = [:], body: String = ""
    ) async throws -> APICall.Reply {
        try await APICall(method: method, path: path, key: key, query: query, body: body).reply(from: api.handle)
    }

    @Test("lists the events of all organizers, all, recent, future and past, page by page")
    func events() async throws {
        let now: Int64 = 1_795_348_800
        try store.add(0, start: now - 3600, created: now - 8 * 86_400)
        try store.add(1, organizer: "bob@contoso.example", start: now, created: now - 6 * 86_400)
        try store.add(2, status: .cancelled, start: now + 9, created: now - 100)
        func numbers(_ query: [String: String]) async throws -> String {
            let answer = try await call("GET", "/system/events", query: query)
            #expect(answer.status == 200)
            return (answer.json?["events"]?.array ?? []).compactMap { $0["summary_html"]?.string?.last }
                .map(String.init).joined()
        }
        #expect(try await numbers([:]) == "210")
        #expect(try await numbers(["filter": "all"]) == "210")
        #expect(try await numbers(["filter": "recent"]) == "21")
        #expect(try await numbers(["filter": "future"]) == "21")
        #expect(try await numbers(["filter": "past"]) == "0")
        #expect(try await numbers(["filter": "future", "status": "confirmed"]) == "1")
        #expect(try await numbers(["filter": "future", "from": "0", "to": String(now + 9)]) == "1")
        let page = try await call("GET", "/system/events", query: ["limit": "2"])
        let next = try #require(page.json?["next"]?.string)
        #expect(try await numbers(["cursor": next]) == "0")
    }

    @Test("tells whoever holds a key whose it is, and when it was used")
    func holder() async throws {
        let owner = try await call("GET", "/key")
        #expect(owner.status == 200 && owner.json?["scope"] == "owner" && owner.json?["key"] == nil)
        let ann = try await call("GET", "/key", key: "ann")
        #expect(ann.json?["scope"] == "organizer" && ann.json?["organizer"] == "ann@acme.example")
        #expect(try await call("GET", "/key", key: "wrong").errorCode == "unknown_key")
        #expect(try await call("GET", "/key", key: nil).errorCode == "missing_key")
    }

    @Test("serves the dashboard to everybody, allowing browsers its own script and nothing else")
    func dashboard() async throws {
        for path in ["/dashboard", "/dashboard/\(APIStore.uid)"] {
            let page = try await call("GET", path, key: nil)
            #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
            let policy = try #require(page.headers["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            // Browsers take the digest of what is between the tags.
            for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
                let inside = try #require(page.text.firstRange(of: "<\(name)>"))
                let end = try #require(page.text[inside.upperBound...].firstRange(of: "</\(name)>"))
                let digest = SHA256.hash(Array(page.text[inside.upperBound..<end.lowerBound].utf8))
                let text = Data(digest).base64EncodedString()
                #expect(policy.contains("\(directive) 'sha256-\(text)'"))
            }
        }
    }

    @Test("sums the domain's statistics")
    func statistics() async throws {
        store.edit { $0.counters[.domain("calendar.example.com")] = [.attendees: 9, .events: 4] }
        let answer = try await call("GET", "/system/statistics")
        #expect(answer.json?["attendees"] == 9)
        #expect(answer.json?["events"] == 4)
        #expect(answer.json?["events_cancelled"] == 0)
    }

    @Test("settles one thing about an organizer and leaves the others")
    func organizer() async throws {
        let path = "/system/organizers/Ann@acme.example"
        let first = try await call(
            "POST", path, body: "{\"bulk\":true,\"limits\":{\"invites_per_event\":5000,\"events\":0}}")
        #expect(first.status == 200)
        let second = try await call("POST", path, body: "{\"suspended\":true,\"limits\":{\"events\":null}}")
        #expect(
            second.json == [
                "organizer": "ann@acme.example", "suspended": true, "bulk": true,
                "limits": ["invites_per_event": 5000, "events": .null], "last_modified": 1_795_348_800,
            ])
        #expect(try await call("GET", path).json == second.json)
        #expect(try await call("GET", "/system/organizers/new@acme.example").json?["suspended"] == false)
    }

    @Test("makes, lists and revokes the owner's own keys")
    func keys() async throws {
        let made = try await call("POST", "/system/keys")
        #expect(made.status == 201 && made.json?["scope"] == "owner" && made.json?["organizer"] == nil)
        let key = try #require(made.json?["key"]?.string)
        let list = try await call("GET", "/system/keys", key: key)
        #expect(list.json?["keys"]?.array?.count == 2, "organizers' keys are not among them")
        let id = try #require(made.json?["id"]?.string)
        #expect(try await call("DELETE", "/system/keys/\(id)").status == 204)
        #expect(try await call("GET", "/system/keys", key: key).errorCode == "unknown_key")
    }

    private static let routes = [
        "GET /system/events", "GET /system/statistics", "GET /system/organizers/ann@acme.example",
        "GET /system/keys", "POST /system/keys", "DELETE /system/keys/x",
    ]
    private static let refusals: [Refusal] =
        routes.flatMap { route in
            [
                Refusal(call: route, key: nil, status: 401, code: "missing_key", message: "x-api-key"),
                Refusal(call: route, key: "wrong", status: 403, code: "unknown_key", message: "not known"),
                Refusal(call: route, key: "ann", status: 403, code: "owner_only", message: "domain's owner"),
            ]
        }
        + [
            ("{}", "Nothing is to be changed"), ("", "Nothing is to be changed"), ("{", "JSON object"),
            ("7", "JSON object"), ("{\"suspended\":1}", "\"suspended\" must be true or false"),
            ("{\"bulk\":\"yes\"}", "\"bulk\" must be"), ("{\"suspend\":true}", "\"suspend\" is none of"),
            ("{\"limits\":5}", "\"limits\" must be an object"),
            ("{\"limits\":{\"event\":5}}", "\"limits.event\" is none"),
            ("{\"limits\":{\"events\":-1}}", "\"limits.events\" must be"),
            ("{\"limits\":{\"invites_per_event\":1.5}}", "\"limits.invites_per_event\" must be"),
        ].map { body, message in
            Refusal(
                call: "POST /system/organizers/ann@acme.example", key: "owner", body: body, status: 400,
                code: "bad_request", message: message)
        } + [
            Refusal(
                call: "POST /system/organizers/ann@acme.example", key: "ann", body: "{\"bulk\":true}", status: 403,
                code: "owner_only", message: "organizer's"),
            Refusal(
                call: "GET /system/organizers/ann", key: "owner", status: 400, code: "bad_request",
                message: "must be an e-mail address"),
            Refusal(
                call: "GET /system/events", key: "owner", query: ["filter": "new"], status: 400, code: "bad_request",
                message: "all, recent, future, past"),
            Refusal(
                call: "GET /system/events", key: "owner", query: ["limit": "x"], status: 400, code: "bad_request",
                message: "\"limit\""),
            Refusal(
                call: "GET /system/events", key: "owner", query: ["cursor": "x"], status: 400, code: "bad_request",
                message: "\"cursor\""),
            Refusal(call: "DELETE /system/keys/x", key: "owner", status: 404, code: "not_found", message: "key"),
            Refusal(call: "GET /system", key: "owner", status: 404, code: "no_route", message: "nothing"),
            Refusal(call: "GET /system/organizers", key: "owner", status: 404, code: "no_route", message: "nothing"),
            Refusal(
                call: "DELETE /system/events", key: "owner", status: 405, code: "method_not_allowed", message: "GET"),
        ]

    @Test("says what is wrong with a request", arguments: refusals)
    func refuses(_ refusal: Refusal) async throws {
        let answer = try await refusal.request.reply(from: api.handle)
        #expect(answer.status == refusal.status)
        #expect(answer.errorCode == refusal.code)
        #expect(answer.json?["error"]?["message"]?.string?.contains(refusal.message) == true, "\(answer.text)")
    }
}
