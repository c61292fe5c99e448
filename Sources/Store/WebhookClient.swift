import HTTPTransport
import InviteService

/// Posts to webhooks over connections of its own, so that a slow receiver holds up nothing else.
struct WebhookClient: Sendable {
    private let transport = HTTPTransport(
        configuration: HTTPTransport.Configuration(connectionsPerHost: 4, maximumBodySize: 64 << 10))

    /// Receivers must answer within ten seconds. The status; nil when there is none.
    func post(_ request: WebhookRequest) async -> Int? {
        let response = try? await transport.send(
            HTTPRequest(
                method: "POST", url: request.url.description,
                headers: [
                    HTTPHeader("content-type", "application/json"), HTTPHeader("user-agent", "calendar-invite-server"),
                    HTTPHeader("webhook-id", request.id), HTTPHeader("webhook-timestamp", String(request.timestamp)),
                    HTTPHeader("webhook-signature", request.signature),
                ],
                body: request.body, deadline: .now + .seconds(10), address: request.address.text))
        return response?.status
    }
}
