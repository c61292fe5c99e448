import LambdaEvents

extension HTTPAPIResponse {
    /// The dashboard, which asks for the key it calls the API with. The path may name an event.
    static var dashboard: HTTPAPIResponse {
        HTTPAPIResponse(
            status: 200,
            headers: [
                "content-type": "text/html; charset=utf-8", "content-security-policy": DashboardPage.policy,
                "cache-control": "public, max-age=300", "referrer-policy": "no-referrer",
                "x-content-type-options": "nosniff",
            ],
            body: text(DashboardPage.text))
    }

    /// The description of the HTTP API.
    static var openAPI: HTTPAPIResponse {
        HTTPAPIResponse(
            status: 200,
            headers: [
                "content-type": "application/json", "cache-control": "public, max-age=300",
                // Nothing in it is anybody's, and documentation viewers elsewhere read it.
                "access-control-allow-origin": "*",
            ],
            body: text(OpenAPIDocument.text))
    }

    private static func text(_ text: StaticString) -> String {
        text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    }
}
