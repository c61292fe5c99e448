import HTTPTransport
import JSON
import LocalCloud
import Synchronization
import Testing

@Suite("The HTTP API gateway")
struct HTTPAPIGatewayTests {
    private static let routes = [
        GatewayRoute(method: "GET", path: "/event/{uid}", function: "EventAPI"),
        GatewayRoute(method: "GET", path: "/event/latest", function: "Latest"),
        GatewayRoute(method: "ANY", path: "/event/{uid}/invite", function: "InviteAPI"),
        GatewayRoute(method: "post", path: "/event/{uid}/invite", function: "PostInvite"),
        GatewayRoute(method: "GET", path: "/files/{path+}", function: "Files"),
    ]

    /// A gateway whose functions answer as told, and the last event that one of them got.
    private final class Bench: Sendable {
        let gateway: HTTPAPIGateway
        private let seen: Seen
        private let transport = HTTPTransport()

        private final class Seen: Sendable {
            let last = Mutex<(function: String, event: JSON)?>(nil)
        }

        var last: (function: String, event: JSON)? { seen.last.withLock { $0 } }

        init(
            _ api: HTTPAPI = HTTPAPI(accountID: "000000000000", id: "abc123", routes: HTTPAPIGatewayTests.routes),
            answer: @escaping @Sendable (String) throws -> InvocationAnswer = { .answered(Array("\"\($0)\"".utf8)) }
        ) async throws {
            let seen = Seen()
            self.seen = seen
            gateway = try await HTTPAPIGateway(api: api) { function, payload in
                let event = try JSON(parsing: payload)
                seen.last.withLock { $0 = (function, event) }
                return try answer(function)
            }
        }

        func send(
            _ method: String = "GET", _ path: String, headers: [HTTPHeader] = [], body: String = ""
        ) async throws -> HTTPResponse {
            try await transport.send(
                HTTPRequest(
                    method: method, url: gateway.url + path, headers: headers, body: Array(body.utf8),
                    deadline: .now + .seconds(30)))
        }
    }

    @Test(
        "a request goes to the most specific route",
        arguments: [
            ("GET", "/event/abc", "EventAPI"), ("GET", "/event/latest", "Latest"),
            ("GET", "/event/abc/invite", "InviteAPI"), ("POST", "/event/abc/invite", "PostInvite"),
            ("GET", "/files/a/b/c", "Files"),
        ])
    func routing(method: String, path: String, function: String) async throws {
        let bench = try await Bench()
        #expect(try await bench.send(method, path).body == Array("\"\(function)\"".utf8))
        await bench.gateway.stop()
    }

    @Test(
        "what no route takes is not found",
        arguments: [
            ("GET", "/"), ("GET", "/event"), ("GET", "/event/"), ("GET", "/event/abc/"), ("POST", "/event/abc"),
            ("GET", "/event/a%2Fb"), ("GET", "/files/"),
        ])
    func notFound(method: String, path: String) async throws {
        let bench = try await Bench()
        let response = try await bench.send(method, path)
        #expect(response.status == 404)
        #expect(response.body == Array(#"{"message":"Not Found"}"#.utf8))
        await bench.gateway.stop()
    }

