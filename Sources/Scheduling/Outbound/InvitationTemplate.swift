import ICalendar
import MailMessage

/// An event as it goes out to attendees: everything that is the same for all is rendered once, what differs by
/// recipient (DTSTAMP, ORGANIZER with the reply token, ATTENDEE) is filled in for each.
///
/// Only the recipient's own ATTENDEE is written, so attendees are never disclosed to each other; VALARM is left out,
/// and so is what would contradict the written SEQUENCE (`X-MICROSOFT-CDO-APPT-SEQUENCE` and its kin).
package struct InvitationTemplate: Sendable {
    /// Between two segments stands the block of one VEVENT that depends on the recipient.
    private let segments: [[UInt8]]
    /// The instance that each VEVENT is of, in epoch seconds; nil for the event or series.
    package let instances: [Int64?]
    private let organizerName: String?
    private let sender: String
    /// REQUEST or CANCEL, for the MIME part as well.
    package let method: Method

    package static let productID = "-//Calendar Invite Server//Invitations 1.0//EN"

    /// - Parameters:
    ///   - calendar: the VCALENDAR as the organizer's client described it.
    ///   - content: what of it is sent, and whether to invite or to cancel.
    ///   - uid: the UID that attendees see.
    ///   - sequence: the SEQUENCE that attendees see.
    ///   - sender: the address in the mail's From, written as SENT-BY.
    package init(
        calendar: Component, content: OutgoingContent = .invitation, uid: String, sequence: Int,
        organizerName: String?, sender: String
    ) {
        method = content.method
        self.organizerName = organizerName
        self.sender = sender
        let zones = ZoneResolver(calendar: calendar)
        let events = OutgoingSeries.components(
            of: content.events(of: calendar), uid: uid, sequence: sequence, isCancelled: content.method == .cancel,
            zones: zones)
        instances = events.map { EventView($0).recurrenceID.flatMap { zones.epochSeconds($0) } }
        var open: [UInt8] = []
        func line(_ text: String) { open.append(contentsOf: (text + "\r\n").utf8) }
        line("BEGIN:VCALENDAR")
        line("PRODID:\(Self.productID)")
        line("VERSION:2.0")
        line("CALSCALE:GREGORIAN")
        line("METHOD:\(method.rawValue)")
        for zone in OutgoingZones.components(for: events, from: calendar) {
            open.append(contentsOf: ICalendar.serialize(zone))
        }
        var segments: [[UInt8]] = []
        for event in events {
            line("BEGIN:VEVENT")
            for property in event.properties { ICalendar.appendLine(property, to: &open) }
            segments.append(open)
            open = []
            line("END:VEVENT")
        }
        line("END:VCALENDAR")
        segments.append(open)
        self.segments = segments
    }

    /// The calendar object for one recipient; in a cancellation nobody is asked for an answer.
    ///
    /// - Parameters:
    ///   - replyAddress: `rsvp+<token>@domain`, the same for this attendee over the event's life.
    ///   - stamp: DTSTAMP in epoch seconds; must grow from one message to the next (MS-OXCICAL).
    ///   - participation: the recipient's PARTSTAT as the organizer knows it, of the event or series, or of an instance.
    ///     Clients take it over, so an update that does not ask again repeats what was answered.
    package func object(
        for recipient: EmailAddress, named name: String?, replyAddress: String, stamp: Int64,
        participation: (_ instance: Int64?) -> ParticipationStatus = { _ in .needsAction }
    ) -> [UInt8] {
        var output = segments[0]
        var last: (status: ParticipationStatus, block: [UInt8])?
        for (instance, segment) in zip(instances, segments.dropFirst()) {
            let status = participation(instance)
            let block =
                if let last, last.status == status {
                    last.block
                } else {
                    self.block(for: recipient, named: name, replyAddress: replyAddress, stamp: stamp, status)
                }
            last = (status, block)
            output.append(contentsOf: block)
            output.append(contentsOf: segment)
        }
        return output
    }

    private func block(
        for recipient: EmailAddress, named name: String?, replyAddress: String, stamp: Int64,
        _ participation: ParticipationStatus
    ) -> [UInt8] {
        var block: [UInt8] = []
        ICalendar.appendLine(Property("DTSTAMP", DateValue.utc(epochSeconds: stamp).text), to: &block)
        var organizer = Property("ORGANIZER", OutgoingURI.mailto(replyAddress))
        if let organizerName { organizer.parameters.append(ContentParameter("CN", organizerName)) }
        organizer.parameters.append(ContentParameter("SENT-BY", "mailto:\(sender)"))
        ICalendar.appendLine(organizer, to: &block)
        var attendee = Property("ATTENDEE", OutgoingURI.mailto(recipient.description))
        attendee.parameters = [
            ContentParameter("CUTYPE", "INDIVIDUAL"), ContentParameter("ROLE", "REQ-PARTICIPANT"),
        ]
        if method == .request {
            attendee.parameters += [ContentParameter("PARTSTAT", participation.text), ContentParameter("RSVP", "TRUE")]
        }
        attendee.parameters.append(ContentParameter("CN", name ?? recipient.description))
        ICalendar.appendLine(attendee, to: &block)
        return block
    }
}
