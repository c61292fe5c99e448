import HTTPTransport
import InviteService

/// Posts to webhooks over connections of its own, so that a slow receiver holds up nothing else.
struct WebhookClient: Sendable {
    private let transport = HTTPTransport(
        configuration: HTTPTransport.Configuration(connectionsPerHost: 4, maximumBodySize: 64 << 10))

    /// Receivers must answer within ten seconds; what they say beside the status is of no interest. nil when there is
    /// no answer.
    func post(_ request: WebhookRequest) async -> Int? {
        let message = HTTPRequest(
            method: "POST", url: request.url.description,
            headers: [
                HTTPHeader("content-type", "application/json"), HTTPHeader("user-agent", "calendar-invite-server"),
                HTTPHeader("webhook-id", request.id), HTTPHeader("webhook-timestamp", String(request.timestamp)),
                HTTPHeader("webhook-signature", request.signature),
            ],
            body: request.body, deadline: .now + .seconds(10), address: request.address.text)
        do {
            return try await transport.send(message).status
        } catch HTTPTransportError.responseTooLarge(_, let status) {
            return status
        } catch {
            return nil
        }
    }
}
