import AWSClients
import HTTPTransport
import JSON
import Synchronization
import Testing

/// Stands in for AWS: gives the answers it was made with, in order, and keeps what it was asked.
final class FakeServices: Sendable {
    enum Answer: Sendable {
        case response(status: Int, body: [UInt8])
        case failure(HTTPTransportError)

        static let empty = json([:])

        static func json(_ value: JSON, status: Int = 200) -> Answer { .response(status: status, body: value.bytes) }

        static func error(_ code: String, status: Int = 400, message: String = "", item: JSON? = nil) -> Answer {
            var object: JSONObject = ["__type": .string(code), "message": .string(message)]
            object["Item"] = item
            return .json(.object(object), status: status)
        }

        /// A failed condition, with the item it failed on.
        static func conditionFailed(_ item: DynamoDB.Item? = nil) -> Answer {
            error("ConditionalCheckFailedException", item: item?.wire)
        }
    }

    private struct State {
        var answers: [Answer]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ answers: Answer...) { state = Mutex(State(answers: answers)) }

    var requests: [HTTPRequest] { state.withLock(\.requests) }

    /// The bodies sent, parsed.
    func bodies() throws -> [JSON] { try requests.map { try JSON(parsing: $0.body) } }

    func clients() throws -> AWSClients {
        let clock = AWSClock(
            now: { ContinuousClock.now }, epochSeconds: { 1_795_348_800 },
            sleep: { _ throws(CancellationError) in }, random: { 0.5 })
        let configuration = try AWSConfiguration(environment: [
            "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
        ])
        return AWSClients(configuration: configuration, clock: clock) { [self] request throws(HTTPTransportError) in
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answers.isEmpty ? nil : state.answers.removeFirst()
            }
            switch answer {
            case .response(let status, let body): return HTTPResponse(status: status, body: body)
            case .failure(let error): throw error
            case nil: throw .invalidRequest("no answer was prepared for this request")
            }
        }
    }
}
