import MailMessage

/// The head of an event: what lists, decisions and mails need. The calendar object itself is kept beside it.
package struct Event: Sendable, Equatable {
    package enum Status: String, Sendable {
        case confirmed
        case tentative
        /// A tombstone: kept so that an old request cannot bring the event back.
        case cancelled
    }

    package var uid: EventUID
    /// The authenticated sender, who alone may change the event.
    package var organizer: EmailAddress
    package var organizerName: String?
    /// ORGANIZER of the calendar object; differs from `organizer` for Google's secondary calendars.
    package var originalOrganizer: String
    /// The mail domain the event was created at.
    package var domain: String
    /// UID in the organizer's calendar.
    package var clientUID: String
    package var productID: String

    /// Counts accepted changes from 1.
    package var revision: Int
    /// SHA-256 of the stored calendar object in hexadecimal digits, which is its name: two changes that race for a
    /// revision cannot overwrite each other's object.
    package var calendar: String
    /// SEQUENCE of what is sent to attendees; grows with each change they must answer again (RFC 5546 section 2.1.4).
    package var sequence: Int
    /// The least SEQUENCE of an answer that still holds: that of the last change of the whole event's times.
    package var answerSequence: Int
    /// The same for single instances of a series, by their original start in epoch seconds: those that were moved since.
    package var askedInstances: [Int64: Int]
    /// (SEQUENCE, DTSTAMP) of the organizer's latest message about the whole event: what a newer one must exceed.
    package var sourceSequence: Int
    /// Epoch seconds; nil when the organizer's client wrote no DTSTAMP.
    package var sourceStamp: Int64?
    /// SES message id of that message; tells a repeated delivery from a new message.
    package var sourceMessage: String

    package var status: Status
    /// Epoch seconds.
    package var created: Int64
    package var lastModified: Int64

    /// This and the location are at most `lineLimit` bytes.
    package var summary: String
    /// At most `descriptionLimit` bytes; the whole text is in the calendar object.
    package var description: String
    package var location: String
    /// Epoch seconds; midnight UTC of the date for an all-day event.
    package var start: Int64
    package var end: Int64
    /// When the last instance of a series ends, likewise; far away for one without an end. `end` of a single event.
    package var lastEnd: Int64
    package var isAllDay: Bool
    /// The TZID of DTSTART as the organizer's client wrote it.
    package var timeZone: String?
    /// The RRULE value.
    package var recurrence: String?

    /// Who is told of changes.
    package var updates: UpdateAudience
    /// The latest changes, at most `EventChange.limit`, in the order of their revisions.
    package var changes: [EventChange]
    /// The latest revision for which everybody who has the event was put into the queue.
    package var spreadRevision: Int

    /// Moved instances an event remembers; answers to those moved before them hold as answers to the whole event do.
    package static let askedLimit = 200
    package static let descriptionLimit = 8 << 10
    /// Bytes kept of the summary, the location and other texts of one line.
    package static let lineLimit = 1 << 10

    package init(
        uid: EventUID, organizer: EmailAddress, organizerName: String?, originalOrganizer: String, domain: String,
        clientUID: String, productID: String, revision: Int, calendar: String, sequence: Int, answerSequence: Int,
        sourceSequence: Int,
        sourceStamp: Int64?, sourceMessage: String, status: Status, created: Int64,
        lastModified: Int64, summary: String,
        description: String, location: String, start: Int64, end: Int64, isAllDay: Bool, timeZone: String?,
        recurrence: String?, askedInstances: [Int64: Int] = [:], updates: UpdateAudience = .everyone,
        changes: [EventChange] = [], spreadRevision: Int = 1, lastEnd: Int64? = nil
    ) {
        self.uid = uid
        self.organizer = organizer
        self.organizerName = organizerName
        self.originalOrganizer = originalOrganizer
        self.domain = domain
        self.clientUID = clientUID
        self.productID = productID
        self.revision = revision
        self.calendar = calendar
        self.sequence = sequence
        self.answerSequence = answerSequence
        self.askedInstances = askedInstances
        self.sourceSequence = sourceSequence
        self.sourceStamp = sourceStamp
        self.sourceMessage = sourceMessage
        self.status = status
        self.created = created
        self.lastModified = lastModified
        self.summary = summary
        self.description = description
        self.location = location
        self.start = start
        self.end = end
        self.lastEnd = lastEnd ?? end
        self.isAllDay = isAllDay
        self.timeZone = timeZone
        self.recurrence = recurrence
        self.updates = updates
        self.changes = changes
        self.spreadRevision = spreadRevision
    }
}
