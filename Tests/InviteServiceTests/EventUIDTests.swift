import InviteService
import MailMessage
import Testing

@Suite("Event UIDs")
struct EventUIDTests {
    private let key = [UInt8](repeating: 7, count: 32)

    private func uid(_ organizer: String, _ client: String, key: [UInt8]? = nil) throws -> String {
        EventUID(organizer: try Samples.address(organizer), clientUID: client, secret: key ?? self.key).description
    }

    @Test("are 40 lowercase hexadecimal digits, the same for the same invitation")
    func determinism() throws {
        let one = try uid("ann@acme.example", "4k2v@google.com")
        #expect(try uid("Ann@ACME.example", "4k2v@google.com") == one)
        #expect(one.utf8.count == 40)
        #expect(one.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    @Test("differ by organizer, client UID and secret, wherever one ends and the other begins")
    func separation() throws {
        let all = [
            try uid("ann@acme.example", "4k2v@google.com"), try uid("bob@acme.example", "4k2v@google.com"),
            try uid("ann@acme.example", "4K2V@google.com"), try uid("ann@acme.example", ""),
            try uid("ann@acme.exampl", "e4k2v@google.com"),
            try uid("ann@acme.example", "4k2v@google.com", key: [UInt8](repeating: 8, count: 32)),
        ]
        #expect(Set(all).count == all.count)
    }

    @Test("are read in either case, and in nothing but their form")
    func parsing() throws {
        let text = Samples.uid
        #expect(EventUID(text)?.description == text)
        #expect(EventUID(text.uppercased())?.description == text)
        for other in ["", String(text.dropLast()), text + "0", "g" + text.dropFirst(), " " + text.dropFirst()] {
            #expect(EventUID(other) == nil, "\(other)")
        }
        #expect(EventUID(String(repeating: "０", count: 40)) == nil)
    }

    @Test("come back from the UID property they are written in")
    func calendarUID() throws {
        let uid = try #require(EventUID(Samples.uid))
        let written = uid.calendarUID(domain: "calendar.example.com")
        #expect(written == "\(Samples.uid)@calendar.example.com")
        #expect(EventUID(calendarUID: written) == uid)
        #expect(EventUID(calendarUID: written.uppercased()) == uid)
        #expect(EventUID(calendarUID: Samples.uid) == nil)
        #expect(EventUID(calendarUID: "4k2v@google.com") == nil)
    }
}
