import Foundation
import HTTPTransport
import Handlers
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

/// Every route of the template, with everything that can be wrong with a request to it.
@Suite("Error answers on the local stack", .enabled(if: Project.isReady, "\(Project.hint)"))
struct ErrorAnswerTests {
    /// A request with one thing wrong, and the answer to it.
    private struct Row {
        var route: String
        var path: String
        var key: String?
        var type: String?
        var body: String?
        var status: Int
        var code: String
        /// A part of the message.
        var message: String
    }

    /// A body that is right, by route; those of the public pages are forms.
    private static let bodies = [
        "POST /event": #"{"dtstart":1799596800,"organizer":"ann@acme.example"}"#,
        "PATCH /event/{uid}": #"{"summary":"Tea"}"#,
        "POST /event/{uid}/campaigns": #"{"addresses":["bob@mail.example"],"dry_run":true}"#,
        "POST /event/{uid}/lists": #"{"name":"guests.csv"}"#, "POST /event/{uid}/links": "{}",
        "POST /organizer/{organizer}/keys": #"{"name":"agent"}"#, "POST /system/keys": #"{"name":"agent"}"#,
        "POST /organizer/{organizer}/webhooks": #"{"url":"https://hooks.example/x"}"#,
        "POST /system/webhooks": #"{"url":"https://hooks.example/x"}"#,
        "POST /system/organizers/{organizer}": #"{"bulk":false}"#,
    ]
    private static let forms = [
        "POST /event/{uid}/invite": "email=bob%40mail.example", "POST /calendar/{link}": "email=bob%40mail.example",
        "POST /rsvp/{link}": "answer=yes", "POST /unsubscribe/{link}": "List-Unsubscribe=One-Click",
        "POST /block/{link}": "",
    ]
    private static let open = ["GET /dashboard", "GET /dashboard/{uid}", "GET /openapi.json"]

    private static let (json, form) = ("application/json", "application/x-www-form-urlencoded")

    /// What a path's `{…}` is filled with, where nothing is wrong with it.
    private static func path(_ route: String, _ values: [String: String]) -> String {
        var path = String(route.drop { $0 != " " }.dropFirst())
        for (name, value) in values { path = path.replacing("{\(name)}", with: value) }
        return path
    }

    private static func isPublic(_ route: String) -> Bool {
        open.contains(route) || forms[route] != nil || route == "POST /order"
            || ["invite", "calendar.ics", "{link}"].contains { route.hasSuffix("/\($0)") }
    }

    /// What holds for every route that takes a key.
    private static func keyRows(_ route: String, _ right: [String: String], other: String) -> [Row] {
        func row(_ key: String?, _ status: Int, _ code: String, _ message: String) -> Row {
            Row(
                route: route, path: path(route, right), key: key, type: bodies[route].map { _ in json },
                body: bodies[route], status: status, code: code, message: message)
        }
        var rows = [
            row(nil, 401, "missing_key", "Send your API key in the header x-api-key."),
            row("", 401, "missing_key", "Send your API key"),
            row("nonsense", 403, "unknown_key", "This API key is not known."),
            row(String(repeating: "k", count: 5000), 403, "unknown_key", "not known"),
        ]
        switch route.drop(while: { $0 != "/" }).split(separator: "/").first {
        case "event" where route == "POST /event":
            rows.append(row(other, 403, "other_organizer", "its own organizer only"))
        case "event": rows.append(row(other, 404, "not_found", "no such event, or this key may not see it"))
        case "organizer": rows.append(row(other, 404, "not_found", "or this key may not see it"))
        case "system": rows.append(row(other, 403, "owner_only", "key of the domain's owner"))
        default: break
        }
        return rows
    }

