import AWSClients
import HTTPTransport
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Handing a mail to SES")
struct MailSenderTests {
    private func send(
        _ answers: FakeServices, configurationSet: String? = nil, isPaced: Bool = false
    ) async throws -> SendResult {
        let sender = MailSender(
            ses: try answers.clients().ses, configurationSet: configurationSet, isPaced: isPaced)
        return try await sender.send(
            OutgoingInvitation(
                to: try Samples.address("bob@example.com"), from: "invitation@calendar.example.com",
                message: Array("Subject: x\r\n\r\n".utf8), tags: [("event", "1")]))
    }

    @Test("gives its message id")
    func sent() async throws {
        let fake = FakeServices(.json(["MessageId": "ses-1"]))
        #expect(try await send(fake, configurationSet: "set") == .sent(messageID: "ses-1"))
        let body = try fake.bodies()[0]
        #expect(body["Destination"]?["ToAddresses"] == ["bob@example.com"])
        #expect(body["FromEmailAddress"] == "invitation@calendar.example.com")
        #expect(body["ConfigurationSetName"] == "set")
        #expect(body["EmailTags"] == [["Name": "event", "Value": "1"]])
    }

    private func repeated(_ answer: FakeServices.Answer) -> FakeServices {
        FakeServices(answer, answer, answer, answer, answer, answer, answer, answer)
    }

    @Test("tells the rate from the quota")
    func throttling() async throws {
        #expect(
            try await send(
                repeated(.error("TooManyRequestsException", status: 429, message: "Maximum sending rate exceeded.")))
                == .throttled)
        #expect(
            try await send(
                repeated(.error("TooManyRequestsException", status: 429, message: "Daily message quota exceeded.")))
                == .quotaExhausted)
        #expect(try await send(repeated(.error("ServiceUnavailable", status: 503))) == .throttled)
    }

    @Test("is not tried again because of the rate where the caller keeps to it")
    func paced() async throws {
        let fake = repeated(.error("TooManyRequestsException", status: 429, message: "Maximum sending rate exceeded."))
        #expect(try await send(fake, isPaced: true) == .throttled)
        #expect(fake.requests.count == 1)
    }

    @Test("may have no answer, and is then not repeated")
    func unknown() async throws {
        for answer in [
            FakeServices.Answer.error("InternalFailure", status: 500),
            .failure(.interrupted("the connection was closed")),
        ] {
            let fake = repeated(answer)
            #expect(try await send(fake) == .unknown)
            #expect(fake.requests.count == 1)
        }
    }

    @Test("is refused for this recipient or for the account, or fails for all")
    func refusals() async throws {
        #expect(
            try await send(FakeServices(.error("MessageRejected", message: "Address blacklisted.")))
                == .refused(reason: "MessageRejected"))
        #expect(
            try await send(FakeServices(.error("BadRequestException", message: "Illegal address")))
                == .refused(reason: "BadRequestException"))
        let sandbox = "Email address is not verified. The following identities failed the check in region EU-WEST-1: "
        for (code, message) in [
            ("AccountSuspendedException", ""), ("SendingPausedException", ""),
            ("MailFromDomainNotVerifiedException", ""),
            ("MessageRejected", sandbox + "invitation@calendar.example.com, bob@example.com"),
        ] {
            #expect(try await send(FakeServices(.error(code, message: message))) == .accountRefused(reason: code))
        }
        for (code, message) in [
            ("NotFoundException", ""), ("AccessDeniedException", "not authorized"),
            ("MessageRejected", sandbox + "bob@example.com"),
        ] {
            await #expect(throws: AWSError.self, "\(code)") {
                try await send(FakeServices(.error(code, message: message)))
            }
        }
    }
}
