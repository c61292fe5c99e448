import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("Secrets Manager")
struct SecretsManagerTests {
    @Test("a secret's text is read, of a stage if one is named")
    func getSecretValue() async throws {
        let fake = FakeAWS([
            .json(["SecretString": "hush"]), .json(["SecretString": "old"]), .json(["SecretBinary": "AAEC"]),
        ])
        let secrets = try fake.clients().secretsManager
        #expect(try await secrets.getSecretValue(id: "tokens") == "hush")
        #expect(try await secrets.getSecretValue(id: "tokens", stage: "AWSPREVIOUS") == "old")
        await #expect(throws: AWSError.self) { try await secrets.getSecretValue(id: "tokens") }
        #expect(
            try fake.bodies().prefix(2) == [
                ["SecretId": "tokens"], ["SecretId": "tokens", "VersionStage": "AWSPREVIOUS"],
            ])
        #expect(fake.requests[0].header("X-Amz-Target") == "secretsmanager.GetSecretValue")
        #expect(fake.requests[0].header("Content-Type") == "application/x-amz-json-1.1")
    }
}
