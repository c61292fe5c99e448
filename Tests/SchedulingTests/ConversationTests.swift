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
        var event = AttendeeReplies.Event(sequence: 0, answerSequence: 0, isCancelled: false, calendar: nil)
        var replies = AttendeeReplies(standing: .invited)
        var found: String?
        for (line, step) in try Conversation(Self.folder.appendingPathComponent(name)).steps {
            switch step {
            case .put(let method, let events):
                let message = try Conversation.message(method: method, events: events)
                let result = EventSeries.receive(message, in: series)
                series = result.series
                event.follow(result.change, series)
                found = Conversation.text(result.change)
            case .answer(let words, let events):
                if words.contains("stranger"), replies.standing == .invited { replies.standing = .unknown }
                var texts: [String] = []
                for answer in try Conversation.answers(method: words[1], events: events) {
                    let message = event.calendar.map(answer.named) ?? answer
                    let proof = AttendeeReplies.Proof(
                        holdsToken: words.count < 3 || words.contains("token")
                            || words.last.flatMap { Int64($0) } != nil,
                        isSender: words.contains("sender") || words.contains("stranger"),
                        sent: words.last.flatMap { Int64($0) } ?? 0, received: 1_900_000_000)
                    let result = replies.receive(message, to: event, proof)
                    replies = result.replies
                    texts.append(
                        Conversation.text(result.change, message, replies.given(to: message.instance?.key)))
                }
                found = texts.joined(separator: "; ")
            case .expect(let text):
                #expect(found == text, "\(name):\(line)")
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

extension AttendeeReplies.Event {
    /// As the server counts SEQUENCE.
    fileprivate mutating func follow(_ change: SeriesChange, _ series: EventSeries?) {
        calendar = series?.calendar
        isCancelled = series?.isCancelled ?? false
        switch change {
        case .updated(asksAgain: true):
            sequence += 1
            answerSequence = sequence
            askedInstances = [:]
        case .instances(let instances):
            sequence += 1
            for instance in instances where instance.kind == .changed(asksAgain: true) {
                askedInstances[instance.instance] = sequence
            }
        case .cancelled: sequence += 1
        default: break
        }
    }
}
