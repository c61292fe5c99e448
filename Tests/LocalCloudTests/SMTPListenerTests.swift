import Foundation
import LocalCloud
import Synchronization
import Testing

@Suite("The SMTP door")
struct SMTPListenerTests {
    private final class Taken: Sendable {
        let envelopes = Mutex<[SMTPSession.Envelope]>([])
    }

    private static let python = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".venv/bin/python")

    /// Python's own client, which speaks the protocol independently of us.
    private static let client = """
        import smtplib, sys
        from email.message import EmailMessage
        def mail(text):
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = "ann@acme.example", "create@calendar.example.com", "Tee"
            message.set_content(text)
            return message
        with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=20) as smtp:
            smtp.ehlo()
            assert smtp.has_extn("size") and smtp.has_extn("8bitmime") and smtp.has_extn("smtputf8")
            smtp.login("dmarc=FAIL", "anything")
            smtp.send_message(mail("..\\n.\\nTee für Änne\\n"))
            smtp.send_message(mail("again"), mail_options=["SMTPUTF8"], from_addr="änne@acme.example")
            try:
                smtp.sendmail("ann@acme.example", ["bob@contoso.example"], "x")
                sys.exit("it relays")
            except smtplib.SMTPRecipientsRefused as refusal:
                assert refusal.recipients["bob@contoso.example"][0] == 550
            try:
                smtp.sendmail("fail@acme.example", ["create@calendar.example.com"], "x")
                sys.exit("what failed was taken")
            except smtplib.SMTPDataError as failure:
                assert failure.smtp_code == 554 and b"no bucket" in failure.smtp_error
        """

    @Test(
        "takes what a mail program sends, and says what it could not take",
        .enabled(if: FileManager.default.isExecutableFile(atPath: python.path), "needs Scripts/python-tools"),
        .timeLimit(.minutes(2)))
    func mailProgram() async throws {
        let taken = Taken()
        let session = SMTPSession(domain: "calendar.example.com") { $0 == "create@calendar.example.com" }
        let listener = try await SMTPListener(port: 0, session: session) { envelope in
            if envelope.sender.hasPrefix("fail") { return "there is no bucket" }
            taken.envelopes.withLock { $0.append(envelope) }
            return nil
        }
        let process = Process()
        process.executableURL = Self.python
        process.arguments = ["-c", Self.client, String(listener.port)]
        let status = try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { waiting.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { waiting.resume(throwing: error) }
        }
        #expect(status == 0)
        await listener.stop()
        let envelopes = taken.envelopes.withLock(\.self)
        #expect(envelopes.map(\.sender) == ["ann@acme.example", "änne@acme.example"])
        #expect(envelopes.map(\.user) == ["dmarc=FAIL", "dmarc=FAIL"])
        let text = String(decoding: try #require(envelopes.first).message, as: UTF8.self)
        #expect(text.contains("\r\n\r\n..\r\n.\r\nTee f"))
    }

    @Test("several clients are served at a time, and nothing is left when it stops", .timeLimit(.minutes(1)))
    func stop() async throws {
        let session = SMTPSession(domain: "calendar.example.com") { _ in true }
        let listener = try await SMTPListener(port: 0, session: session) { _ in nil }
        let again = try? await SMTPListener(port: listener.port, session: session) { _ in nil }
        #expect(again == nil, "the port is taken")
        await listener.stop()
        let next = try await SMTPListener(port: listener.port, session: session) { _ in nil }
        #expect(next.port == listener.port)
        await next.stop()
    }
}
