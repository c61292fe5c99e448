import InviteService
import MailMessage
import Testing

@Suite("An attendee's link")
struct AttendeeLinkTests {
    private func link(_ address: String, key: String = "a") throws -> String {
        let attendee = try Samples.address(address)
        let uid = try #require(EventUID(Samples.uid))
        let token = ReplyToken.text(event: uid, attendee: attendee, secret: try Samples.secret(current: key))
        return AttendeeLink.text(replyToken: token, attendee: attendee)
    }

    @Test(
        "names the event and the attendee, in any letter case, and after the keys were changed",
        arguments: ["bob@example.com", "Bob.Brown+x@Example.com", "\"b b\"@example.com"])
    func readBack(address: String) throws {
        let text = try link(address)
        for written in [text, text.uppercased()] {
            let read = try #require(AttendeeLink(written, secret: try Samples.secret(current: "7")))
            #expect(read.event.description == Samples.uid)
            #expect(read.attendee == (try Samples.address(address)))
        }
        #expect(text.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x32 && $0 <= 0x37) })
        #expect(!text.contains("bob"))
    }

    @Test("with any character changed, left out or added is none")
    func damaged() throws {
        let secret = try Samples.secret()
        let text = Array(try link("bob@example.com"))
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == "b" ? "c" : "b"
            #expect(AttendeeLink(String(changed), secret: secret) == nil, "character \(index)")
        }
        for count in 0..<text.count { #expect(AttendeeLink(String(text.prefix(count)), secret: secret) == nil) }
        #expect(AttendeeLink(String(text) + "a", secret: secret) == nil)
        #expect(AttendeeLink(String(repeating: "a", count: 100_000), secret: secret) == nil)
    }

    @Test("of one attendee does not speak for another")
    func another() throws {
        let eve = try link("eve@example.com")
        let bob = try link("bob@example.com")
        #expect(AttendeeLink(String(eve.prefix(59)) + bob.dropFirst(59), secret: try Samples.secret()) == nil)
    }
}
