import Audience
import MailMessage
import Testing

@Suite("Rows of a Pinpoint export")
struct PinpointEndpointTests {
    private func row(_ text: String) -> ListRow { RowRules().row(Array(text.utf8)) }

    private func reason(_ text: String) -> DropReason? {
        if case .dropped(let reason, _) = row(text) { reason } else { nil }
    }

    @Test("as Pinpoint writes them name somebody to invite")
    func recipient() throws {
        let line = #"""
            {"ChannelType":"EMAIL","Address":"Ann.Lee@Example.com","EndpointStatus":"ACTIVE","OptOut":"NONE",
            "Location":{"Country":"ES","City":"Madrid"},"Demographic":{"Locale":"es_ES","Timezone":"Europe/Madrid"},
            "EffectiveDate":"2026-10-02T09:31:00.145Z","Attributes":{"interests":["calendars"]},"Metrics":{"visits":3.0},
            "User":{"UserId":"u-17","UserAttributes":{"FirstName":["Ann"],"LastName":["Lee"]}},"RequestId":"7c",
            "CohortId":"41","CreationDate":"2025-01-02T03:04:05.678Z","ApplicationId":"a1b2","Id":"endpoint-17"}
            """#
        let ann = try EmailAddress(parsing: "ann.lee@example.com")
        #expect(row(line) == .recipient(Recipient(address: ann, name: "Ann Lee")))
        #expect(
            row(#"{"ChannelType":"EMAIL","Address":" ann.lee@example.com "}"#)
                == .recipient(Recipient(address: ann, name: nil)))
        #expect(
            row(
                #"{"ChannelType":"email","Address":"ann.lee@example.com","OptOut":"","EndpointStatus":"active","User":{"UserAttributes":{"LastName":["Lee"],"FirstName":[]}}}"#
            ) == .recipient(Recipient(address: ann, name: "Lee")))
    }

    @Test(
        "are dropped for a reason",
        arguments: [
            ("not json", DropReason.unreadable), ("{\"ChannelType\":\"EMAIL\"", .unreadable), ("[1]", .unreadable),
            (#""text""#, .unreadable), (#"{"ChannelType":"EMAIL","ChannelType":"SMS"}"#, .unreadable),
            (#"{"ChannelType":"SMS","Address":"+34600000000"}"#, .otherChannel),
            (#"{"ChannelType":"GCM","Address":"a@example.com"}"#, .otherChannel),
            (#"{"Address":"a@example.com"}"#, .otherChannel),
            (#"{"ChannelType":"EMAIL","Address":"a@example.com","EndpointStatus":"INACTIVE"}"#, .inactive),
            (#"{"ChannelType":"EMAIL","Address":"a@example.com","OptOut":"ALL"}"#, .optedOut),
            (#"{"ChannelType":"EMAIL"}"#, .badAddress), (#"{"ChannelType":"EMAIL","Address":null}"#, .badAddress),
            (#"{"ChannelType":"EMAIL","Address":"ann"}"#, .badAddress),
            (#"{"ChannelType":"EMAIL","Address":"ann@intranet"}"#, .badAddress),
            (#"{"ChannelType":"EMAIL","Address":"a@b.example, c@d.example"}"#, .badAddress),
            (#"{"ChannelType":"EMAIL","Address":"a@b.example\r\nBcc: c@d.example"}"#, .badAddress),
            (#"{"ChannelType":"EMAIL","Address":"josé@example.com"}"#, .badAddress),
        ])
    func dropped(line: String, expected: DropReason) {
        #expect(reason(line) == expected)
    }

    @Test("that are dropped say what is wrong without repeating the address")
    func detail() {
        guard case .dropped(_, let detail) = row(#"{"ChannelType":"EMAIL","Address":"secret.person@@example.com"}"#)
        else {
            Issue.record("not dropped")
            return
        }
        #expect(!detail.isEmpty)
        #expect(!detail.contains("secret"))
    }

    @Test("with an address in another script are kept when mail can be sent there")
    func internationalDomain() throws {
        let address = try EmailAddress(parsing: "info@xn--bcher-kva.example")
        #expect(
            row(#"{"ChannelType":"EMAIL","Address":"info@bücher.example"}"#)
                == .recipient(Recipient(address: address)))
    }
}
