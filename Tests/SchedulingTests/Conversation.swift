import Foundation
import ICalendar
import MailMessage
import Scheduling
import TestSupport

/// A scripted exchange between an organizer's calendar and the server, read from a file in Conversations.
///
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
        let body = events.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
        let calendar =
            ["BEGIN:VCALENDAR", "PRODID:-//Acme//Calendar 1//EN", "VERSION:2.0", "METHOD:\(method)"] + body
            + ["END:VCALENDAR"]
        let mail = SampleMail.invitation(method: method, calendar: calendar)
        return try OrganizerMessage(CalendarMail(MailParser.parse(mail)))
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

    private static func text(_ change: InstanceChange) -> String {
        let instance = DateValue.utc(epochSeconds: change.instance).text
        return switch change.kind {
        case .changed(let asksAgain): "\(instance)=changed" + (asksAgain ? "+asks-again" : "")
        case .cancelled: "\(instance)=cancelled"
        case .cancelledFromHere: "\(instance)=cancelled-from-here"
        }
    }
}
