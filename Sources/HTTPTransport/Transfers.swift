import CCurl

/// The transfers under way on the multi handle, and the easy handles waiting to be used again.
struct Transfers {
    private let multi: UnsafeMutableRawPointer
    private let configuration: HTTPTransport.Configuration
    private let certificateBundle: String?
    private var running: [UInt64: Transfer] = [:]
    private var idleHandles: [UnsafeMutableRawPointer] = []

    init(multi: UnsafeMutableRawPointer, configuration: HTTPTransport.Configuration, certificateBundle: String?) {
        self.multi = multi
        self.configuration = configuration
        self.certificateBundle = certificateBundle
    }

    mutating func begin(_ submission: Submission) {
        guard let handle = idleHandles.popLast() ?? curl_easy_init() else {
            submission.continuation.resume(returning: .failure(.connectionFailed("libcurl gave no handle")))
            return
        }
        let transfer = Transfer(submission: submission, handle: handle, limit: configuration.maximumBodySize)
        do throws(HTTPTransportError) {
            try transfer.prepare(
                connectTimeout: configuration.connectTimeout, certificateBundle: certificateBundle)
        } catch {
            transfer.finish(.failure(error))
            recycle(handle)
            return
        }
        running[submission.ticket] = transfer
        curl_multi_add_handle(multi, handle)
    }

    mutating func cancel(_ ticket: UInt64) { end(ticket, with: .failure(.cancelled)) }

    /// Lets libcurl work on whatever is ready and completes what is done.
    mutating func advance() {
        var stillRunning: Int32 = 0
        curl_multi_perform(multi, &stillRunning)
        var waiting: Int32 = 0
        while let message = curl_multi_info_read(multi, &waiting) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = calinvite_curl_result(message)
            guard let transfer = Transfer.of(handle) else { continue }
            end(transfer.ticket, with: transfer.result(of: code))
        }
    }

    mutating func abandonAll() {
        for ticket in Array(running.keys) { cancel(ticket) }
        for handle in idleHandles { curl_easy_cleanup(handle) }
        idleHandles.removeAll()
    }

    private mutating func end(_ ticket: UInt64, with result: Result<HTTPResponse, HTTPTransportError>) {
        guard let transfer = running.removeValue(forKey: ticket) else { return }
        curl_multi_remove_handle(multi, transfer.handle)
        transfer.finish(result)
        recycle(transfer.handle)
    }

    private mutating func recycle(_ handle: UnsafeMutableRawPointer) {
        if idleHandles.count < configuration.connectionsPerHost {
            curl_easy_reset(handle)
            idleHandles.append(handle)
        } else {
            curl_easy_cleanup(handle)
        }
    }
}
