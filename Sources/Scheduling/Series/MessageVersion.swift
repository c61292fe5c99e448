/// What orders the messages about one event or instance (RFC 5546 section 2.1.5).
package struct MessageVersion: Sendable, Equatable {
    /// SEQUENCE.
    package var sequence: Int
    /// DTSTAMP in epoch seconds; nil when the client wrote none.
    package var stamp: Int64?

    package init(sequence: Int, stamp: Int64?) {
        self.sequence = sequence
        self.stamp = stamp
    }

    /// Whether a message of this version may follow one of the other. Equal SEQUENCE and equal DTSTAMP pass: some
    /// clients resend an edited event with both unchanged.
    package func mayFollow(_ other: MessageVersion) -> Bool {
        if sequence != other.sequence { return sequence > other.sequence }
        guard let stamp, let known = other.stamp else { return true }
        return stamp >= known
    }

    /// Whether a message of this version was certainly written after one of the other.
    func isLater(than other: MessageVersion) -> Bool {
        if sequence != other.sequence { return sequence > other.sequence }
        guard let stamp, let known = other.stamp else { return false }
        return stamp > known
    }
}