    /// Parts of the path that lead nowhere.
    private static func pathRows(_ route: String, _ right: [String: String], key: String?) -> [Row] {
        var rows: [Row] = []
        func add(_ name: String, _ value: String, _ status: Int, _ code: String, _ message: String) {
            guard route.contains("{\(name)}") else { return }
            rows.append(
                Row(
                    route: route, path: path(route, right.merging([name: value]) { $1 }), key: key,
                    type: bodies[route].map { _ in json } ?? forms[route].map { _ in form },
                    body: bodies[route] ?? forms[route], status: status, code: code, message: message))
        }
        for uid in [
            String(repeating: "0", count: 40), "x", String(repeating: "a", count: 39),
            String(repeating: "g", count: 40), "%00", "%F0%9F%8E%89", String(repeating: "a", count: 3000),
        ] {
            add("uid", uid, 404, "not_found", "There is no such event")
        }
        for link in ["x", String(repeating: "a", count: 59), "%00", String(repeating: "a", count: 3000)] {
            add("link", link, 404, "unknown_link", "This link is not complete")
        }
        for address in ["x", "a%40", "%40b.example", "a%40b%0Ac.example"] {
            add("organizer", address, 400, "bad_request", "The organizer in the path must be an e-mail address")
            let what = route.contains("/attendees/") ? "The attendee in the path" : "The path must end with"
            add("address", address, 400, "bad_request", what)
        }
        for id in ["x", "%00", String(repeating: "a", count: 3000)] {
            add("id", id, 404, "not_found", "There is no such")
        }
        add("address", "nobody%40mail.example", 404, "not_found", "address is not suppressed|no such attendee")
        return rows
    }

