import ICalendar

/// The REPLY by which the server, invited like a guest, accepts, so that the organizer's calendar shows that the event
/// was taken (RFC 5546 section 3.2.3).
package enum AcceptingReply {
    /// - Parameters:
    ///   - uid: as the organizer's client wrote it.
    ///   - organizer: ORGANIZER of the invitation.
    ///   - attendee: the server's address that was invited.
    ///   - sequence: SEQUENCE of the invitation.
    ///   - stamp: epoch seconds.
    package static func bytes(
        uid: String, organizer: String, attendee: String, sequence: Int, summary: String, stamp: Int64
    ) -> [UInt8] {
        var event = Component("VEVENT")
        event.properties = [
            Property("UID", uid), Property("DTSTAMP", DateValue.utc(epochSeconds: stamp).text),
            Property("SEQUENCE", String(sequence)), Property("ORGANIZER", "mailto:\(organizer)"),
            Property(
                "ATTENDEE", "mailto:\(attendee)",
                parameters: [
                    ContentParameter("PARTSTAT", "ACCEPTED"), ContentParameter("CN", "Calendar Invite Server"),
                ]),
        ]
        // libical takes an empty one for a fault.
        let title = Property.text("SUMMARY", summary)
        if !title.text.allSatisfy(\.isWhitespace) { event.properties.append(title) }
        var calendar = Component("VCALENDAR", components: [event])
        calendar.properties = [
            Property("PRODID", InvitationTemplate.productID), Property("VERSION", "2.0"),
            Property("METHOD", Method.reply.rawValue),
        ]
        return ICalendar.serialize(calendar)
    }
}
