import Scheduling

/// Why an attendee gets a mail, and what of the event it holds.
package struct MailOccasion: Sendable, Hashable {
    package var content: OutgoingContent
    /// They have the event in an earlier revision.
    package var isUpdate: Bool

    package init(content: OutgoingContent, isUpdate: Bool) {
        self.content = content
        self.isUpdate = isUpdate
    }

    package static let invitation = MailOccasion(content: .invitation, isUpdate: false)

    /// For somebody who asked for the event.
    static func asked(of event: Event) -> MailOccasion {
        MailOccasion(content: event.content(after: nil), isUpdate: false)
    }

    /// - Parameter standing: of somebody who is to have the event's revision.
    init(for standing: Standing, of event: Event) {
        let content = event.content(after: standing.sentRevision)
        self.init(content: content, isUpdate: standing.sentRevision != nil || standing.isShared)
    }
}
