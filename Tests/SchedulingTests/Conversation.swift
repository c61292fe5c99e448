import Foundation
import ICalendar
import MailMessage
import Scheduling
import TestSupport

/// A scripted exchange between an organizer's calendar, the server and one attendee's calendar, read from a file in
/// Conversations.
///
///     answer REPLY sender    a message of the attendee, likewise, and what proves it: token (the default), sender or
///     .                      nothing; "stranger" is a sender who was not invited; a number is the seconds of its Date
///     put REQUEST            a message with the VEVENT lines up to the dot; every "--" begins another VEVENT
///     .
///     expect updated asks-again
///     send invitation        what attendees would be sent now: each line up to the dot must be in it, each that
///     .                      begins with "!" must not
///
/// Lines that begin with "#" say what happens.
struct Conversation {
    enum Step {
        case put(method: String, events: [[String]])
        case answer(words: [String], events: [[String]])
        case expect(String)
        case send(OutgoingContent, lines: [String])
    }

    struct Malformed: Error {
        let line: String
    }

    let steps: [(line: Int, step: Step)]

    init(_ file: URL) throws {
        var steps: [(Int, Step)] = []
        var lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").enumerated()
            .makeIterator()
        func block() -> [String] {
            var block: [String] = []
            while let (_, line) = lines.next(), line != "." { block.append(line) }
            return block
        }
        while let (index, line) = lines.next() {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case nil: continue
            case let word? where word.hasPrefix("#"): continue
            case "put": steps.append((index + 1, .put(method: words[1], events: Self.events(block()))))
            case "answer": steps.append((index + 1, .answer(words: words, events: Self.events(block()))))
            case "expect": steps.append((index + 1, .expect(words.dropFirst().joined(separator: " "))))
            case "send": steps.append((index + 1, .send(try Self.content(words), lines: block())))
            default: throw Malformed(line: line)
            }
        }
        self.steps = steps
    }

    private static func events(_ block: [String]) -> [[String]] {
        block.split(separator: "--", omittingEmptySubsequences: false).map(Array.init)
    }

    private static func content(_ words: [String]) throws -> OutgoingContent {
        let keys = Set(words.dropFirst(2).compactMap { DateValue($0).flatMap(Self.seconds) })
        switch words[1] {
        case "invitation": return .invitation
        case "instances": return .instances(keys)
        case "cancellation": return .cancellation
        case "instance-cancellation": return .instanceCancellation(keys)
        default: throw Malformed(line: words.joined(separator: " "))
        }
    }

    private static func seconds(_ value: DateValue) -> Int64? {
        ZoneResolver(calendar: Component("VCALENDAR")).epochSeconds(value)
    }

    /// The message as it comes by mail.
    static func message(method: String, events: [[String]]) throws -> OrganizerMessage {
        try OrganizerMessage(mail(method: method, events: events))
    }

    static func answers(method: String, events: [[String]]) throws -> [AttendeeMessage] {
        try AttendeeMessage.read(mail(method: method, events: events), from: EmailAddress(parsing: "bob@example.com"))
    }

    private static func mail(method: String, events: [[String]]) throws -> CalendarMail {
        let body = events.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
        let calendar =
            ["BEGIN:VCALENDAR", "PRODID:-//Acme//Calendar 1//EN", "VERSION:2.0", "METHOD:\(method)"] + body
            + ["END:VCALENDAR"]
        return try CalendarMail(MailParser.parse(SampleMail.invitation(method: method, calendar: calendar)))
    }

    static func text(_ change: SeriesChange) -> String {
        switch change {
        case .created: "created"
        case .updated(let asksAgain): asksAgain ? "updated asks-again" : "updated"
        case .cancelled: "cancelled"
        case .unchanged: "unchanged"
        case .outdated: "outdated"
        case .unknownEvent: "unknown-event"
        case .unknownInstance(let instance): "unknown-instance \(instance)"
        case .instances(let changes): "instances " + changes.map(text).joined(separator: " ")
        }
    }

    static func text(_ change: ReplyChange, _ message: AttendeeMessage, _ given: AttendeeReplies.Given?) -> String {
        let answer = given.map { "\($0.answer)" } ?? "nothing"
        let instance = message.instance.map { " at \(DateValue.utc(epochSeconds: $0.key).text)" } ?? ""
        return switch change {
        case .answered: "answered \(answer)\(instance)"
        case .proposed: "proposed \(answer)\(instance) \(given?.proposal?.when ?? "")"
        case .sendAgain: "send-again"
        case .repeated: "repeated"
        case .notNewer: "not-newer"
        case .outdated: "outdated-answer"
        case .cancelled: "event-cancelled"
        case .unknownInstance: "no-such-instance"
        case .notInvited: "not-invited"
        case .notProven: "not-proven"
        }
    }

    private static func text(_ change: InstanceChange) -> String {
        let instance = DateValue.utc(epochSeconds: change.instance).text
        return switch change.kind {
        case .changed(let asksAgain): "\(instance)=changed" + (asksAgain ? "+asks-again" : "")
        case .cancelled: "\(instance)=cancelled"
        case .leftOut: "\(instance)=left-out"
        case .cancelledFromHere: "\(instance)=cancelled-from-here"
        }
    }
}
