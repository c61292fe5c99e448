import InviteService
import LambdaEvents
import MailMessage

/// `/rsvp/{link}`, `/unsubscribe/{link}` and `/block/{link}`: GET shows a page with a button, POST does it.
struct ChoiceRoutes: Sendable {
    let choice: AttendeeChoice

    func answer(_ request: HTTPAPIRequest, _ path: [String]) async throws -> HTTPAPIResponse {
        guard path.count == 2, ["rsvp", "unsubscribe", "block"].contains(path[0]) else { throw APIError.noRoute }
        switch (request.method, path[0]) {
        case ("GET", "rsvp"):
            let link = try choice.link(path[1])
            let event = try await choice.event(of: link, date: try date(request.query))
            return .page(ChoicePages.answer(event, chosen: try webAnswer(request.query)))
        case ("POST", "rsvp"):
            let fields = request.query.merging(try request.bodyFields()) { _, body in body }
            guard let answer = try webAnswer(fields) else { throw Self.noAnswer }
            let (event, isRecorded) = try await choice.answer(
                answer, by: try choice.link(path[1]), date: try date(fields))
            return .page(ChoicePages.answered(event, answer, isRecorded: isRecorded))
        case ("GET", "unsubscribe"):
            return .page(ChoicePages.unsubscribe(try choice.link(path[1]).attendee.description))
        case ("POST", "unsubscribe"):
            // Mailbox providers post `List-Unsubscribe=One-Click` here (RFC 8058), people the page's empty form.
            let link = try choice.link(path[1])
            if isUndo(request) {
                try await choice.resubscribe(link)
                return .page(ChoicePages.resubscribed(link.attendee.description))
            }
            try await choice.unsubscribe(link)
            return .page(ChoicePages.unsubscribed(link.attendee.description))
        case ("GET", "block"):
            let link = try choice.link(path[1])
            let organizer = try await choice.organizer(of: link).displayName
            return .page(ChoicePages.block(link.attendee.description, organizer: organizer))
        case ("POST", "block"):
            let link = try choice.link(path[1])
            if isUndo(request) {
                let organizer = try await choice.unblock(link).displayName
                return .page(ChoicePages.unblocked(link.attendee.description, organizer: organizer))
            }
            let organizer = try await choice.block(link).displayName
            return .page(ChoicePages.blocked(link.attendee.description, organizer: organizer))
        default:
            throw APIError.noRoute
        }
    }

    /// Whether the button was pressed that takes it back. Anything else that is posted, in whatever form (RFC 8058), does
    /// what the address says.
    private func isUndo(_ request: HTTPAPIRequest) -> Bool {
        request.mediaType == "application/x-www-form-urlencoded" && FormFields.parse(request.body)["undo"] == "yes"
    }

    private static let noAnswer = APIError(
        status: 400, code: "bad_answer", message: "\"answer\" must be yes, maybe or no.")

    /// The one date of a series that is answered.
    private func date(_ fields: [String: String]) throws(APIError) -> Int64? {
        guard let text = fields["date"], !text.isEmpty else { return nil }
        guard let date = Int64(text) else {
            throw APIError(
                status: 400, code: "bad_date",
                message: "\"date\" must be the original start of one date of the event, in epoch seconds.")
        }
        return date
    }

    private func webAnswer(_ fields: [String: String]) throws(APIError) -> WebAnswer? {
        guard let text = fields["answer"], !text.isEmpty else { return nil }
        guard let answer = WebAnswer(rawValue: text) else { throw Self.noAnswer }
        return answer
    }
}

extension Event {
    fileprivate var displayName: String { organizerName ?? organizer.description }
}
