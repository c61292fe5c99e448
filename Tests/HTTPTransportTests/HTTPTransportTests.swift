import HTTPTransport
import Synchronization
import TestSupport
import Testing

@Suite("HTTP transport", .timeLimit(.minutes(1)))
struct HTTPTransportTests {
    @Test("method, target, headers and body arrive; status, headers and body come back")
    func exchange() async throws {
        let server = try LoopbackServer { request in
            .response(status: 207, headers: [("X-Reply", "  spaced \t")], body: "\(request.method) \(request.text)")
        }
        let transport = HTTPTransport()
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let response = try await transport.send(
                HTTPRequest(
                    method: method, url: server.url + "/a%20b/../c?x=1",
                    headers: [HTTPHeader("X-One", "é"), HTTPHeader("X-Empty", "")],
                    body: Array("line\nline".utf8)))
            #expect(response.status == 207)
            #expect(response.header("x-reply") == "spaced")
            #expect(String(decoding: response.body, as: UTF8.self) == "\(method) line\nline")
        }
        let received = try #require(server.requests.first)
        #expect(received.target == "/a%20b/../c?x=1")
        #expect(received.header("X-One") == "é")
        #expect(received.header("X-Empty") == "")
        #expect(received.header("Content-Type") == nil)
        #expect(received.header("Expect") == nil)
        #expect(received.header("Content-Length") == "9")
    }

    @Test("GET and HEAD carry no body and no length")
    func bodiless() async throws {
        let server = try LoopbackServer { _ in .response(status: 200, body: "content") }
        let transport = HTTPTransport()
        #expect(try await transport.send(HTTPRequest(url: server.url)).body.count == 7)
        #expect(try await transport.send(HTTPRequest(method: "HEAD", url: server.url)).body.isEmpty)
        #expect(server.requests.allSatisfy { $0.header("Content-Length") == nil })
    }

    @Test("one connection serves all requests in turn, error answers included")
    func keepAlive() async throws {
        let server = try LoopbackServer { request in
            .response(status: request.text == "bad" ? 500 : 200, body: "x")
        }
        let transport = HTTPTransport()
        for body in ["ok", "bad", "bad", "ok"] {
            _ = try await transport.send(HTTPRequest(method: "POST", url: server.url, body: Array(body.utf8)))
        }
        #expect(Set(server.requests.map(\.connection)) == [1])
    }

    @Test("many requests run side by side on at most as many connections as allowed")
    func concurrency() async throws {
        let server = try LoopbackServer { request in .response(status: 200, body: request.text) }
        let transport = HTTPTransport(configuration: .init(connectionsPerHost: 4))
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<500 {
                group.addTask {
                    let request = HTTPRequest(method: "POST", url: server.url, body: Array("\(number)".utf8))
                    return Int(String(decoding: try await transport.send(request).body, as: UTF8.self)) ?? 0
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 500 * 499 / 2)
        #expect(server.requests.map(\.connection).max() ?? 0 <= 4)
    }

    @Test("an interim response is passed over")
    func interim() async throws {
        let server = try LoopbackServer { _ in
            .raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        let response = try await HTTPTransport().send(HTTPRequest(url: server.url))
        #expect(response.status == 200)
        #expect(response.header("Link") == nil)
    }

    @Test("no listener: the connection failed, nothing was sent")
    func refused() async throws {
        let server = try LoopbackServer { _ in .close }
        server.stop()
        await #expect {
            _ = try await HTTPTransport().send(HTTPRequest(url: server.url))
        } throws: {
            if case HTTPTransportError.connectionFailed = $0 { true } else { false }
        }
    }

    @Test("a connection closed after the request leaves the outcome unknown")
    func interrupted() async throws {
        for reply in [LoopbackServer.Reply.close, .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")] {
            let server = try LoopbackServer { _ in reply }
            await #expect {
                _ = try await HTTPTransport().send(HTTPRequest(method: "POST", url: server.url))
            } throws: {
                if case HTTPTransportError.interrupted = $0 { true } else { false }
            }
        }
    }

    @Test("a request that must not be repeated is written once, even when a pooled connection breaks under it")
    func notRepeated() async throws {
        let server = try LoopbackServer { $0.text == "break" ? .close : .response(status: 200) }
        let transport = HTTPTransport()
        _ = try await transport.send(HTTPRequest(method: "POST", url: server.url))
        await #expect {
            _ = try await transport.send(
                HTTPRequest(method: "POST", url: server.url, body: Array("break".utf8), isRepeatable: false))
        } throws: {
            if case HTTPTransportError.interrupted = $0 { true } else { false }
        }
        #expect(server.requests.filter { $0.text == "break" }.count == 1)
    }

    @Test("a deadline ends a request that is never answered; without one it waits")
    func deadline() async throws {
        let server = try LoopbackServer { _ in .hang }
        let start = ContinuousClock.now
        await #expect(throws: HTTPTransportError.deadlineExceeded) {
            try await HTTPTransport().send(HTTPRequest(url: server.url, deadline: .now + .milliseconds(150)))
        }
        #expect(ContinuousClock.now - start >= .milliseconds(140))
        await #expect {
            _ = try await HTTPTransport().send(HTTPRequest(url: server.url, deadline: .now - .seconds(1)))
        } throws: {
            if case HTTPTransportError.connectionFailed = $0 { true } else { false }
        }
    }

    @Test("cancelling the task ends the transfer")
    func cancellation() async throws {
        let server = try LoopbackServer { _ in .hang }
        let transport = HTTPTransport()
        let task = Task { try await transport.send(HTTPRequest(url: server.url)) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        let result = await task.result
        #expect(throws: HTTPTransportError.cancelled) { try result.get() }
    }

    @Test("a response larger than the limit is cut off, its status known")
    func tooLarge() async throws {
        let server = try LoopbackServer { _ in .response(status: 201, body: String(repeating: "x", count: 2000)) }
        await #expect(throws: HTTPTransportError.responseTooLarge(limit: 1000, status: 201)) {
            try await HTTPTransport(configuration: .init(maximumBodySize: 1000)).send(HTTPRequest(url: server.url))
        }
    }

    @Test(
        "what cannot be put on the wire is refused",
        arguments: [
            HTTPRequest(url: "file:///etc/hostname"), HTTPRequest(url: "nonsense:"),
            HTTPRequest(url: "http://127.0.0.1:1/", headers: [HTTPHeader("X", "a\r\nInjected: 1")]),
            HTTPRequest(url: "http://127.0.0.1:1/", headers: [HTTPHeader("X Y", "a")]),
        ])
    func invalid(request: HTTPRequest) async throws {
        await #expect {
            _ = try await HTTPTransport().send(request)
        } throws: {
            if case HTTPTransportError.invalidRequest = $0 { true } else { false }
        }
    }
}
