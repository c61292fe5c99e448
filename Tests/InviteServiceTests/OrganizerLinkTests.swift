import InviteService
import MailMessage
import Testing

@Suite("The address of an organizer's page")
struct OrganizerLinkTests {
    @Test("is read back, and nobody else can make it")
    func link() throws {
        let secret = try Samples.secret()
        let ann = try Samples.address("Ann@acme.example")
        let text = OrganizerLink.text(ann, secret: secret)
        #expect(OrganizerLink(text, secret: secret)?.organizer == ann)
        #expect(text == OrganizerLink.text(try Samples.address("ann@ACME.example"), secret: secret))
        for index in text.indices.dropFirst(0) {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "b" ? "c" : "b")
            #expect(OrganizerLink(changed, secret: secret) == nil)
        }
        for other in ["", "a", String(text.dropLast()), text + "aaaaaaaa"] {
            #expect(OrganizerLink(other, secret: secret) == nil)
        }
    }

    @Test("shows months one after the other")
    func months() throws {
        let december = try #require(CalendarMonth("2026-12"))
        #expect(december.next.description == "2027-01" && december.next.previous == december)
        #expect(december.name == "December 2026")
        #expect(CalendarMonth(containing: 1_795_348_800).description == "2026-11")
        for text in ["", "2026", "2026-0", "2026-13", "2026-00", "26-01", "2026-01-01", "abcd-ef"] {
            #expect(CalendarMonth(text) == nil, "\(text)")
        }
    }
}
