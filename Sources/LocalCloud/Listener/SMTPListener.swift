import FlyingFox
import FlyingSocks
import Foundation

/// An SMTP server on the loopback interface: where a mail program is pointed to, to try the server by hand.
package final class SMTPListener: Sendable {
    /// Takes a message in; answers why it could not, or nil.
    package typealias Deliver = @Sendable (SMTPSession.Envelope) async -> String?

    package let port: Int
    private let socket: Socket
    private let running: Task<Void, any Error>

    /// Connections at a time; further ones wait.
    private static let backlog: Int32 = 64
    /// Seconds until a client that says nothing is left (RFC 5321 section 4.5.3.2 asks for five minutes).
    private static let patience: TimeInterval = 300

    /// - Parameter port: 0 takes a free one.
    package init(port: Int, session: SMTPSession, deliver: @escaping Deliver) async throws {
        guard let requested = UInt16(exactly: port) else { throw HTTPListenerError.portOutOfRange(port) }
        let socket = try Socket(domain: AF_INET)
        try socket.setValue(true, for: .localAddressReuse)
        do {
            try socket.bind(to: .inet(ip4: "127.0.0.1", port: requested))
            try socket.listen(maxPendingConnection: Self.backlog)
        } catch {
            try? socket.close()
            throw HTTPListenerError.cannotListen(port: port)
        }
        guard case .ip4(_, let actual) = try socket.sockname() else {
            try? socket.close()
            throw HTTPListenerError.cannotListen(port: port)
        }
        self.port = Int(actual)
        self.socket = socket
        let pool = HTTPServer.defaultPool()
        try await pool.prepare()
        let listening = try AsyncSocket(socket: socket, pool: pool)
        running = Task {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { try await pool.run() }
                for try await connection in listening.sockets {
                    group.addTask {
                        try? await SMTPListener.serve(connection, session, deliver)
                        try? connection.close()
                    }
                }
            }
        }
    }

    package func stop() async {
        running.cancel()
        _ = try? await running.value
        try? socket.close()
    }

    private static func serve(
        _ connection: AsyncSocket, _ session: SMTPSession, _ deliver: Deliver
    ) async throws {
        var session = session
        try await connection.write(Data(session.greeting.utf8))
        while true {
            let bytes = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                group.addTask { try await connection.read(atMost: 65_536) }
                group.addTask {
                    try await Task.sleep(for: .seconds(patience))
                    return []
                }
                defer { group.cancelAll() }
                return try await group.next() ?? []
            }
            guard !bytes.isEmpty else { return }
            for output in session.receive(bytes) {
                switch output {
                case .reply(let text): try await connection.write(Data(text.utf8))
                case .message(let envelope):
                    try await connection.write(Data(SMTPSession.delivered(await deliver(envelope)).utf8))
                case .close: return
                }
            }
        }
    }
}
