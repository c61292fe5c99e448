import Foundation
import Synchronization

/// A bare HTTP/1.1 server on a free loopback port that can misbehave on demand: what a well-mannered server library
/// will not do (close without an answer, stop in mid-body, never answer) is what clients must be tested with.
package final class LoopbackServer: Sendable {
    package struct Request: Sendable {
        package var method: String
        package var target: String
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]
        /// Counts connections from 1, in the order they were accepted.
        package var connection: Int

        package var text: String { String(decoding: body, as: UTF8.self) }

        package func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    package enum Reply: Sendable {
        case response(status: Int, headers: [(String, String)] = [], body: String = "")
        /// Exactly these bytes, then the connection is closed.
        case raw(String)
        /// The connection is closed without a byte.
        case close
        /// Nothing is sent until the client gives up.
        case hang
    }

    private let listener: Int32
    package let port: Int
    private let log: Log

    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])
    }

    package var authority: String { "127.0.0.1:\(port)" }
    package var url: String { "http://\(authority)" }

    /// Every request received so far, in order.
    package var requests: [Request] { log.requests.withLock { $0 } }

    package init(_ handler: @escaping @Sendable (Request) -> Reply) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        port = Int(UInt16(bigEndian: address.sin_port))
        let log = Log()
        self.log = log
        Thread.detachNewThread {
            var accepted = 0
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                accepted += 1
                let connection = accepted
                Thread.detachNewThread {
                    serve(client, connection: connection) { request in
                        log.requests.withLock { $0.append(request) }
                        return handler(request)
                    }
                }
            }
            close(listener)
        }
    }

    /// A server that is not stopped runs until the tests end.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }
}

private func serve(_ client: Int32, connection: Int, handler: (LoopbackServer.Request) -> LoopbackServer.Reply) {
    defer { close(client) }
    var buffer: [UInt8] = []
    while let request = readRequest(from: client, buffer: &buffer, connection: connection) {
        switch handler(request) {
        case .response(let status, let headers, let body):
            var text = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
            for (name, value) in headers { text += "\(name): \(value)\r\n" }
            guard write(text + "\r\n" + (request.method == "HEAD" ? "" : body), to: client) else { return }
        case .raw(let text):
            _ = write(text, to: client)
            return
        case .close:
            return
        case .hang:
            var byte: UInt8 = 0
            while recv(client, &byte, 1, 0) > 0 {}
            return
        }
    }
}

private func write(_ text: String, to client: Int32) -> Bool {
    var rest = ArraySlice(text.utf8.map { $0 })
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

private func readRequest(from client: Int32, buffer: inout [UInt8], connection: Int) -> LoopbackServer.Request? {
    func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(client, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }
    let separator = Array("\r\n\r\n".utf8)
    var headEnd: Int?
    while headEnd == nil {
        headEnd = Data(buffer).range(of: Data(separator))?.lowerBound
        if headEnd == nil, !fill() { return nil }
    }
    guard let headEnd else { return nil }
    let lines = String(decoding: buffer[..<headEnd], as: UTF8.self).components(separatedBy: "\r\n")
    let start = lines[0].split(separator: " ").map(String.init)
    let headers = lines.dropFirst().map { line -> (name: String, value: String) in
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    let bodyStart = headEnd + separator.count
    while buffer.count < bodyStart + length { if !fill() { return nil } }
    let body = Array(buffer[bodyStart..<(bodyStart + length)])
    buffer.removeFirst(bodyStart + length)
    return LoopbackServer.Request(
        method: start[0], target: start[1], headers: headers, body: body, connection: connection)
}
