import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("SES")
struct SESTests {
    @Test("a mail goes out as it is, with its tags")
    func sendEmail() async throws {
        let fake = FakeAWS([.json(["MessageId": "m-1"]), .json(["MessageId": "m-2"])])
        let ses = try fake.clients().ses
        let identifier = try await ses.sendEmail(
            SES.Email(
                message: Array("Subject: hi\r\n\r\n\u{E9}".utf8), from: "Invites <a@example.com>",
                to: ["b@example.com"],
                configurationSet: "invites", tags: [SES.Tag("event", "0a1b"), SES.Tag("revision", "3")]))
        #expect(identifier == "m-1")
        _ = try await ses.sendEmail(SES.Email(message: [], from: "a@example.com", to: ["b@example.com"]))
        #expect(
            try fake.bodies() == [
                [
                    "FromEmailAddress": "Invites <a@example.com>", "Destination": ["ToAddresses": ["b@example.com"]],
                    "Content": ["Raw": ["Data": "U3ViamVjdDogaGkNCg0Kw6k="]], "ConfigurationSetName": "invites",
                    "EmailTags": [["Name": "event", "Value": "0a1b"], ["Name": "revision", "Value": "3"]],
                ],
                [
                    "FromEmailAddress": "a@example.com", "Destination": ["ToAddresses": ["b@example.com"]],
                    "Content": ["Raw": ["Data": ""]],
                ],
            ])
        #expect(fake.requests[0].method == "POST")
        #expect(fake.requests[0].header("Authorization")?.contains("/eu-west-1/ses/aws4_request") == true)
    }

    @Test("the account tells what may be sent; no limit is none")
    func getAccount() async throws {
        func answer(_ limit: Double) -> FakeAWS.Answer {
            .json([
                "SendQuota": [
                    "Max24HourSend": .number("\(limit)"), "MaxSendRate": .number("14.0"),
                    "SentLast24Hours": .number("120"),
                ], "SendingEnabled": true, "ProductionAccessEnabled": true,
            ])
        }
        let fake = FakeAWS([answer(50_000), answer(-1), .json([:])])
        let ses = try fake.clients().ses
        let account = try await ses.getAccount()
        #expect(account.max24HourSend == 50_000)
        #expect(account.maxSendRate == 14)
        #expect(account.sentLast24Hours == 120)
        #expect(account.isSendingEnabled)
        #expect(account.hasProductionAccess)
        #expect(try await ses.getAccount().max24HourSend == nil)
        await #expect(throws: AWSError.self) { try await ses.getAccount() }
        #expect(fake.requests[0].method == "GET")
        #expect(fake.requests[0].url == "https://email.eu-west-1.amazonaws.com/v2/email/account")
    }

    @Test("the account's suppression list is read page by page")
    func suppressionList() async throws {
        let fake = FakeAWS([
            .json([
                "SuppressedDestinationSummaries": [
                    ["EmailAddress": "b@example.com", "Reason": "BOUNCE", "LastUpdateTime": .number("1.7953488E9")]
                ], "NextToken": "a/b=",
            ]), .json(["SuppressedDestinationSummaries": []]),
            .json(["SuppressedDestinationSummaries": [["EmailAddress": "b@example.com"]]]),
        ])
        let ses = try fake.clients().ses
        let page = try await ses.listSuppressedDestinations(after: nil, limit: 2)
        #expect(page.destinations.first?.address == "b@example.com")
        #expect(page.destinations.first?.reason == "BOUNCE")
        #expect(page.destinations.first?.lastUpdate == 1_795_348_800)
        let last = try await ses.listSuppressedDestinations(after: page.nextToken, limit: 2)
        #expect(last.destinations.isEmpty && last.nextToken == nil)
        await #expect(throws: AWSError.self) { try await ses.listSuppressedDestinations(after: nil, limit: 2) }
        let list = "https://email.eu-west-1.amazonaws.com/v2/email/suppression/addresses"
        #expect(fake.requests.prefix(2).map(\.url) == ["\(list)?PageSize=2", "\(list)?NextToken=a%2Fb%3D&PageSize=2"])
    }
}
