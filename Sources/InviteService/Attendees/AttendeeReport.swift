import MailMessage

/// An event's attendees as a table (RFC 4180), for people and their spreadsheets.
package enum AttendeeReport {
    /// Rows of one answer or mail: 20,000 with long names stay below the 6 MB of a Lambda response.
    package static let rowLimit = 20_000

    package static let header = "email,name,status,origin,prodid,delivery,answered\r\n"

    package static func row(_ attendee: Attendee) -> String {
        let cells = [
            attendee.address.description, attendee.name ?? "", attendee.response.rawValue, attendee.origin.rawValue,
            attendee.client ?? "", attendee.delivery.rawValue, attendee.replied.map(time) ?? "",
        ]
        return cells.map(SpreadsheetCell.text).joined(separator: ",") + "\r\n"
    }

    /// `2026-11-23T09:05:00Z`.
    private static func time(_ epoch: Int64) -> String {
        let seconds = ((epoch % 86_400) + 86_400) % 86_400
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(Day.name(of: epoch))T\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))Z"
    }
}
