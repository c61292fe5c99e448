import ICalendar
import MailMessage
import Scheduling
import Testing

/// What becomes of a generated event: what its organizer's client sends, and the invitation made of that.
struct GeneratedInvitation {
    static let uid = "00112233445566778899aabbccddeeff00112233@calendar.example.com"
    private static let token = "aabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz"
    private static let stamp: Int64 = 1_795_338_930

    let event: GeneratedEvent
    /// As read from what the organizer's client wrote.
    let source: Component
    let bytes: [UInt8]

    init(seed: UInt64, content: OutgoingContent = .invitation) throws {
        event = try GeneratedEvent(seed: seed)
        source = try #require(ICalendar.parse(ICalendar.serialize(event.calendar)).calendars.first)
        bytes = Self.object(content, of: source, event, seed)
    }

    private static func object(
        _ content: OutgoingContent, of source: Component, _ event: GeneratedEvent, _ seed: UInt64
    ) -> [UInt8] {
        let template = InvitationTemplate(
            calendar: source, content: content, uid: uid, sequence: Int(seed % 7), organizerName: event.organizerName,
            sender: "invitation@calendar.example.com")
        return template.object(
            for: event.recipient, named: event.recipientName, replyAddress: "rsvp+\(token)@calendar.example.com",
            stamp: stamp)
    }

    /// Every other object that the product sends about such an event, by what it is: changes and cancellations of its
    /// instances, its publication, and the answer to its organizer.
    static func others(seed: UInt64) throws -> [(name: String, bytes: [UInt8])] {
        let event = try GeneratedEvent(seed: seed)
        let source = try #require(ICalendar.parse(ICalendar.serialize(event.calendar)).calendars.first)
        let zones = ZoneResolver(calendar: source)
        let events = source.components("VEVENT").map(EventView.init)
        func keys(_ events: [EventView]) -> Set<Int64> {
            Set(events.compactMap { $0.recurrenceID.flatMap { zones.epochSeconds($0) } })
        }
        var others: [(String, [UInt8])] = []
        let changed = keys(events.filter { $0.status != "CANCELLED" })
        let cancelled = keys(events.filter { $0.status == "CANCELLED" })
        for (name, keys, content) in [
            ("instances", changed, OutgoingContent.instances(changed)),
            ("instance-cancellation", cancelled, .instanceCancellation(cancelled)),
        ] where !keys.isEmpty {
            others.append((name, object(content, of: source, event, seed)))
        }
        others.append(
            (
                "publication",
                PublishedCalendar.bytes(
                    of: source, uid: uid, sequence: Int(seed % 7), organizer: "rsvp@calendar.example.com",
                    organizerName: event.organizerName, stamp: stamp)
            ))
        others.append(
            (
                "reply",
                AcceptingReply.bytes(
                    uid: EventView(event.master).uid ?? "", organizer: "ann@acme.example",
                    attendee: "create@calendar.example.com", sequence: Int(seed), summary: event.summary, stamp: stamp)
            ))
        return others
    }

    /// What is in the invitation and was not meant, or the other way round; empty when nothing is.
    var differences: [String] {
        let parsed = ICalendar.parse(bytes)
        guard parsed.problems.isEmpty, parsed.calendars.count == 1, let calendar = parsed.calendars.first,
            let written = calendar.components("VEVENT").first
        else { return ["it reads with problems: \(parsed.problems)"] }
        var differences = ICalendar.check(calendar).map(\.message)
        func expect(_ name: String, _ found: String?, _ expected: String?) {
            // By octets: texts that look alike are not the same.
            if found.map({ Array($0.utf8) }) != expected.map({ Array($0.utf8) }) {
                differences.append("\(name): \(found ?? "none") instead of \(expected ?? "none")")
            }
        }
        let view = EventView(written)
        expect("UID", view.uid, Self.uid)
        expect("SUMMARY", view.summary, Self.text(event.summary) ?? "(no title)")
        expect("DESCRIPTION", view.description, Self.text(event.description))
        expect("LOCATION", view.location, Self.text(event.location))
        expect("ORGANIZER CN", view.organizer?.commonName, event.organizerName.map(GeneratedText.canonical))
        expect("ATTENDEE", view.attendees.first?.user.address, event.recipient.description.lowercased())
        expect(
            "ATTENDEE CN", view.attendees.first?.user.commonName,
            GeneratedText.canonical(event.recipientName ?? event.recipient.description))
        expect("attendees", String(view.attendees.count), "1")
        expect("alarms", String(written.components.count), "0")
        let (found, expected) = (Self.instances(of: calendar), Self.instances(of: source))
        expect("instances", String(found.count), String(expected.count))
        for (one, other) in zip(found, expected) where one != other {
            expect("instance", one, other)
            break
        }
        return differences
    }

    /// Empty texts are not sent.
    static func text(_ text: String) -> String? {
        let canonical = GeneratedText.canonical(text)
        return canonical.allSatisfy(\.isWhitespace) ? nil : canonical
    }

    /// When the first instances are, for the reader in a zone of their own, and what each is called.
    private static func instances(of calendar: Component) -> [String] {
        let events = calendar.components("VEVENT").filter { EventView($0).status != "CANCELLED" }.map(EventView.init)
        let cancelled = calendar.components("VEVENT").map(EventView.init).filter { $0.status == "CANCELLED" }
        let zones = ZoneResolver(calendar: calendar)
        guard let master = events.first,
            let set = RecurrenceSet(
                master: master, overrides: Array(events.dropFirst()) + cancelled, zones: zones,
                floatingIn: TimeZoneRules.named("Asia/Kathmandu") ?? .utc)
        else { return [] }
        let instances = set.occurrences(from: .min, to: .max, limit: 40)
        return instances.filter { $0.event.status != "CANCELLED" }.prefix(25).map { instance in
            let summary = instance.event.summary.flatMap(text) ?? "(no title)"
            return "\(instance.startSeconds)-\(instance.endSeconds) \(summary)"
        }
    }
}
