import InviteService
import MailMessage
import Testing

@Suite("The report of an event")
struct AttendeeReportTests {
    @Test("has a row for each attendee, with the time of their answer")
    func row() throws {
        var attendee = try Samples.attendee()
        attendee.name = "Bob Brown"
        attendee.client = "Google Calendar"
        attendee.response = .accepted
        attendee.replied = 1_795_424_705
        let row = AttendeeReport.row(attendee)
        #expect(
            row == "\(attendee.address),Bob Brown,accepted,\(attendee.origin.rawValue),Google Calendar,"
                + "\(attendee.delivery.rawValue),2026-11-23T09:05:05Z\r\n")
        #expect(AttendeeReport.header.split(separator: ",").count == row.split(separator: ",").count)
    }

    @Test(
        "quotes what RFC 4180 wants quoted, and no cell is taken for a formula",
        arguments: [
            ("Doe, Jane", "\"Doe, Jane\""), ("Jane \"J\" Doe", "\"Jane \"\"J\"\" Doe\""), ("a\nb", "\"a\nb\""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""), ("+1", "'+1"), ("-1", "'-1"),
            ("@SUM(1)", "'@SUM(1)"), ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""), ("É-1", "É-1"), ("a;b", "\"a;b\""),
        ])
    func cells(name: String, cell: String) throws {
        var attendee = try Samples.attendee()
        attendee.name = name
        #expect(AttendeeReport.row(attendee).hasPrefix("\(attendee.address),\(cell),"))
    }
}
