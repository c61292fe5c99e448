import InviteService
import Synchronization

/// The calendar object that was read last: chunk after chunk of a campaign wants the same. An object never changes, since
/// its name is made from what is in it.
package final class CalendarCache: Sendable {
    private struct Entry {
        var event: EventUID
        var object: String
        var calendar: [UInt8]
    }

    private let bucket: Bucket
    private let last = Mutex<Entry?>(nil)

    package init(_ bucket: Bucket) { self.bucket = bucket }

    package func read(_ event: Event) async throws -> [UInt8] {
        let known = last.withLock { $0 }
        if let known, known.event == event.uid, known.object == event.calendar { return known.calendar }
        let calendar = try await bucket.readCalendar(event)
        last.withLock { $0 = Entry(event: event.uid, object: event.calendar, calendar: calendar) }
        return calendar
    }
}
