import SigV4

/// What differs between the services on the wire.
struct AWSService: Sendable {
    enum ErrorFormat: Sendable {
        case json
        case xml
    }

    /// As in the SDKs, for messages: `DynamoDB`.
    let name: String
    /// As in `AWS_ENDPOINT_URL_<SERVICE>`.
    let variableSuffix: String
    /// First label of the public host name.
    let hostLabel: String
    let signingName: String
    let signingOptions: SigningOptions
    let errorFormat: ErrorFormat

    static let dynamoDB = AWSService(
        name: "DynamoDB", variableSuffix: "DYNAMODB", hostLabel: "dynamodb", signingName: "dynamodb",
        signingOptions: .standard, errorFormat: .json)
    static let s3 = AWSService(
        name: "S3", variableSuffix: "S3", hostLabel: "s3", signingName: "s3", signingOptions: .s3, errorFormat: .xml)
    static let sqs = AWSService(
        name: "SQS", variableSuffix: "SQS", hostLabel: "sqs", signingName: "sqs", signingOptions: .standard,
        errorFormat: .json)
    static let ses = AWSService(
        name: "SESv2", variableSuffix: "SESV2", hostLabel: "email", signingName: "ses", signingOptions: .standard,
        errorFormat: .json)
    static let pinpoint = AWSService(
        name: "Pinpoint", variableSuffix: "PINPOINT", hostLabel: "pinpoint", signingName: "mobiletargeting",
        signingOptions: .standard, errorFormat: .json)
    static let secretsManager = AWSService(
        name: "SecretsManager", variableSuffix: "SECRETS_MANAGER", hostLabel: "secretsmanager",
        signingName: "secretsmanager", signingOptions: .standard, errorFormat: .json)
}
