import AWSClients
import HTTPTransport
import SigV4
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    @Test("a variable that is missing or empty is named")
    func missing() {
        for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            for value in [nil, ""] {
                var environment = FakeAWS.environment
                environment[name] = value
                #expect(throws: AWSConfigurationError.missing(variable: name)) {
                    try AWSConfiguration(environment: environment)
                }
            }
        }
    }

    @Test("AWS_DEFAULT_REGION serves where AWS_REGION is missing")
    func defaultRegion() throws {
        var environment = FakeAWS.environment
        environment["AWS_DEFAULT_REGION"] = "us-east-2"
        #expect(try AWSConfiguration(environment: environment).region == "eu-west-1")
        environment["AWS_REGION"] = nil
        #expect(try AWSConfiguration(environment: environment).region == "us-east-2")
    }

    @Test("temporary credentials have a session token, others have none")
    func sessionToken() throws {
        var environment = FakeAWS.environment
        environment["AWS_SESSION_TOKEN"] = "token"
        #expect(try AWSConfiguration(environment: environment).credentials.sessionToken == "token")
        for value in [nil, ""] {
            environment["AWS_SESSION_TOKEN"] = value
            #expect(try AWSConfiguration(environment: environment).credentials.sessionToken == nil)
        }
    }

    @Test(
        "an endpoint that is no URL is refused", arguments: ["localhost:4566", "ftp://host", "http://", "http://a@b"])
    func badEndpoint(url: String) {
        var environment = FakeAWS.environment
        environment["AWS_ENDPOINT_URL_S3"] = url
        #expect(throws: AWSConfigurationError.notAnEndpoint(variable: "AWS_ENDPOINT_URL_S3")) {
            try AWSConfiguration(environment: environment)
        }
    }

    @Test("requests go to the public endpoints of the region by default")
    func publicEndpoints() async throws {
        #expect(
            try await hosts(environment: [:]) == [
                "https://dynamodb.eu-west-1.amazonaws.com/",
                "https://sqs.eu-west-1.amazonaws.com/",
                "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails",
                "https://secretsmanager.eu-west-1.amazonaws.com/",
                "https://bucket.s3.eu-west-1.amazonaws.com/a%20b",
                "https://s3.eu-west-1.amazonaws.com/dotted.bucket/a%20b",
            ])
    }

    @Test("a service's own endpoint goes before the common one, and S3 then has its bucket in the path")
    func customEndpoints() async throws {
        let environment = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:4566/", "AWS_ENDPOINT_URL_SESV2": "http://127.0.0.1:8025/ses/",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://secrets.test:80", "AWS_ENDPOINT_URL_SQS": "",
        ]
        #expect(
            try await hosts(environment: environment) == [
                "http://127.0.0.1:4566/",
                "http://127.0.0.1:4566/",
                "http://127.0.0.1:8025/ses/v2/email/outbound-emails",
                "http://secrets.test/",
                "http://127.0.0.1:4566/bucket/a%20b",
                "http://127.0.0.1:4566/dotted.bucket/a%20b",
            ])
    }

    private func hosts(environment: [String: String]) async throws -> [String] {
        let fake = FakeAWS([])
        let clients = try fake.clients(environment: FakeAWS.environment.merging(environment) { $1 })
        _ = await awsError { () throws(AWSError) in _ = try await clients.dynamoDB.getItem(table: "t", key: [:]) }
        _ = await clients.sqs.sendMessages([SQS.Message(body: "x")], queueURL: "q")
        _ = await awsError { () throws(AWSError) in
            _ = try await clients.ses.sendEmail(SES.Email(message: [], from: "a@example.com", to: []))
        }
        _ = await awsError { () throws(AWSError) in _ = try await clients.secretsManager.getSecretValue(id: "s") }
        for bucket in ["bucket", "dotted.bucket"] {
            _ = await awsError { () throws(AWSError) in
                _ = try await clients.s3.putObject(bucket: bucket, key: "a b", body: [])
            }
        }
        return fake.requests.map(\.url)
    }
}
