import HTTPTransport
import JSON
import SigV4

/// The door of a running mail service, from outside its process.
package struct MailDoor: Sendable {
    private let endpoint: String
    private let transport: HTTPTransport

    package init(state: StackState, transport: HTTPTransport = HTTPTransport()) {
        endpoint = state.mailEndpoint
        self.transport = transport
    }

    /// - Parameter verdicts: as `MailVerdicts.apply` takes them.
    /// - Returns: the message id.
    package func deliver(_ message: [UInt8], to recipients: [String], verdicts: [String] = []) async throws -> String {
        let query =
            recipients.map { "to=\(PercentEncoding.encode($0))" }
            + verdicts.map { "verdict=\(PercentEncoding.encode($0))" }
        let answer = try await send("POST", "/local/deliver?\(query.joined(separator: "&"))", message)
        return answer["messageId"]?.string ?? ""
    }

    /// Replaces the plan of what goes wrong with mail that is sent; see `FaultPlan`.
    package func setFaults(_ plan: JSON) async throws { try await send("PUT", "/local/faults", plan.bytes) }

    /// What becomes of mail to these addresses; see `MailOutcome`.
    package func setOutcomes(_ outcomes: [String: MailOutcome]) async throws {
        let json = outcomes.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value.rawValue) }
        try await send("PUT", "/local/outcomes", JSON.object(json).bytes)
    }

    package func setQuota(maximumSendRate: Double, maximum24HourSend: Double) async throws {
        let limits: JSON = [
            "maxSendRate": .number("\(maximumSendRate)"), "max24HourSend": .number("\(maximum24HourSend)"),
        ]
        try await send("PUT", "/local/quota", limits.bytes)
    }

    @discardableResult
    private func send(_ method: String, _ path: String, _ body: [UInt8]) async throws -> JSON {
        let response = try await transport.send(
            HTTPRequest(
                method: method, url: endpoint + path, body: body, deadline: .now + .seconds(60), isRepeatable: false))
        let answer = (try? JSON(parsing: response.body)) ?? .null
        guard response.status < 300 else {
            throw MailDoorError(message: answer["message"]?.string ?? "status \(response.status)")
        }
        return answer
    }
}

package struct MailDoorError: Error, Sendable, CustomStringConvertible {
    package let message: String

    package var description: String { "the mail service refused: \(message)" }
}
