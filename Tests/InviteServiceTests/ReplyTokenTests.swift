import InviteService
import MailMessage
import Testing

@Suite("Reply tokens")
struct ReplyTokenTests {
    private func token(for attendee: String = "bob@example.com", current: String = "a") throws -> String {
        ReplyToken.text(
            event: try #require(EventUID(Samples.uid)), attendee: try Samples.address(attendee),
            secret: try Samples.secret(current: current))
    }

    @Test("make a local part of at most 64 octets")
    func size() throws {
        let token = try token()
        #expect(token.utf8.count == 59)
        let address = try Samples.address(Samples.addresses.reply(token: token))
        #expect(address.local.utf8.count == 64)
        #expect(address.normalized == Samples.addresses.reply(token: token))
    }

    @Test("name their event and attendee, and are always the same for them")
    func reading() throws {
        let secret = try Samples.secret()
        let token = try #require(ReplyToken(try token(), secret: secret))
        #expect(token.event.description == Samples.uid)
        #expect(token.belongs(to: try Samples.address("Bob@Example.COM"), secret: secret))
        #expect(!token.belongs(to: try Samples.address("eve@example.com"), secret: secret))
        #expect(try self.token() == self.token(for: "BOB@example.com"))
        #expect(try self.token() != self.token(for: "bobby@example.com"))
    }

    @Test("survive a change of case")
    func letterCase() throws {
        let secret = try Samples.secret()
        #expect(ReplyToken(try token().uppercased(), secret: secret) == ReplyToken(try token(), secret: secret))
        #expect(ReplyToken(try token().uppercased(), secret: secret) != nil)
    }

    @Test("are refused when any character is changed, missing or added")
    func tampering() throws {
        let secret = try Samples.secret()
        let token = Array(try token().utf8)
        for index in token.indices {
            for replacement in "abcdefghijklmnopqrstuvwxyz234567189-=".utf8 where replacement != token[index] {
                var changed = token
                changed[index] = replacement
                #expect(
                    ReplyToken(String(decoding: changed, as: UTF8.self), secret: secret) == nil,
                    "character \(index) became \(UnicodeScalar(replacement))")
            }
        }
        let text = try self.token()
        for other in ["", String(text.dropLast()), text + "a", "\(text)\(text)", "é" + text.dropFirst()] {
            #expect(ReplyToken(other, secret: secret) == nil)
        }
    }

    @Test("of an older key outlive its rotation; those of a key that is gone do not")
    func rotation() throws {
        let old = try token(current: "a")
        let new = try token(current: "7")
        #expect(old != new)
        for text in [old, new] {
            let secret = try Samples.secret(current: "7")
            #expect(
                ReplyToken(text, secret: secret)?.belongs(to: try Samples.address("bob@example.com"), secret: secret)
                    == true)
        }
        let only = try ServiceSecret(
            parsing: #"{"current":"7","uid":"7","7":"fedcba9876543210fedcba9876543210"}"#)
        #expect(ReplyToken(old, secret: only) == nil)
        #expect(ReplyToken(new, secret: only) != nil)
    }

    @Test("made with another deployment's secret are refused")
    func foreign() throws {
        let other = try ServiceSecret(
            parsing: #"{"current":"a","uid":"a","a":"another secret of thirty-two chars"}"#)
        #expect(ReplyToken(try token(), secret: other) == nil)
    }

    @Test("are found in the address a mail came to")
    func addresses() {
        let addresses = Samples.addresses
        #expect(addresses.replyToken(of: "rsvp+abc@calendar.example.com") == "abc")
        #expect(addresses.replyToken(of: "rsvp@calendar.example.com") == nil)
        #expect(addresses.replyToken(of: "rsvp") == nil)
        #expect(addresses.replyToken(of: "rsvp@odd+domain.example") == nil)
    }
}
