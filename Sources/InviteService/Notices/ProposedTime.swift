import JSON
import MailMessage

/// What an organizer is told of an attendee's proposal.
package struct ProposedTime: Sendable, Equatable {
    package var attendee: EmailAddress
    /// In words.
    package var when: String
    /// The instance that would move, in words; nil for the whole event.
    package var instead: String?
    package var comment: String?

    package init(attendee: EmailAddress, when: String, instead: String?, comment: String?) {
        self.attendee = attendee
        self.when = when
        self.instead = instead
        self.comment = comment
    }

    var json: JSON {
        var object: JSONObject = ["attendee": .string(attendee.description), "when": .string(when)]
        object["instead"] = instead.map { .string($0) }
        object["comment"] = comment.map { .string($0) }
        return .object(object)
    }

    init?(json: JSON) {
        guard let attendee = json["attendee"]?.string.flatMap({ EmailAddress($0) }), let when = json["when"]?.string
        else { return nil }
        self.init(
            attendee: attendee, when: when, instead: json["instead"]?.string, comment: json["comment"]?.string)
    }
}
