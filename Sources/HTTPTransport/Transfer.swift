import CCurl
import SwiftGlibc

/// One request and the response as it arrives. Used on the transfer thread only.
final class Transfer {
    let handle: UnsafeMutableRawPointer
    private let submission: Submission
    private let limit: Int
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var connectionList: UnsafeMutablePointer<curl_slist>?
    // libcurl reads the body from here while the transfer runs, so it must not move.
    private var body: UnsafeMutableBufferPointer<UInt8>
    private var response = HTTPResponse(status: 0)
    private var isTooLarge = false
    private var timesStarted = 0

    var ticket: UInt64 { submission.ticket }

    init(submission: Submission, handle: UnsafeMutableRawPointer, limit: Int) {
        self.submission = submission
        self.handle = handle
        self.limit = limit
        body = UnsafeMutableBufferPointer.allocate(capacity: submission.request.body.count)
        _ = body.initialize(from: submission.request.body)
    }

    deinit {
        curl_slist_free_all(headerList)
        curl_slist_free_all(connectionList)
        body.deallocate()
    }

    /// The transfer that a handle in the multi stack belongs to.
    static func of(_ handle: UnsafeMutableRawPointer) -> Transfer? {
        var pointer: UnsafeMutableRawPointer?
        calinvite_curl_get_pointer(handle, CURLINFO_PRIVATE, &pointer)
        return pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    func finish(_ result: Result<HTTPResponse, HTTPTransportError>) {
        submission.continuation.resume(returning: result)
    }

    func prepare(connectTimeout: Duration, certificateBundle: String?) throws(HTTPTransportError) {
        let request = submission.request
        if let deadline = request.deadline {
            let remaining = ContinuousClock.now.duration(to: deadline).milliseconds
            guard remaining > 0 else { throw .connectionFailed("the deadline had passed before the request was sent") }
            calinvite_curl_set_long(handle, CURLOPT_TIMEOUT_MS, remaining)
        }
        guard calinvite_curl_set_string(handle, CURLOPT_URL, request.url) == CURLE_OK else {
            throw .invalidRequest("URL not usable")
        }
        // S3 keys may hold "..", which libcurl would otherwise take out of the signed path.
        calinvite_curl_set_long(handle, CURLOPT_PATH_AS_IS, 1)
        calinvite_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        calinvite_curl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        calinvite_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        calinvite_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        calinvite_curl_set_long(handle, CURLOPT_TCP_NODELAY, 1)
        calinvite_curl_set_string(handle, CURLOPT_PROXY, "")
        calinvite_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, connectTimeout.milliseconds)
        if let certificateBundle { calinvite_curl_set_string(handle, CURLOPT_CAINFO, certificateBundle) }
        if let address = request.address {
            // Any host and port of the URL, to this address and the same port.
            connectionList = curl_slist_append(nil, "::\(address):")
            calinvite_curl_set_list(handle, CURLOPT_CONNECT_TO, connectionList)
        }
        setMethodAndBody(request)
        try setHeaders(request)
        setCallbacks()
    }

    private func setMethodAndBody(_ request: HTTPRequest) {
        switch request.method {
        case "GET" where request.body.isEmpty:
            calinvite_curl_set_long(handle, CURLOPT_HTTPGET, 1)
        case "HEAD":
            calinvite_curl_set_long(handle, CURLOPT_NOBODY, 1)
        default:
            // POSTFIELDS with its size, never a read callback: libcurl then keeps the connection after error replies.
            calinvite_curl_set_long(handle, CURLOPT_POST, 1)
            calinvite_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            calinvite_curl_set_pointer(handle, CURLOPT_POSTFIELDS, body.baseAddress.map { UnsafeRawPointer($0) })
            if body.isEmpty { calinvite_curl_set_string(handle, CURLOPT_POSTFIELDS, "") }
            calinvite_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func setHeaders(_ request: HTTPRequest) throws(HTTPTransportError) {
        var hasContentType = false
        for header in request.headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }),
                header.value.utf8.allSatisfy({ $0 != 0x0D && $0 != 0x0A && $0 != 0 })
            else { throw .invalidRequest("header \(header.name) holds bytes a header cannot have") }
            hasContentType = hasContentType || header.name.lowercased() == "content-type"
            // "Name;" is libcurl's form for a header without a value; "Name:" would remove it.
            append(header: header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        append(header: "Expect:")
        if !hasContentType { append(header: "Content-Type:") }
        calinvite_curl_set_list(handle, CURLOPT_HTTPHEADER, headerList)
    }

    private func append(header: String) {
        if let longer = curl_slist_append(headerList, header) { headerList = longer }
    }

    private func setCallbacks() {
        let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        calinvite_curl_set_pointer(handle, CURLOPT_PRIVATE, context)
        calinvite_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        calinvite_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        calinvite_curl_set_pointer(handle, CURLOPT_PREREQDATA, context)
        calinvite_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(chunk) ? chunk.count : 0
        }
        calinvite_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(headerLine: line)
            return line.count
        }
        calinvite_curl_set_prereq_callback(handle) { context, _, _, _, _ in
            guard let context else { return Int32(CURL_PREREQFUNC_OK) }
            let mayStart = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().mayStart()
            return Int32(mayStart ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
        }
    }

    /// Called each time a connection is ready for the request. libcurl writes it again by itself when a pooled
    /// connection breaks before the first response byte.
    private func mayStart() -> Bool {
        timesStarted += 1
        return timesStarted == 1 || submission.request.isRepeatable
    }

    private func receive(_ chunk: UnsafeRawBufferPointer) -> Bool {
        guard response.body.count + chunk.count <= limit else {
            isTooLarge = true
            return false
        }
        response.body.append(contentsOf: chunk)
        return true
    }

    private func receive(headerLine: UnsafeRawBufferPointer) {
        let line = headerLine.prefix { $0 != 0x0D && $0 != 0x0A }
        if line.starts(with: "HTTP/".utf8) {
            // A status line starts over: what came before was an interim (1xx) response.
            response.headers.removeAll(keepingCapacity: true)
            return
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var value = line[(colon + 1)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value.removeLast() }
        response.headers.append(
            HTTPHeader(String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }

    func result(of code: CURLcode) -> Result<HTTPResponse, HTTPTransportError> {
        var status = 0
        calinvite_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        if code == CURLE_OK {
            response.status = status
            return .success(response)
        }
        if isTooLarge { return .failure(.responseTooLarge(limit: limit, status: status)) }
        let reason = String(cString: curl_easy_strerror(code))
        if code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL {
            return .failure(.invalidRequest(reason))
        }
        guard timesStarted > 0 else { return .failure(.connectionFailed(reason)) }
        return .failure(code == CURLE_OPERATION_TIMEDOUT ? .deadlineExceeded : .interrupted(reason))
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that a positive duration never becomes zero.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
