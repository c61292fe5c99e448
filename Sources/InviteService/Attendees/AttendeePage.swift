/// Where in an event's attendees a page begins.
package struct AttendeeCursor: Sendable, Equatable {
    package var shard: Int
    /// The last address of the page before; nil at the start of a shard.
    package var after: String?

    package static let start = AttendeeCursor(shard: 0, after: nil)

    package init(shard: Int, after: String?) {
        self.shard = shard
        self.after = after
    }

    /// Opaque to API callers.
    package var text: String {
        String(decoding: Base32.encode(Array("\(shard) \(after ?? "")".utf8)), as: UTF8.self)
    }

    /// nil unless this server wrote the cursor.
    package init?(_ text: String) {
        guard let bytes = Base32.decode(text.utf8), let plain = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let parts = plain.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let shard = Int(parts[0]), (0..<AttendeeShard.count).contains(shard) else { return nil }
        self.init(shard: shard, after: parts[1].isEmpty ? nil : String(parts[1]))
    }
}

package struct AttendeePage: Sendable, Equatable {
    package var attendees: [Attendee]
    /// nil after the last attendee.
    package var next: AttendeeCursor?

    package init(attendees: [Attendee], next: AttendeeCursor?) {
        self.attendees = attendees
        self.next = next
    }
}