    @Test("the event is payload format 2.0")
    func event() async throws {
        let bench = try await Bench()
        _ = try await bench.send(
            "POST", "/event/a%20b/invite?email=x%40y.example&tag=1&tag=2&name=A+B&flag",
            headers: [
                HTTPHeader("Content-Type", "application/json; charset=utf-8"), HTTPHeader("Cookie", "a=1; b=2"),
                HTTPHeader("User-Agent", "tests"), HTTPHeader("X-Own", "z"),
            ], body: #"{"ü":1}"#)
        let event = try #require(bench.last).event
        #expect(
            event.object?.map(\.name) == [
                "version", "routeKey", "rawPath", "rawQueryString", "cookies", "headers", "queryStringParameters",
                "requestContext", "pathParameters", "body", "isBase64Encoded",
            ])
        #expect(event["version"] == "2.0")
        #expect(event["routeKey"] == "POST /event/{uid}/invite")
        #expect(event["rawPath"] == "/event/a b/invite")
        #expect(event["rawQueryString"] == "email=x%40y.example&tag=1&tag=2&name=A+B&flag")
        #expect(event["cookies"] == ["a=1", "b=2"])
        #expect(
            event["queryStringParameters"] == ["email": "x@y.example", "tag": "1,2", "name": "A B", "flag": ""])
        #expect(event["pathParameters"] == ["uid": "a b"])
        #expect(event["body"] == #"{"ü":1}"# && event["isBase64Encoded"] == false)
        #expect(event["headers"]?["x-own"] == "z" && event["headers"]?["cookie"] == nil)
        #expect(event["headers"]?["content-length"] == "8")
        #expect(event["headers"]?["x-forwarded-for"] == "127.0.0.1")
        let context = try #require(event["requestContext"])
        #expect(
            context.object?.map(\.name) == [
                "accountId", "apiId", "domainName", "domainPrefix", "http", "requestId", "routeKey", "stage", "time",
                "timeEpoch",
            ])
        #expect(
            context["http"] == [
                "method": "POST", "path": "/event/a b/invite", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1",
                "userAgent": "tests",
            ])
        #expect(context["apiId"] == "abc123" && context["stage"] == "$default")
        #expect(context["time"]?.string?.wholeMatch(of: /\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000/) != nil)
        await bench.gateway.stop()
    }

    @Test("without query, cookies, parameters and body their members are absent")
    func bareEvent() async throws {
        let api = HTTPAPI(
            accountID: "1", id: "a", routes: [GatewayRoute(method: "GET", path: "/", function: "Root")])
        let bench = try await Bench(api)
        _ = try await bench.send("GET", "/")
        #expect(
            bench.last?.event.object?.map(\.name) == [
                "version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded",
            ])
        await bench.gateway.stop()
    }

    @Test(
        "bodies that API Gateway does not take for text come in base64",
        arguments: ["application/x-www-form-urlencoded", "application/octet-stream", nil])
    func binaryBodies(contentType: String?) async throws {
        let bench = try await Bench()
        _ = try await bench.send(
            "POST", "/event/x/invite", headers: contentType.map { [HTTPHeader("Content-Type", $0)] } ?? [], body: "a=b")
        #expect(bench.last?.event["body"] == "YT1i" && bench.last?.event["isBase64Encoded"] == true)
        await bench.gateway.stop()
    }

    @Test("an encoded question mark ends the path, as in API Gateway")
    func encodedQuestionMark() async throws {
        let bench = try await Bench()
        _ = try await bench.send("GET", "/event/abc%3Fx=1")
        #expect(bench.last?.event["rawPath"] == "/event/abc")
        await bench.gateway.stop()
    }

    @Test("a function's answer becomes the response")
    func response() async throws {
        let answer = #"""
            {"statusCode":302,"headers":{"Location":"https://example.com/","X-N":5},
            "cookies":["a=1; Path=/","b=2"],"body":"aGk=","isBase64Encoded":true}
            """#
        let bench = try await Bench { _ in .answered(Array(answer.utf8)) }
        let response = try await bench.send("GET", "/event/x")
        #expect(response.status == 302)
        #expect(response.header("location") == "https://example.com/" && response.header("x-n") == "5")
        #expect(
            response.headers.filter { $0.name.lowercased() == "set-cookie" }.map(\.value) == ["a=1; Path=/", "b=2"])
        #expect(response.header("content-type") == "text/plain; charset=utf-8")
        #expect(response.body == Array("hi".utf8))
        #expect(response.header("apigw-requestid") != nil)
        await bench.gateway.stop()
    }

    @Test("JSON without a status code is the body of a 200")
    func bareAnswer() async throws {
        let bench = try await Bench { _ in .answered(Array(#"{"a": 1}"#.utf8)) }
        let response = try await bench.send("GET", "/event/x")
        #expect(response.status == 200 && response.header("content-type") == "application/json")
        #expect(response.body == Array(#"{"a": 1}"#.utf8))
        await bench.gateway.stop()
    }

    @Test(
        "what goes wrong behind the gateway is told without details",
        arguments: [
            (InvocationAnswer.failed(Array(#"{"errorMessage":"secret"}"#.utf8)), 500, "Internal Server Error"),
            (.answered(Array("not JSON".utf8)), 500, "Internal Server Error"),
            (.answered(Array(#"{"statusCode":"x"}"#.utf8)), 500, "Internal Server Error"),
            (.answered(Array(#"{"statusCode":200,"body":{}}"#.utf8)), 500, "Internal Server Error"),
            (.throttled, 503, "Service Unavailable"), (.timedOut, 503, "Service Unavailable"),
        ])
    func failures(answer: InvocationAnswer, status: Int, message: String) async throws {
        let bench = try await Bench { _ in answer }
        let response = try await bench.send("GET", "/event/x")
        #expect(response.status == status)
        #expect(try JSON(parsing: response.body) == ["message": .string(message)])
        await bench.gateway.stop()
    }

    @Test("requests above the throttle are refused; a route's own throttle is apart")
    func throttles() async throws {
        var api = HTTPAPI(accountID: "1", id: "a", routes: HTTPAPIGatewayTests.routes)
        api.throttle = HTTPAPI.Throttle(rate: 0.001, burst: 1)
        api.routeThrottles = ["GET /files/{path+}": HTTPAPI.Throttle(rate: 0.001, burst: 2)]
        let bench = try await Bench(api)
        var statuses: [Int] = []
        for path in ["/event/a", "/event/latest", "/files/a", "/files/b", "/files/c"] {
            statuses.append(try await bench.send("GET", path).status)
        }
        #expect(statuses == [200, 429, 200, 200, 429])
        let refused = try await bench.send("GET", "/event/a")
        #expect(refused.body == Array(#"{"message":"Too Many Requests"}"#.utf8))
        await bench.gateway.stop()
    }

    @Test("with CORS configured the gateway answers preflights and replaces the function's CORS headers")
    func cors() async throws {
        var api = HTTPAPI(accountID: "1", id: "a", routes: HTTPAPIGatewayTests.routes)
        api.cors = CORSRules(
            origins: ["https://app.example"], methods: ["GET", "POST"], headers: ["authorization"], maximumAge: 600)
        let answer = #"{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*"},"body":"x"}"#
        let bench = try await Bench(api) { _ in .answered(Array(answer.utf8)) }
        let preflight = try await bench.send(
            "OPTIONS", "/anything", headers: [HTTPHeader("Origin", "https://app.example")])
        #expect(preflight.status == 204)
        #expect(preflight.header("access-control-allow-origin") == "https://app.example")
        #expect(preflight.header("access-control-allow-methods") == "GET,POST")
        #expect(preflight.header("access-control-allow-headers") == "authorization")
        #expect(preflight.header("access-control-max-age") == "600")
        let own = try await bench.send("GET", "/event/x", headers: [HTTPHeader("Origin", "https://app.example")])
        #expect(own.header("access-control-allow-origin") == "https://app.example")
        let foreign = try await bench.send("GET", "/event/x", headers: [HTTPHeader("Origin", "https://evil.example")])
        #expect(foreign.status == 200 && foreign.header("access-control-allow-origin") == nil)
        await bench.gateway.stop()
    }
}
