import FlyingSocks
import Foundation

/// A socket pool that switches Nagle's algorithm off. The server library writes head and body of a response apart, and
/// the body would wait for the client's delayed acknowledgement of the head: 40 ms on every request.
struct PromptSockets: AsyncSocketPool {
    private let base: any AsyncSocketPool

    init(_ base: any AsyncSocketPool) { self.base = base }

    func prepare() async throws { try await base.prepare() }

    func run() async throws { try await base.run() }

    /// The first socket that waits is the listening one, and on Linux those it accepts inherit the option.
    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
        try await base.suspendSocket(socket, untilReadyFor: events)
    }
}
