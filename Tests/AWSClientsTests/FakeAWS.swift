import AWSClients
import HTTPTransport
import JSON
import Synchronization

/// Stands in for the services: gives the answers it was made with, in order, and keeps what it was asked.
final class FakeAWS: Sendable {
    enum Answer: Sendable {
        case response(HTTPResponse)
        case failure(HTTPTransportError)

        static func json(_ value: JSON, status: Int = 200, headers: [HTTPHeader] = []) -> Answer {
            .response(HTTPResponse(status: status, headers: headers, body: value.bytes))
        }

        static func text(_ text: String, status: Int = 200, headers: [HTTPHeader] = []) -> Answer {
            .response(HTTPResponse(status: status, headers: headers, body: Array(text.utf8)))
        }

        static func error(_ code: String, status: Int = 400, message: String = "", headers: [HTTPHeader] = []) -> Answer
        {
            .json(["__type": .string(code), "message": .string(message)], status: status, headers: headers)
        }
    }

    private struct State {
        var answers: [Answer]
        var requests: [HTTPRequest] = []
        var sleeps: [Duration] = []
        var elapsed = Duration.zero
    }

    private let state: Mutex<State>
    let start = ContinuousClock.now

    init(_ answers: [Answer]) { state = Mutex(State(answers: answers)) }

    var requests: [HTTPRequest] { state.withLock(\.requests) }
    var sleeps: [Duration] { state.withLock(\.sleeps) }

    /// The bodies sent, parsed.
    func bodies() throws -> [JSON] { try requests.map { try JSON(parsing: $0.body) } }

    static let environment = [
        "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
    ]

    /// - Parameter random: what chance gives to every wait, in 0 ..< 1.
    func clients(
        environment: [String: String] = FakeAWS.environment, policy: RetryPolicy = RetryPolicy(), random: Double = 0.5,
        secondsPerRequest: Int = 0
    ) throws -> AWSClients {
        let clock = AWSClock(
            now: { [self] in start + state.withLock(\.elapsed) },
            epochSeconds: { 1_440_938_160 },
            sleep: { [self] duration throws(CancellationError) in
                state.withLock {
                    $0.sleeps.append(duration)
                    $0.elapsed += duration
                }
            },
            random: { random })
        return AWSClients(
            configuration: try AWSConfiguration(environment: environment), policy: policy, clock: clock
        ) { [self] request throws(HTTPTransportError) in
            let answer = state.withLock {
                $0.requests.append(request)
                $0.elapsed += .seconds(secondsPerRequest)
                return $0.answers.isEmpty ? nil : $0.answers.removeFirst()
            }
            switch answer {
            case .response(let response): return response
            case .failure(let error): throw error
            case nil: throw .invalidRequest("no answer was prepared for this request")
            }
        }
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

/// The error a call ends with; nil when it succeeds.
func awsError(_ call: () async throws(AWSError) -> Void) async -> AWSError? {
    do throws(AWSError) {
        try await call()
        return nil
    } catch {
        return error
    }
}
