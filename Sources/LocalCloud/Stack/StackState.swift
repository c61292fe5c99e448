import HTTPTransport
import JSON
import SigV4

/// Where everything of a local stack is: what the other verbs of the command-line tool, and tests, need to use it.
package struct StackState: Sendable, Equatable {
    package var region: String
    /// Of the AWS services but SES.
    package var endpoint: String
    /// Of SES v2, and of the door for mail that comes in.
    package var mailEndpoint: String
    /// Of the HTTP API.
    package var gateway: String
    /// Of a user who may do everything.
    package var credentials: Credentials
    package var mailDomain: String
    /// Folder with the mails that were sent.
    package var outbox: String
    /// Outputs of the stack.
    package var outputs: [String: String]
    /// Physical ids by logical id.
    package var resources: [String: String]

    package init(
        region: String, endpoint: String, mailEndpoint: String, gateway: String, credentials: Credentials,
        mailDomain: String, outbox: String, outputs: [String: String], resources: [String: String]
    ) {
        self.region = region
        self.endpoint = endpoint
        self.mailEndpoint = mailEndpoint
        self.gateway = gateway
        self.credentials = credentials
        self.mailDomain = mailDomain
        self.outbox = outbox
        self.outputs = outputs
        self.resources = resources
    }

    package init?(_ json: JSON) {
        func text(_ name: String) -> String? { json[name]?.string }
        guard let region = text("region"), let endpoint = text("endpoint"), let mail = text("mailEndpoint"),
            let gateway = text("gateway"), let key = text("accessKeyId"), let secret = text("secretAccessKey"),
            let domain = text("mailDomain"), let outbox = text("outbox")
        else { return nil }
        self.init(
            region: region, endpoint: endpoint, mailEndpoint: mail, gateway: gateway,
            credentials: Credentials(accessKeyID: key, secretAccessKey: secret), mailDomain: domain, outbox: outbox,
            outputs: StackState.dictionary(json["outputs"]), resources: StackState.dictionary(json["resources"]))
    }

    package var json: JSON {
        [
            "region": .string(region), "endpoint": .string(endpoint), "mailEndpoint": .string(mailEndpoint),
            "gateway": .string(gateway), "accessKeyId": .string(credentials.accessKeyID),
            "secretAccessKey": .string(credentials.secretAccessKey), "mailDomain": .string(mailDomain),
            "outbox": .string(outbox), "outputs": StackState.object(outputs), "resources": StackState.object(resources),
        ]
    }

    /// The environment of a program that uses the stack's services as it would use AWS.
    package var environment: [String: String] {
        [
            "AWS_REGION": region, "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey, "AWS_ENDPOINT_URL": endpoint,
            "AWS_ENDPOINT_URL_SESV2": mailEndpoint,
        ]
    }

    package func lambda(transport: HTTPTransport) -> LambdaFunctions {
        LambdaFunctions(
            aws: LocalAWS(endpoint: endpoint, region: region, credentials: credentials, transport: transport))
    }

    private static func dictionary(_ json: JSON?) -> [String: String] {
        (json?.object ?? [:]).reduce(into: [:]) { $0[$1.name] = $1.value.string }
    }

    private static func object(_ dictionary: [String: String]) -> JSON {
        .object(
            dictionary.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value) })
    }
}
