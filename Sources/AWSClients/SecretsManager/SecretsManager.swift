import JSON

/// AWS Secrets Manager.
package struct SecretsManager: Sendable {
    let client: AWSClient

    /// Reads a secret's text (`GetSecretValue`).
    ///
    /// - Parameters:
    ///   - id: name or ARN.
    ///   - stage: `AWSPREVIOUS` for the text before the last rotation; nil for the current one.
    package func getSecretValue(id: String, stage: String? = nil) async throws(AWSError) -> String {
        var input: JSONObject = ["SecretId": .string(id)]
        input["VersionStage"] = stage.map { .string($0) }
        let output = try await client.call("GetSecretValue", target: "secretsmanager", version: "1.1", input)
        guard let text = output["SecretString"]?.string else {
            throw client.error("GetSecretValue", code: "NoText", message: "the secret is not a text", kind: .client)
        }
        return text
    }
}
