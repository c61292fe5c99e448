import SigV4
import Testing

/// Our own cases: the requests this product makes, and the corners of signing. The signatures are botocore's.
struct TableCase: Sendable, CustomTestStringConvertible {
    var sentence: String
    var url: String
    var headers: [String] = []
    var body = ""
    var form = "header"
    var service = "dynamodb"
    var region = "eu-west-1"
    var method = "GET"
    var sessionToken: String?
    var epochSeconds = 1_440_938_160
    var signsPayload = true
    var expiresAfter = 3600
    var signature: String

    var testDescription: String { sentence }

    var request: BotocoreOracle.Request {
        BotocoreOracle.Request(
            form: form, service: service, region: region, epochSeconds: epochSeconds, accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: sessionToken, method: method,
            url: url, headers: ["Host", String(url.split(separator: "/")[1])] + headers,
            bodyHex: Hexadecimal.encode(Array(body.utf8)), signsPayload: signsPayload, expiresAfter: expiresAfter)
    }

    static let all: [TableCase] = [
        TableCase(
            sentence: "a DynamoDB call with its target header",
            url: "https://dynamodb.eu-west-1.amazonaws.com/",
            headers: ["Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810.GetItem"],
            body: "{\"TableName\":\"events\",\"Key\":{\"pk\":{\"S\":\"event#1\"}}}",
            method: "POST",
            signature: "acdcd87fc5aafa412db46db5c69f388d79d9159d16e4a9104d984b3676efb794"),
        TableCase(
            sentence: "a role's session token is signed",
            url: "https://sqs.eu-west-1.amazonaws.com/",
            headers: ["X-Amz-Target", "AmazonSQS.SendMessageBatch"],
            body: "{}",
            service: "sqs",
            method: "POST",
            sessionToken: "IQoJb3JpZ2luX2VjE+/==",
            epochSeconds: 1_763_842_800,
            signature: "8aa2800c2bd8e1bce3c0eb1e4bff71d973e693881b6441d776fb316b17a267b6"),
        TableCase(
            sentence: "an e-mail in UTF-8",
            url: "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails",
            headers: ["Content-Type", "application/json"],
            body: "{\"Subject\":\"Déjeuner 📅\"}",
            service: "ses",
            method: "POST",
            signature: "f1fb961ee26c0a1b3dfacff758fc0e400765618eadeea8ccacc44fab2b2f1313"),
        TableCase(
            sentence: "an endpoint with a port",
            url: "http://127.0.0.1:4566/",
            headers: ["X-Amz-Target", "secretsmanager.GetSecretValue"],
            body: "{\"SecretId\":\"tokens\"}",
            service: "secretsmanager",
            region: "us-east-1",
            method: "POST",
            signature: "84432162c4a19df2b5403bb23cca4b0eb6ca3c419b8bad0063369bade30f6c5d"),
        TableCase(
            sentence: "an S3 key with spaces, plus and umlaut is encoded once",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/lists/M%C3%BCller%20%2B%20S%C3%B6hne.csv",
            service: "s3",
            signature: "c4c6d93a40b95f791d245b80ff7e3d6a63aae312419b5124aba128e15cf93907"),
        TableCase(
            sentence: "an S3 key keeps its empty and dot segments",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/a//b/./../c",
            service: "s3",
            signature: "9b93ebfa1aea1ceb87eb021f778e5e8190fa5c42d7af59d8cf3092f05b179310"),
        TableCase(
            sentence: "an S3 listing's query is sorted",
            url:
                "https://bucket.s3.eu-west-1.amazonaws.com/?list-type=2"
                + "&prefix=lists%2F2026&max-keys=10&continuation-token=a%2Bb%3D",
            service: "s3",
            signature: "4da18f7edc4fab06c5b57f5ac3e96671028e9cd6ffd4f2e9e65d4c3ba12088be"),
        TableCase(
            sentence: "an S3 range and condition are signed",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/big.gz",
            headers: ["Range", "bytes=0-1048575", "If-Match", "\"5d41402abc4b2a76b9719d911017c592\""],
            service: "s3",
            signature: "b8a306e3e746331ce9055176b76b9fa143c07d71bdd38f35dddb0d4da7526195"),
        TableCase(
            sentence: "an S3 object is stored with its hash",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/mail/1",
            headers: ["Content-Type", "message/rfc822"],
            body: "From: a@example.com\r\n\r\nhi\r\n",
            service: "s3",
            method: "PUT",
            signature: "c4b12bd0574ec9c9cba54d0dca719bb8c2a8e9d000f6f9e5210c7fd606dc1ce5"),
        TableCase(
            sentence: "an S3 object is stored unsigned",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/mail/1",
            headers: ["Content-Type", "message/rfc822"],
            body: "From: a@example.com\r\n\r\nhi\r\n",
            service: "s3",
            method: "PUT",
            signsPayload: false,
            signature: "55b51ed522eb89848eb796ca2713ebe6ed907bc710ddc9ef1681d8e5736d312e"),
        TableCase(
            sentence: "an S3 link good for a week",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/report%201.csv",
            form: "query",
            service: "s3",
            signsPayload: false,
            expiresAfter: 604_800,
            signature: "5fc3131c17f0fb2a6261b529db86882f1c930eed6062da54f09043991722b387"),
        TableCase(
            sentence: "an S3 link signed by a role, with its own parameters",
            url: "https://bucket.s3.eu-west-1.amazonaws.com/report.csv?response-content-type=text%2Fcsv",
            form: "query",
            service: "s3",
            sessionToken: "IQoJb3JpZ2luX2VjE+/==",
            signsPayload: false,
            expiresAfter: 60,
            signature: "e780b075a57b51effd4098ca5658d572a1b040ccb0416e4fe2e97ce9c03ec8b5"),
        TableCase(
            sentence: "elsewhere the path is normalized and encoded twice",
            url: "https://api.example.com/prod/./a//b%20c/../d",
            service: "execute-api",
            signature: "1fa274eb95b57b9b0e6a6a3c325bfc2ad12d0e18852f2bbd26362d67b6cc07b4"),
        TableCase(
            sentence: "a name given twice, in query and headers",
            url: "https://api.example.com/prod?b=2&a=%20&b=1&a",
            headers: ["X-List", "one", "x-list", "  two   words "],
            service: "execute-api",
            signature: "a9619d5980641e36870d87a44e4c62ba33ac7c511ca3dd48adf4140ed65c7fc8"),
        TableCase(
            sentence: "headers that change on the way are left out",
            url: "https://api.example.com/prod",
            headers: ["User-Agent", "curl/8", "Expect", "100-continue", "X-Amzn-Trace-Id", "Root=1"],
            service: "execute-api",
            signature: "3f900dd9f57e78289ccff058e493cdc0e387f5c6af9465ce6722b7cd289c9a8f"),
        TableCase(
            sentence: "the last second of a leap day",
            url: "https://api.example.com/prod",
            service: "execute-api",
            epochSeconds: 1_709_251_199,
            signature: "d55ac1f4c8a852adc77b1e75755a96d0c346c80536ee1097358f841b45ef0fbe"),
    ]
}

@Suite("Signing table")
struct SigningTableTests {
    @Test("the signature is the expected one", arguments: TableCase.all)
    func signature(tableCase: TableCase) {
        #expect(tableCase.request.ownSignature == tableCase.signature)
    }

    @Test(
        "the table still says what botocore says",
        .enabled(if: BotocoreOracle.python != nil, "no Python with botocore: Scripts/test installs it"))
    func table() throws {
        let signatures = try BotocoreOracle.signatures(of: TableCase.all.map(\.request))
        #expect(signatures == TableCase.all.map(\.signature))
    }
}
