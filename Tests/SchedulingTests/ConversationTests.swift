import Foundation
import ICalendar
import MailMessage
import Scheduling
import Testing

@Suite("Conversations")
struct ConversationTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Conversations")

    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".txt") }
        .sorted()

    @Test("there are conversations")
    func found() { #expect(Self.names.count >= 10) }

    @Test("go as they are written", arguments: names)
    func conversation(name: String) throws {
        var series: EventSeries?
        var change: SeriesChange?
        for (line, step) in try Conversation(Self.folder.appendingPathComponent(name)).steps {
            switch step {
            case .put(let method, let events):
                let message = try Conversation.message(method: method, events: events)
                let result = EventSeries.receive(message, in: series)
                series = result.series
                change = result.change
            case .expect(let text):
                let found = try #require(change, "\(name):\(line)")
                #expect(Conversation.text(found) == text, "\(name):\(line)")
            case .send(let content, let lines):
                let sent = try outgoing(content, of: try #require(series, "\(name):\(line)"))
                for expected in lines where !expected.isEmpty {
                    if expected.hasPrefix("!") {
                        #expect(!sent.contains(expected.dropFirst()), "\(name):\(line) \(expected) in\n\(sent)")
                    } else {
                        #expect(sent.contains("\n\(expected)\n"), "\(name):\(line) \(expected) not in\n\(sent)")
                    }
                }
            }
        }
    }

    /// The object one attendee gets, unfolded, with LF.
    private func outgoing(_ content: OutgoingContent, of series: EventSeries) throws -> String {
        let template = InvitationTemplate(
            calendar: series.calendar, content: content, uid: "outward@calendar.example.com", sequence: 7,
            organizerName: "Ann Lee", sender: "invitation@calendar.example.com")
        let bytes = template.object(
            for: try EmailAddress(parsing: "bob@example.com"), named: "Bob",
            replyAddress: "rsvp+t@calendar.example.com",
            stamp: 1_795_338_930)
        _ = try soundCalendar(bytes)
        return "\n"
            + String(decoding: bytes, as: UTF8.self).replacing("\r\n ", with: "").replacing("\r\n", with: "\n")
    }
}
