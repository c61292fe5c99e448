import HTTPTransport
import JSON
import SigV4
import Synchronization

/// How every operation reaches its service: signed, repeated where that is safe, within `AWSDeadline.current`.
final class AWSClient: Sendable {
    typealias Send = @Sendable (HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse

    let service: AWSService
    let endpoint: AWSEndpoint
    private let signer: Signer
    private let policy: RetryPolicy
    private let clock: AWSClock
    private let transmit: Send
    private let tokens = RetryTokens()
    /// Seconds by which the service's clock is ahead of ours.
    private let clockSkew = Atomic<Int>(0)

    init(
        service: AWSService, configuration: AWSConfiguration, policy: RetryPolicy, clock: AWSClock,
        send: @escaping Send
    ) {
        self.service = service
        endpoint = configuration.endpoint(of: service)
        signer = Signer(
            credentials: configuration.credentials, region: configuration.region, service: service.signingName,
            options: service.signingOptions)
        self.policy = policy
        self.clock = clock
        transmit = send
    }

    /// Sends until there is a success (2xx) or no reason to go on.
    func send(_ request: AWSRequest) async throws(AWSError) -> HTTPResponse {
        let payload = SigningRequest.Payload.bytes(request.body)
        var attempt = 0
        var paid = 1
        var mayCorrectClock = true
        var followsUnknownOutcome = false
        while true {
            attempt += 1
            let failure: Failure
            switch await self.attempt(request, payload: payload) {
            case .success(let response):
                tokens.giveBack(paid)
                return response
            case .failure(let reason):
                failure = reason
            }
            if mayCorrectClock, let skew = failure.clockSkew {
                clockSkew.store(skew, ordering: .relaxed)
                mayCorrectClock = false
                attempt -= 1
                continue
            }
            var error = failure.error
            error.attempts = attempt
            error.followsUnknownOutcome = followsUnknownOutcome
            guard policy.allowsRepeating(after: error, repetition: request.repetition, attempt: attempt) else {
                throw error
            }
            let wait = policy.wait(afterAttempt: attempt, random: clock.random(), retryAfter: error.retryAfter)
            let price = failure.isTimeout ? RetryTokens.timeoutPrice : RetryTokens.price
            guard hasTime(for: wait), tokens.take(price) else { throw error }
            paid = price
            if error.kind == .unknownOutcome { followsUnknownOutcome = true }
            guard await pause(wait) else { throw error }
        }
    }

    /// The request's URL with the signature in it, for somebody without credentials; the body is not covered.
    func presignedURL(_ request: AWSRequest, seconds: Int) -> String {
        let host = request.hostPrefix + endpoint.authority
        let path = endpoint.basePath + request.path
        let toSign = SigningRequest(
            method: request.method, path: path, query: request.query, headers: [("Host", host)], payload: .unsigned)
        let moment = clock.epochSeconds() + clockSkew.load(ordering: .relaxed)
        let query = signer.presignedQuery(for: toSign, at: moment, expiresAfter: seconds)
        return "\(endpoint.scheme)://\(host)\(path)?\(query)"
    }

    /// Waits as after a refused attempt, for operations of which only a part was refused.
    ///
    /// - Parameter attempt: the first is 1.
    /// - Returns: false, at once, when no attempt or no time is left.
    func backOff(afterAttempt attempt: Int) async -> Bool {
        guard attempt < policy.maximumAttempts else { return false }
        let wait = policy.wait(afterAttempt: attempt, random: clock.random(), retryAfter: nil)
        guard hasTime(for: wait) else { return false }
        return await pause(wait)
    }

    /// An error of our own making.
    func error(_ operation: String, code: String, message: String, kind: AWSError.Kind) -> AWSError {
        AWSError(service: service.name, operation: operation, code: code, message: message, kind: kind)
    }

    private func hasTime(for wait: Duration) -> Bool {
        guard let deadline = AWSDeadline.current else { return true }
        return clock.now() + wait + policy.reserve < deadline
    }

    private func pause(_ wait: Duration) async -> Bool {
        do throws(CancellationError) {
            try await clock.sleep(wait)
            return true
        } catch {
            return false
        }
    }
}

/// What became of one attempt.
private struct Failure: Error {
    var error: AWSError
    var isTimeout = false
    /// Set when the refusal is explained by our clock: the seconds to add to it.
    var clockSkew: Int?
}

extension AWSClient {
    private func attempt(_ request: AWSRequest, payload: SigningRequest.Payload) async -> Result<HTTPResponse, Failure>
    {
        let now = clock.now()
        if let deadline = AWSDeadline.current, deadline <= now {
            let error = error(
                request.operation, code: "Deadline", message: "no time left to send it", kind: .deadline)
            return .failure(Failure(error: error))
        }
        let limit = now + request.attemptTimeout
        let signed = signed(
            request, payload: payload, deadline: AWSDeadline.current.map { min($0, limit) } ?? limit)
        do throws(HTTPTransportError) {
            let response = try await transmit(signed)
            return (200..<300).contains(response.status)
                ? .success(response) : .failure(failure(of: request, response: response))
        } catch {
            return .failure(failure(of: request, transport: error))
        }
    }

