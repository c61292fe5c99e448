import Dispatch
import Foundation

/// Ctrl-C and its relatives as a stream, in place of their ending the process.
enum Interruption {
    static func signals() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            // Cancelling is all that happens to them elsewhere, and Dispatch allows that on any thread.
            nonisolated(unsafe) let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(number) }
                source.resume()
                return source
            }
            continuation.onTermination = { _ in
                for source in sources { source.cancel() }
            }
        }
    }
}
