import ICalendar
import InviteService
import MailMessage
import TestSupport
import Testing

@Suite("Invalid messages (defects 32 to 35)")
struct InvalidMessageTests {
    private let world = OrganizerWorld()

    @Test("32: what goes out has each property once, is escaped, and folded by octets")
    func validity() async throws {
        let event = try await world.event([
            "DTSTART:20270110T150000Z", "STATUS:CONFIRMED",
            "DESCRIPTION:" + String(repeating: "打ち合わせ🎉\\, ", count: 30), "LOCATION:Room 5\\; left\\, back",
        ])
        let bytes = try world.outgoing(event)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasSuffix("END:VCALENDAR\r\n") && text.contains("ROLE=REQ-PARTICIPANT"))
        #expect(text.contains("LOCATION:Room 5\\; left\\, back"))
        #expect(text.split(separator: "\r\n").count { $0.hasPrefix("STATUS") } == 1)
        let lines = bytes.split(separator: 10).map { $0.count - 1 }
        #expect(lines.allSatisfy { $0 <= 75 })
        #expect(StrictCalendar.faults(in: bytes).isEmpty, "\(StrictCalendar.faults(in: bytes))")
    }

    @Test("33: every mail has the moment it was written as DTSTAMP")
    func stamp() async throws {
        let event = try await world.event(["DTSTART:20270110T150000Z"])
        #expect(try world.view(event).dtstamp == .utc(epochSeconds: noon()))
    }

    @Test("34, 35: mail has short lines, plain text, escaped HTML and a From that can be read")
    func mail() async throws {
        let event = try await world.event([
            "DTSTART:20270110T150000Z", "DESCRIPTION:<script>alert(1)</script>" + String(repeating: "x", count: 4000),
        ])
        let bytes = try world.invitation(event)
        let mail = MailParser.parse(bytes)
        #expect(mail.problems.isEmpty && mail.from.count == 1)
        let parts = mail.root.leaves.map(\.part)
        #expect(parts.contains { $0.contentType.mediaType == "text/plain" })
        let html = try #require(parts.first { $0.contentType.mediaType == "text/html" }).text
        #expect(!html.contains("<script>"))
        #expect(
            parts.filter { $0.contentType.mediaType == "text/calendar" }.allSatisfy {
                $0.contentType.charset == "UTF-8"
            })
        #expect(bytes.split(separator: 10).allSatisfy { $0.count <= 999 })
    }
}