    /// Bodies that are none.
    private static func bodyRows(_ route: String, _ right: [String: String], key: String?) -> [Row] {
        if forms[route] != nil, route.hasSuffix("/invite") {
            return [
                ("application/xml", "<a/>", 415, "unsupported_media_type", "application/json"),
                (json, "{", 400, "bad_request", "JSON object"), (json, "[1]", 400, "bad_request", "JSON object"),
                (json, #"{"email":5}"#, 400, "bad_request", "\"email\" must be a text"),
                (form, "", 400, "bad_email", "\"email\""), (form, "email=x", 400, "bad_email", "\"email\""),
            ].map {
                Row(
                    route: route, path: path(route, right), type: $0, body: $1, status: $2, code: $3, message: $4)
            }
        }
        guard bodies[route] != nil else { return [] }
        return [
            (json, "{"), (json, "[1]"), (json, "5"), (json, #""text""#), (json, #"{"a":1,"a":2}"#), (json, "\u{FEFF}{"),
            (json, String(repeating: "[", count: 100_000)), ("application/xml", "<a/>"),
            ("application/x-www-form-urlencoded", "name=x"),
        ].map {
            Row(
                route: route, path: path(route, right), key: key, type: $0, body: $1, status: 400,
                code: "bad_request", message: "The body must be a JSON object such as {")
        }
    }

    private static let fields: [(route: String, body: String, status: Int, code: String, message: String)] = [
        ("POST /event", "{}", 400, "bad_request", "\"dtstart\" is missing"),
        ("POST /event", #"{"dtstart":true}"#, 400, "bad_request", "\"dtstart\""),
        ("POST /event", #"{"dtstart":1,"uid":5}"#, 400, "bad_request", "\"uid\""),
        ("PATCH /event/{uid}", #"{"dtstart":"soon"}"#, 400, "bad_request", "no date or time"),
        ("PATCH /event/{uid}", #"{"uid":"other"}"#, 400, "bad_request", "\"uid\""),
        ("PATCH /event/{uid}", #"{"updates":"some"}"#, 400, "bad_request", "not_declined"),
        ("POST /event/{uid}/campaigns", "{}", 400, "bad_request", "\"source\" is missing"),
        ("POST /event/{uid}/campaigns", #"{"source":5}"#, 400, "bad_request", "s3:// prefix"),
        ("POST /event/{uid}/campaigns", #"{"source":"s3://other/x"}"#, 400, "unusable_source", "copy the export"),
        ("POST /event/{uid}/campaigns", #"{"source":"https://x/"}"#, 400, "unusable_source", "the form s3://"),
        ("POST /event/{uid}/campaigns", #"{"addresses":[]}"#, 400, "bad_request", "1 to 10000"),
        ("POST /event/{uid}/campaigns", #"{"addresses":[5]}"#, 400, "bad_request", "an address, or an object"),
        (
            "POST /event/{uid}/campaigns", #"{"addresses":["a@b.example"],"dry_run":"yes"}"#, 400, "bad_request",
            "true or false"
        ),
        (
            "POST /event/{uid}/campaigns", #"{"addresses":["a@b.example"],"source":"s3://x/y"}"#, 400, "bad_request",
            "only one of"
        ),
        ("POST /event/{uid}/lists", #"{"name":5}"#, 400, "bad_request", "\"name\" must be a text"),
        ("POST /event/{uid}/links", #"{"origin":5}"#, 400, "bad_request", "\"origin\" must be a text"),
        ("POST /event/{uid}/links", #"{"origin":"moon"}"#, 400, "unknown_origin", "known here"),
        ("POST /event/{uid}/links", #"{"landing":"https://evil.example/"}"#, 400, "landing_not_allowed", "https"),
        ("POST /organizer/{organizer}/keys", #"{"name":5}"#, 400, "bad_request", "\"name\""),
        (
            "POST /organizer/{organizer}/keys", "{\"name\":\"\(String(repeating: "x", count: 5000))\"}", 400,
            "bad_request", "\"name\""
        ),
        ("POST /organizer/{organizer}/webhooks", "{}", 400, "bad_request", "\"url\" is missing"),
        ("POST /organizer/{organizer}/webhooks", #"{"url":"http://x.example/"}"#, 400, "bad_request", "https://"),
        ("POST /organizer/{organizer}/webhooks", #"{"url":"https://u@x/"}"#, 400, "bad_request", "user name"),
        (
            "POST /organizer/{organizer}/webhooks", #"{"url":"https://x.example/","events":["moved"]}"#, 400,
            "bad_request", "campaign.finished"
        ),
        (
            "POST /organizer/{organizer}/webhooks", #"{"url":"https://x.example/","events":"replied"}"#, 400,
            "bad_request", "must be a list"
        ),
        ("POST /system/webhooks", #"{"url":5}"#, 400, "bad_request", "\"url\" is missing"),
        ("POST /system/keys", #"{"name":[]}"#, 400, "bad_request", "\"name\""),
        ("POST /system/organizers/{organizer}", "{}", 400, "bad_request", "Nothing is to be changed"),
        ("POST /system/organizers/{organizer}", #"{"bulk":1}"#, 400, "bad_request", "\"bulk\""),
        ("POST /system/organizers/{organizer}", #"{"limits":{"events":-1}}"#, 400, "bad_request", "events"),
        ("POST /system/organizers/{organizer}", #"{"limits":5}"#, 400, "bad_request", "limits"),
    ]

    private static let queries: [(route: String, query: String, message: String)] =
        ["attendees", "report", "campaigns"].flatMap { list in
            ["0", "-1", "x", "1000001", "1e3", ""].map { number in
                (
                    "GET /event/{uid}/\(list)", "limit=\(number)\(list == "report" ? "&format=json" : "")",
                    "\"limit\" must be a whole number from 1 to"
                )
            }
                + ["x", "", "%00", "AAAA"].map { cursor in
                    (
                        "GET /event/{uid}/\(list)", "cursor=\(cursor)\(list == "report" ? "&format=json" : "")",
                        "\"cursor\" must be the \"next\" of an earlier page"
                    )
                }
        }
        + ["GET /organizer/{organizer}/events", "GET /system/events"].flatMap { route in
            [
                (route, "limit=0", "\"limit\""), (route, "cursor=x", "\"cursor\""), (route, "status=new", "confirmed"),
                (route, "from=soon", "\"from\" must be a time"), (route, "to=9999999999999", "\"to\" must be a time"),
                (route, "filter=new", "all, recent"),
            ]
        } + [
            ("GET /event/{uid}/attendees", "status=perhaps", "\"status\" must be one of"),
            ("GET /event/{uid}/report", "format=pdf", "\"format\""),
            ("DELETE /event/{uid}", "instance=Monday", "\"instance\""),
            ("GET /system/statistics", "date=yesterday", "\"date\" must be a day"),
            ("GET /system/suppressions", "limit=0", "\"limit\""),
            ("GET /system/suppressions", "cursor=x", "\"cursor\""),
        ]

    @Test("every route says what is wrong with a request: status, code and message", .timeLimit(.minutes(5)))
    func table() async throws {
        try await TestStack.with { test in
            let uid = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let owner = try await test.key()
            let ann = try await test.key(.organizer(try #require(EmailAddress("ann@acme.example"))))
            let bob = try await test.key(.organizer(try #require(EmailAddress("bob@contoso.example"))))
            let profile = try await test.call("GET", "/organizer/ann@acme.example", key: ann).body
            let link = try #require(profile["calendar_url"]?.string?.split(separator: "/").last.map(String.init))
            let right = [
                "uid": uid, "organizer": "ann%40acme.example", "id": "0", "address": "nobody%40mail.example",
                "link": link,
            ]
            var rows: [Row] = []
            for route in OpenAPIDocument.routes {
                if Self.open.contains(route) { continue }
                let isPublic = Self.isPublic(route)
                let key = isPublic ? nil : route.contains("/system/") ? owner : ann
                if !isPublic { rows += Self.keyRows(route, right, other: bob) }
                rows += Self.pathRows(route, right, key: key)
                rows += Self.bodyRows(route, right, key: key)
            }
            for field in Self.fields {
                rows.append(
                    Row(
                        route: field.route, path: Self.path(field.route, right),
                        key: field.route.contains("/system/") ? owner : ann, type: Self.json, body: field.body,
                        status: field.status, code: field.code, message: field.message))
            }
            for query in Self.queries {
                rows.append(
                    Row(
                        route: query.route, path: Self.path(query.route, right) + "?" + query.query,
                        key: query.route.contains("/system/") ? owner : ann, status: 400, code: "bad_request",
                        message: query.message))
            }
            rows.append(
                Row(
                    route: "POST /order", path: "/order", type: Self.json, body: "{}", status: 401,
                    code: "bad_signature", message: "X-Shopify-Hmac-Sha256"))
            for path in Set(OpenAPIDocument.routes.map { Self.path($0, right) }) {
                rows.append(
                    Row(
                        route: "PUT", path: path, key: owner, status: 405, code: "method_not_allowed",
                        message: "This path takes "))
            }
            rows.append(Row(route: "GET", path: "/nowhere", status: 404, code: "no_route", message: "nothing at this"))
            #expect(rows.count > 300)
            for row in rows { try await expect(row, in: test) }
            for (route, body) in Self.bodies where !route.contains("{id}") {
                let large = Row(
                    route: route, path: Self.path(route, right), key: ann, type: Self.json,
                    body: body + String(repeating: " ", count: 10 << 20), status: 413, code: "", message: "")
                #expect(try await send(large, in: test).status == 413, "\(route)")
            }
            #expect(try test.invitedRecipients().isEmpty, "nothing of all this was done")
        }
    }

    private func send(_ row: Row, in test: TestStack) async throws -> HTTPResponse {
        var headers = [HTTPHeader("accept", "application/json")]
        if let key = row.key { headers.append(HTTPHeader("x-api-key", key)) }
        if let type = row.type { headers.append(HTTPHeader("content-type", type)) }
        return try await test.transport.send(
            HTTPRequest(
                method: String(row.route.prefix { $0 != " " }), url: test.stack.state.gateway + row.path,
                headers: headers, body: Array((row.body ?? "").utf8), deadline: .now + .seconds(40)))
    }

    private func expect(_ row: Row, in test: TestStack) async throws {
        let response = try await send(row, in: test)
        let text = String(decoding: response.body.prefix(400), as: UTF8.self)
        let sent = "\(row.route) \(row.path.prefix(120)) \((row.body ?? "").prefix(60)): \(response.status) \(text)"
        #expect(response.status == row.status, "\(sent)")
        let error = try? JSON(parsing: response.body)
        #expect(error?["error"]?["code"]?.string == row.code, "\(sent)")
        #expect(error?.object?.members.count == 1 && error?["error"]?.object?.members.count == 2, "\(sent)")
        let message = error?["error"]?["message"]?.string ?? ""
        #expect(row.message.split(separator: "|").contains { message.contains($0) }, "\(sent)")
    }
}
