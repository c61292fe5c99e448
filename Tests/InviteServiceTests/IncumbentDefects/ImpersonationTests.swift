import InviteService
import MailMessage
import TestSupport
import Testing

@Suite("Trust in who a mail says it is from (defects 36, 37)")
struct ImpersonationTests {
    private let world = OrganizerWorld()

    @Test("36: a mail that proves nothing makes no event in the name of its From")
    func unprovenCreation() async throws {
        let failed = SenderAuthentication.Verdicts(spam: "PASS", virus: "PASS", dmarc: "FAIL", spf: "FAIL")
        let mail = SampleMail.invitation(from: "CEO <ceo@acme.example>", calendar: SampleMail.event())
        #expect(
            try await world.events.receive(mail, id: "m1", verdicts: failed)
                == .ignored(reason: "sender not authenticated"))
        #expect(world.events.events.isEmpty && world.events.notices.isEmpty)
    }

    @Test("37: a stranger who knows an event's UID neither changes nor cancels it")
    func stranger() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        for method in ["REQUEST", "CANCEL"] {
            let mail = SampleMail.invitation(
                from: "Eve <eve@evil.example>", method: method,
                calendar: SampleMail.event(method: method, sequence: 9, stamp: "20270101T000000Z"))
            _ = try await world.events.receive(mail, id: method)
        }
        #expect(world.events.events.first { $0.uid == event.uid } == event)
    }
}
