import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("Error answers")
struct ErrorShapeTests {
    private func dynamoDBError(_ answer: FakeAWS.Answer) async throws -> AWSError? {
        let dynamoDB = try FakeAWS([answer]).clients(policy: RetryPolicy(maximumAttempts: 1)).dynamoDB
        return await awsError { () throws(AWSError) in
            try await dynamoDB.putItem(DynamoDB.PutItem(table: "t", item: [:]))
        }
    }

    @Test("DynamoDB's errors give code, message, request and status")
    func dynamoDB() async throws {
        let error = try await dynamoDBError(
            .text(
                #"{"__type":"com.amazon.coral.validate#ValidationException","Message":"One value missing"}"#,
                status: 400, headers: [HTTPHeader("x-amzn-RequestId", "R1")]))
        #expect(error?.service == "DynamoDB")
        #expect(error?.operation == "PutItem")
        #expect(error?.code == "ValidationException")
        #expect(error?.message == "One value missing")
        #expect(error?.requestID == "R1")
        #expect(error?.status == 400)
        #expect(error?.kind == .client)
        #expect(error?.description == "DynamoDB PutItem: ValidationException (400): One value missing [R1]")
    }

    @Test("a failed condition brings the item it failed on, when that was asked for")
    func conditionFailed() async throws {
        let error = try await dynamoDBError(
            .text(
                """
                {"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                "message":"The conditional request failed","Item":{"pk":{"S":"event#1"},"revision":{"N":"7"}}}
                """, status: 400))
        #expect(error?.kind == .conditionFailed(item: ["pk": "event#1", "revision": 7]))
    }

    @Test("a cancelled transaction tells each action's part in it")
    func canceled() async throws {
        let error = try await dynamoDBError(
            .text(
                """
                {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"cancelled",
                "CancellationReasons":[{"Code":"None"},
                {"Code":"ConditionalCheckFailed","Message":"The conditional request failed","Item":{"sk":{"S":"x"}}}]}
                """, status: 400))
        #expect(
            error?.kind
                == .transactionCanceled([
                    DynamoDB.CancellationReason(code: "None"),
                    DynamoDB.CancellationReason(
                        code: "ConditionalCheckFailed", message: "The conditional request failed", item: ["sk": "x"]),
                ]))
        #expect(error?.isRetryable == false)
    }

    @Test("SES names its errors in a header, with a URL behind")
    func ses() async throws {
        let fake = FakeAWS([
            .json(
                ["message": "Email address is not verified. Failed: who@example.com in EU-WEST-1"], status: 400,
                headers: [
                    HTTPHeader("x-amzn-ErrorType", "MessageRejected:http://internal.amazon.com/coral/ses/"),
                    HTTPHeader("x-amzn-requestid", "R2"),
                ])
        ])
        let ses = try fake.clients().ses
        let error = await awsError { () throws(AWSError) in
            _ = try await ses.sendEmail(SES.Email(message: [], from: "a@example.com", to: ["b@example.com"]))
        }
        #expect(error?.code == "MessageRejected")
        #expect(error?.kind == .client)
        #expect(
            error?.description
                == "SESv2 SendEmail: MessageRejected (400): "
                + "Email address is not verified. Failed: (address) in EU-WEST-1 [R2]"
        )
    }

    @Test("S3's XML gives code, message and request")
    func s3() async throws {
        let fake = FakeAWS([
            .text(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>NoSuchKey</Code><Message>The key &lt;a&gt; &#233;&#xe9; does not exist.</Message>
                <Key>a</Key><RequestId>R3</RequestId></Error>
                """, status: 404)
        ])
        let s3 = try fake.clients().s3
        let error = await awsError { () throws(AWSError) in
            _ = try await s3.getObject(bucket: "b", key: "a", maximumSize: 10)
        }
        #expect(error?.code == "NoSuchKey")
        #expect(error?.message == "The key <a> éé does not exist.")
        #expect(error?.requestID == "R3")
    }

    @Test(
        "an answer that is no error document still has a code",
        arguments: [
            "", "<html><body>Bad Gateway", "not json", "[1]", "<!DOCTYPE x []><Error/>", "<Error>&bogus;</Error>",
        ])
    func foreign(body: String) async throws {
        #expect(try await dynamoDBError(.text(body, status: 502))?.code == "HTTP502")
        let s3 = try FakeAWS([.text(body, status: 502)]).clients(policy: RetryPolicy(maximumAttempts: 1)).s3
        let error = await awsError { () throws(AWSError) in _ = try await s3.putObject(bucket: "b", key: "a", body: [])
        }
        #expect(error?.code == "HTTP502")
        #expect(error?.kind == .unknownOutcome)
    }
}
