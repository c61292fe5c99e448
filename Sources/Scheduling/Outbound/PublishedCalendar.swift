import ICalendar

/// An event for everybody's calendar, to be kept and not to be answered: PUBLISH (RFC 5546 section 3.2.1), with the UID
/// and SEQUENCE that invitations to it have, so that a calendar that gets both keeps one.
package enum PublishedCalendar {
    /// - Parameters:
    ///   - calendar: the VCALENDAR as the organizer's client described it.
    ///   - uid: the UID that attendees see.
    ///   - sequence: the SEQUENCE that attendees see.
    ///   - organizer: an address of the server's, since the organizer's own is nobody's business.
    ///   - stamp: DTSTAMP, epoch seconds.
    package static func bytes(
        of calendar: Component, uid: String, sequence: Int, organizer: String, organizerName: String?, stamp: Int64
    ) -> [UInt8] {
        let events = OutgoingSeries.components(
            of: OutgoingContent.invitation.events(of: calendar), uid: uid, sequence: sequence, isCancelled: false,
            zones: ZoneResolver(calendar: calendar))
        var output: [UInt8] = []
        func line(_ text: String) { output.append(contentsOf: (text + "\r\n").utf8) }
        line("BEGIN:VCALENDAR")
        line("PRODID:\(InvitationTemplate.productID)")
        line("VERSION:2.0")
        line("CALSCALE:GREGORIAN")
        line("METHOD:PUBLISH")
        for zone in OutgoingZones.components(for: events, from: calendar) {
            output.append(contentsOf: ICalendar.serialize(zone))
        }
        var from = Property("ORGANIZER", OutgoingURI.mailto(organizer))
        if let organizerName { from.parameters.append(ContentParameter("CN", organizerName)) }
        for event in events {
            line("BEGIN:VEVENT")
            ICalendar.appendLine(Property("DTSTAMP", DateValue.utc(epochSeconds: stamp).text), to: &output)
            ICalendar.appendLine(from, to: &output)
            for property in event.properties { ICalendar.appendLine(property, to: &output) }
            line("END:VEVENT")
        }
        line("END:VCALENDAR")
        return output
    }
}
