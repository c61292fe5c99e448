import Audience
import MailMessage

/// Puts everybody who has an event into the queue for its current revision, page after page.
///
/// Nobody can be missed: a revision is stored before its job is queued, so a sender that still worked on the one before
/// either recorded its recipients before they were listed here, or finds the event changed when it is done and sends
/// its chunk the new revision itself. Nothing is marked for a single attendee: whoever is queued twice, by a repeated
/// message or by two changes, is claimed once for each revision.
package struct AttendeeStaging: Sendable {
    package struct Ports: Sendable {
        /// Strongly consistent.
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var listAttendees: @Sendable (EventUID, AttendeeCursor, _ limit: Int) async throws -> AttendeePage
        package var enqueue: @Sendable ([SendJob]) async throws -> Void
        package var continueWith: @Sendable (StageJob) async throws -> Void
        /// Notes that all have been queued for the revision, unless that is noted of a later one.
        package var recordSpread: @Sendable (EventUID, _ revision: Int) async throws -> Void

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            listAttendees: @escaping @Sendable (EventUID, AttendeeCursor, _ limit: Int) async throws -> AttendeePage,
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void,
            continueWith: @escaping @Sendable (StageJob) async throws -> Void,
            recordSpread: @escaping @Sendable (EventUID, _ revision: Int) async throws -> Void
        ) {
            self.readEvent = readEvent
            self.listAttendees = listAttendees
            self.enqueue = enqueue
            self.continueWith = continueWith
            self.recordSpread = recordSpread
        }
    }

    package enum Outcome: Sendable, Equatable {
        case finished(attendees: Int)
        /// The time was up; the rest waits as a job of its own.
        case continued(attendees: Int)
        /// A later change has a job of its own, which reaches all that this one would have.
        case overtaken
    }

    package enum Failure: Error, Sendable, Equatable {
        case unknownEvent(EventUID)
    }

    /// Attendees read at a time.
    package static let pageSize = 1000
    /// What a page may take, from reading it to having queued the last of it.
    private static let pageTime = Duration.seconds(3)

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    /// - Parameter deadline: when the function must have answered. A page is done in any case, so that every run gets on.
    package func run(_ job: StageJob, deadline: ContinuousClock.Instant) async throws -> Outcome {
        guard let event = try await ports.readEvent(job.event) else { throw Failure.unknownEvent(job.event) }
        guard event.revision == job.revision else { return .overtaken }
        var cursor = job.cursor
        var staged = 0
        while true {
            let page = try await ports.listAttendees(event.uid, cursor, Self.pageSize)
            let waiting = page.attendees.filter { event.concerns($0) }
            if !waiting.isEmpty { try await ports.enqueue(Self.jobs(for: waiting, of: event)) }
            staged += waiting.count
            guard let next = page.next else { break }
            cursor = next
            if ContinuousClock.now + Self.pageTime > deadline {
                try await ports.continueWith(StageJob(event: event.uid, revision: event.revision, cursor: cursor))
                return .continued(attendees: staged)
            }
        }
        try await ports.recordSpread(event.uid, event.revision)
        return .finished(attendees: staged)
    }

    private static func jobs(for attendees: [Attendee], of event: Event) -> [SendJob] {
        attendees.map { Recipient(address: $0.address, name: $0.name) }.pieces(of: SendJob.chunkSize).map {
            SendJob(event: event.uid, work: .attendees($0))
        }
    }
}

extension Event {
    /// Whether the attendee has a copy, or may have, that is not of the current revision, and is to be told. The sender
    /// asks the same again when it claims them.
    fileprivate func concerns(_ attendee: Attendee) -> Bool {
        guard attendee.sentRevision != nil || attendee.origin == .shared || attendee.isHeld else { return false }
        if updates == .notDeclined, attendee.response == .declined { return false }
        return (attendee.sentRevision ?? 0) < revision
    }
}
