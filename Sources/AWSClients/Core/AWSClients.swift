import HTTPTransport

/// The services this product uses, sharing one transport.
package struct AWSClients: Sendable {
    package let dynamoDB: DynamoDB
    package let s3: S3
    package let sqs: SQS
    package let ses: SES
    package let pinpoint: Pinpoint
    package let secretsManager: SecretsManager

    package init(configuration: AWSConfiguration, transport: HTTPTransport, policy: RetryPolicy = RetryPolicy()) {
        self.init(configuration: configuration, policy: policy) { request throws(HTTPTransportError) in
            try await transport.send(request)
        }
    }

    /// - Parameter send: sends one HTTP request; in tests it answers by itself.
    package init(
        configuration: AWSConfiguration, policy: RetryPolicy = RetryPolicy(), clock: AWSClock = .live,
        send: @escaping @Sendable (HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse
    ) {
        func client(_ service: AWSService) -> AWSClient {
            AWSClient(service: service, configuration: configuration, policy: policy, clock: clock, send: send)
        }
        dynamoDB = DynamoDB(client: client(.dynamoDB))
        s3 = S3(client: client(.s3))
        sqs = SQS(client: client(.sqs))
        ses = SES(client: client(.ses))
        pinpoint = Pinpoint(client: client(.pinpoint))
        secretsManager = SecretsManager(client: client(.secretsManager))
    }
}
