import InviteService
import JSON
import LambdaEvents
import MailMessage

/// `GET /event/{uid}/report?format=csv|json`: the attendees with their whole addresses, a page at a time.
enum ReportAnswer {
    enum Format: String, CaseIterable {
        case csv
        case json
    }

    /// - Parameter isFirst: whether it is the first page, which begins with the names of the columns.
    static func of(_ page: AttendeePage, as format: Format, isFirst: Bool) -> HTTPAPIResponse {
        var response: HTTPAPIResponse
        switch format {
        case .csv:
            let text = (isFirst ? AttendeeReport.header : "") + page.attendees.map(AttendeeReport.row).joined()
            response = HTTPAPIResponse(
                status: 200,
                headers: [
                    "content-type": "text/csv; charset=utf-8; header=\(isFirst ? "present" : "absent")",
                    "content-disposition": "attachment; filename=\"attendees.csv\"", "cache-control": "no-store",
                    // Shown in a browser it must stay a text.
                    "x-content-type-options": "nosniff",
                ], body: text)
        case .json:
            response = .json([
                "attendees": .array(page.attendees.map(row)), "next": page.next.map { .string($0.text) } ?? .null,
            ])
        }
        response.headers["x-next-cursor"] = page.next?.text
        return response
    }

    private static func row(_ attendee: Attendee) -> JSON {
        [
            "email": .string(attendee.address.description), "name": attendee.name.map { .string($0) } ?? .null,
            "status": .string(attendee.response.rawValue), "origin": .string(attendee.origin.rawValue),
            "prodid": attendee.client.map { .string($0) } ?? .null,
            "delivery": .string(attendee.delivery.rawValue), "answered": attendee.replied.map { .int($0) } ?? .null,
        ]
    }
}

extension HTTPAPIRequest {
    /// `?format=` of a report; nil when it is to be mailed.
    func reportFormat() throws(APIError) -> ReportAnswer.Format? {
        guard let text = query["format"] else { return nil }
        guard let format = ReportAnswer.Format(rawValue: text) else {
            throw .badRequest("\"format\" must be csv or json; without it the report is mailed to the organizer.")
        }
        return format
    }
}
