import JSON
import LambdaEvents
import Testing

@Suite("Lambda events")
struct LambdaEventsTests {
    @Test("an SES receipt gives message id, recipients and verdicts")
    func sesReceipt() throws {
        let event = try SESReceiptEvent(
            try JSON(
                parsing: """
                    {"Records":[{"eventSource":"aws:ses","ses":{"mail":{"messageId":"m1"},"receipt":{
                    "recipients":["rsvp+abc@invites.example"],"spamVerdict":{"status":"PASS"},
                    "virusVerdict":{"status":"PASS"},"spfVerdict":{"status":"GRAY"},"dkimVerdict":{"status":"PASS"},
                    "dmarcVerdict":{"status":"FAIL"}}}}]}
                    """))
        #expect(event.records.map(\.messageID) == ["m1"])
        #expect(event.records[0].recipients == ["rsvp+abc@invites.example"])
        #expect(
            event.records[0].verdicts == .init(spam: "PASS", virus: "PASS", spf: "GRAY", dkim: "PASS", dmarc: "FAIL"))
    }

    @Test("a verdict that is missing counts as not processed, never as passed")
    func missingVerdict() throws {
        let event = try SESReceiptEvent(
            ["Records": [["ses": ["mail": ["messageId": "m"], "receipt": ["recipients": []]]]]])
        #expect(event.records[0].verdicts.dmarc == "PROCESSING_FAILED")
    }

    @Test("an HTTP API body is decoded when the gateway encoded it")
    func httpAPIBody() throws {
        let request = try HTTPAPIRequest([
            "rawPath": "/x", "headers": ["x-api-key": "k"], "queryStringParameters": ["a": "1"],
            "requestContext": ["http": ["method": "POST", "path": "/x", "sourceIp": "192.0.2.1"]],
            "body": "AP/+YQ==", "isBase64Encoded": true,
        ])
        #expect(request.body == [0, 0xFF, 0xFE, 0x61])
        #expect(request.headers == ["x-api-key": "k"])
        #expect(request.query == ["a": "1"])
        #expect(request.method == "POST")
    }

    @Test("an SQS batch answer names the failed messages")
    func sqs() throws {
        let event = try SQSEvent([
            "Records": [["messageId": "1", "body": "b", "attributes": ["ApproximateReceiveCount": "3"]]]
        ])
        #expect(event.messages[0].receiveCount == 3)
        #expect(
            SQSBatchResponse(failedMessageIDs: ["1"]).json.text
                == #"{"batchItemFailures":[{"itemIdentifier":"1"}]}"#)
    }

    @Test("a payload of another trigger is refused with what is missing")
    func wrongPayload() {
        #expect(throws: PayloadError(payload: "SES receipt event", missing: "ses.mail.messageId")) {
            try SESReceiptEvent(["Records": [["messageId": "1"]]])
        }
        #expect(throws: PayloadError.self) { try SQSEvent([:]) }
        #expect(throws: PayloadError.self) { try HTTPAPIRequest(["version": "1.0"]) }
        #expect(throws: PayloadError.self) { try DynamoDBStreamEvent(["Records": [[:]]]) }
    }
}
