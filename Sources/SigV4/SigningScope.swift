/// Where and when a signature holds: one day, one region, one service.
package struct SigningScope: Sendable, Hashable {
    package let day: String
    package let region: String
    /// The signing name, which is not always the host's: `ses` for `email.<region>.amazonaws.com`.
    package let service: String

    package init(day: String, region: String, service: String) {
        self.day = day
        self.region = region
        self.service = service
    }

    /// `20150830/us-east-1/dynamodb/aws4_request`
    package var text: String { "\(day)/\(region)/\(service)/aws4_request" }
}