    private func signed(
        _ request: AWSRequest, payload: SigningRequest.Payload, deadline: ContinuousClock.Instant
    ) -> HTTPRequest {
        let host = request.hostPrefix + endpoint.authority
        let path = endpoint.basePath + request.path
        let toSign = SigningRequest(
            method: request.method, path: path, query: request.query,
            headers: [("Host", host)] + request.headers.map { ($0.name, $0.value) }, payload: payload)
        let moment = clock.epochSeconds() + clockSkew.load(ordering: .relaxed)
        let added = signer.headers(for: toSign, at: moment).map { HTTPHeader($0.name, $0.value) }
        let url = "\(endpoint.scheme)://\(host)\(path)" + (request.query.isEmpty ? "" : "?\(request.query)")
        return HTTPRequest(
            method: request.method, url: url, headers: request.headers + added, body: request.body,
            deadline: deadline, isRepeatable: request.repetition == .always)
    }

    private func failure(of request: AWSRequest, response: HTTPResponse) -> Failure {
        let answer = AWSErrorAnswer(response, format: service.errorFormat)
        var error = AWSError(
            service: service.name, operation: request.operation, code: answer.code, message: answer.message,
            requestID: answer.requestID, status: response.status, kind: answer.kind(status: response.status))
        error.retryAfter = RetryAfter.duration(in: response)
        var failure = Failure(error: error)
        // The same codes also stand for a wrong secret: only a clock that differs explains them.
        if AWSErrorCodes.clockSkew.contains(answer.code),
            let theirs = response.header("Date").flatMap({ HTTPDate.epochSeconds($0) })
        {
            let skew = theirs - clock.epochSeconds()
            if abs(skew - clockSkew.load(ordering: .relaxed)) > 60 { failure.clockSkew = skew }
        }
        return failure
    }

    private func failure(of request: AWSRequest, transport: HTTPTransportError) -> Failure {
        func made(_ code: String, _ message: String, _ kind: AWSError.Kind) -> AWSError {
            error(request.operation, code: code, message: message, kind: kind)
        }
        return switch transport {
        case .connectionFailed(let reason):
            Failure(error: made("ConnectionFailed", reason, .transient))
        case .interrupted(let reason): Failure(error: made("ConnectionInterrupted", reason, .unknownOutcome))
        case .deadlineExceeded:
            Failure(error: made("Timeout", "no response in time", .unknownOutcome), isTimeout: true)
        case .cancelled: Failure(error: made("Cancelled", "the task was cancelled", .cancelled))
        case .invalidRequest(let reason): Failure(error: made("InvalidRequest", reason, .client))
        case .responseTooLarge(let limit, _):
            Failure(error: made("ResponseTooLarge", "more than \(limit) bytes", .client))
        }
    }
}
