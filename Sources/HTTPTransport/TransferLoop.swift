import CCurl
import SwiftGlibc
import Synchronization

/// The thread that owns the multi handle. Everything libcurl touches stays on it; the rest of the process only
/// leaves messages in the inbox and wakes it.
final class TransferLoop: Sendable {
    private struct Inbox {
        var submissions: [Submission] = []
        var cancelled: [UInt64] = []
        var isStopped = false
        var lastTicket: UInt64 = 0
    }

    private let inbox = Mutex(Inbox())
    private let configuration: HTTPTransport.Configuration
    private let certificateBundle: String?
    // libcurl allows curl_multi_wakeup from any thread; all other uses are on the loop's own.
    private nonisolated(unsafe) let multi: OpaquePointer?

    init(configuration: HTTPTransport.Configuration) {
        _ = TransferLoop.globalState
        self.configuration = configuration
        certificateBundle = CertificateBundle.path()
        multi = curl_multi_init().map { OpaquePointer($0) }
    }

    private static let globalState: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        if status == 0 {
            pthread_detach(thread)
        } else {
            // Without its thread the transport answers every request with `.cancelled`.
            Unmanaged<TransferLoop>.fromOpaque(context).release()
            stop()
        }
    }

    func stop() {
        inbox.withLock { $0.isStopped = true }
        wake()
    }

    func newTicket() -> UInt64 {
        inbox.withLock {
            $0.lastTicket += 1
            return $0.lastTicket
        }
    }

    func submit(_ submission: Submission) {
        let isStopped = inbox.withLock {
            if !$0.isStopped { $0.submissions.append(submission) }
            return $0.isStopped
        }
        if isStopped {
            submission.continuation.resume(returning: .failure(.cancelled))
        } else {
            wake()
        }
    }

    func cancel(_ ticket: UInt64) {
        inbox.withLock { $0.cancelled.append(ticket) }
        wake()
    }

    private func wake() {
        if let multi { curl_multi_wakeup(UnsafeMutableRawPointer(multi)) }
    }

    private func run() {
        guard let multi else { return failAllSubmissions() }
        let handle = UnsafeMutableRawPointer(multi)
        calinvite_curl_multi_set_long(handle, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsPerHost)
        calinvite_curl_multi_set_long(handle, CURLMOPT_MAXCONNECTS, configuration.connectionsPerHost * 2)
        var transfers = Transfers(multi: handle, configuration: configuration, certificateBundle: certificateBundle)
        while true {
            let (submissions, cancelled, isStopped) = inbox.withLock { inbox in
                defer {
                    inbox.submissions.removeAll()
                    inbox.cancelled.removeAll()
                }
                return (inbox.submissions, inbox.cancelled, inbox.isStopped)
            }
            for submission in submissions { transfers.begin(submission) }
            for ticket in cancelled { transfers.cancel(ticket) }
            if isStopped { break }
            transfers.advance()
            curl_multi_poll(handle, nil, 0, 60_000, nil)
        }
        transfers.abandonAll()
        curl_multi_cleanup(handle)
    }

    private func failAllSubmissions() {
        let submissions = inbox.withLock { inbox in
            inbox.isStopped = true
            defer { inbox.submissions.removeAll() }
            return inbox.submissions
        }
        for submission in submissions { submission.continuation.resume(returning: .failure(.cancelled)) }
    }
}
