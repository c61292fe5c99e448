import Scheduling

/// Why an organizer's mail made no event, in words they can act on.
package struct RefusalReason: Sendable, Equatable {
    /// Stable, for logs and counting.
    package var code: String
    /// What is wrong and what to do, as plain sentences.
    package var explanation: String

    package init(code: String, explanation: String) {
        self.code = code
        self.explanation = explanation
    }

    /// - Parameter noun: what the failure was found in.
    package init(_ failure: CalendarMail.Failure, in noun: String = "mail") {
        switch failure {
        case .noCalendarPart(winmail: true):
            code = "winmail"
            explanation = """
                Your mail carries its invitation as a winmail.dat attachment, which only Outlook can read. In Outlook, \
                send the meeting request as an Internet standard (iCalendar), or invite this address from the calendar \
                itself instead of forwarding the meeting.
                """
        case .noCalendarPart(winmail: false):
            code = "no-calendar"
            explanation = """
                Your mail has no calendar part. Open the event in your calendar, add this address as a guest, and let \
                the calendar send the invitation.
                """
        case .unreadable(let detail):
            code = "unreadable-calendar"
            explanation =
                "The calendar part of your \(noun) cannot be read (\(Self.quoted(detail))). Send the invitation again from your calendar."
        case .unknownMethod(let name):
            code = "unknown-method"
            explanation =
                "The calendar part of your \(noun) has the METHOD \(Self.quoted(name)), which is none of RFC 5546. Send it as a REQUEST."
        }
    }

    /// - Parameter noun: what the failure was found in.
    package init(_ failure: OrganizerMessage.Failure, in noun: String = "mail") {
        switch failure {
        case .unsupportedMethod(let method):
            code = "unsupported-method"
            explanation = """
                Your \(noun) is a calendar \(method.rawValue). It must be an invitation, update or cancellation \
                of an event you organize; answers to an invitation go to the address it came from.
                """
        case .missingUID:
            code = "missing-uid"
            explanation =
                "The event in your \(noun) has no UID, so later changes of it could not be recognised. Send it from a calendar program."
        case .severalEvents(let count):
            code = "several-events"
            explanation = "Your \(noun) holds \(count) different events. Send one invitation for each."
        case .missingStart:
            code = "missing-start"
            explanation = "The event in your \(noun) has no start (DTSTART). Set its date and time and send it again."
        case .unusableStart(let value):
            code = "unusable-start"
            explanation =
                "The start of the event, \"\(Self.quoted(value))\", is not a date or time of RFC 5545. Set its date and time and send it again."
        case .unusableEnd(let value):
            code = "unusable-end"
            explanation =
                "The end of the event, \"\(Self.quoted(value))\", is not a date, time or duration of RFC 5545. Set it and send it again."
        case .unusableRule(let value):
            code = "unusable-rule"
            explanation = """
                The event repeats by the rule "\(Self.quoted(value))", which is none of RFC 5545. Set again how it repeats \
                and send it.
                """
        case .unknownTimeZone(let name):
            code = "unknown-time-zone"
            explanation = """
                The event is in the time zone "\(Self.quoted(name))", which is not known and not defined in your \(noun). Choose a zone \
                from your calendar's list and send it again.
                """
        case .endsBeforeStart:
            code = "ends-before-start"
            explanation = "The event ends before it starts. Correct its end and send it again."
        case .unusableRecurrenceID(let value):
            code = "unusable-recurrence-id"
            explanation = """
                Your \(noun) is about one instance of a series, but "\(Self.quoted(value))" does not say which. Make the \
                change again in your calendar.
                """
        }
    }

    static let listsNotAllowed = RefusalReason(
        code: "lists-not-allowed",
        explanation: """
            You may not send lists by mail yet. Ask the owner of this domain to allow it, then send your mail again; or \
            start a campaign through the API with your key.
            """)

    static let noList = RefusalReason(
        code: "no-list",
        explanation: """
            Your mail has no list attached. Attach a CSV file with a column named "email", and write the event's UID \
            into the subject or into a column named "uid".
            """)

    static let emptyList = RefusalReason(
        code: "empty-list", explanation: "The list attached to your mail has no rows. Nobody was invited.")

    static let listTooLong = RefusalReason(
        code: "list-too-long",
        explanation: """
            The list attached to your mail has more than \(BulkList.rowLimit) rows. Nobody was invited. Split it into \
            several mails, or start a campaign through the API, where lists may have any length.
            """)

    /// What a mail says, cut to what helps: a line of a calendar may hold megabytes, a queue message 256 KB.
    private static func quoted(_ text: String) -> String {
        text.utf8.count > 200 ? text.cut(toUTF8: 200) + "…" : text
    }

    /// A message that presupposes an event which was never created here.
    static func unknownEvent(_ action: OrganizerMessage.Action, in noun: String) -> RefusalReason {
        action == .cancel
            ? RefusalReason(
                code: "nothing-to-cancel",
                explanation: "You cancelled an event that was never created here. Nothing was sent to anybody.")
            : RefusalReason(
                code: "unknown-series",
                explanation: "Your \(noun) adds to a series that is not known here. Send the whole series first.")
    }

    package static let suspended = RefusalReason(
        code: "organizer-suspended",
        explanation: """
            You are suspended as an organizer: nothing is made, changed or sent for you until the owner of this domain \
            allows it again. Ask them.
            """)

    static func eventLimit(_ limit: Int) -> RefusalReason {
        RefusalReason(
            code: "event-limit",
            explanation: """
                You have made \(limit) events, and may not make more. Use one you have for something else, or ask the \
                owner of this domain for more.
                """)
    }

    static func unknownInstance(_ instance: String, in noun: String) -> RefusalReason {
        RefusalReason(
            code: "unknown-instance",
            explanation: """
                Your \(noun) changes the instance of \(quoted(instance)), but the series known here has none at that time. \
                Send the whole series again.
                """)
    }
}
