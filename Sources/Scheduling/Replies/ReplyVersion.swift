/// What orders the answers of one attendee to one event or instance.
///
/// SEQUENCE and DTSTAMP as RFC 5546 section 2.1.5 says. Clients that copy the DTSTAMP of the invitation into each answer
/// would be held to their first one, so the Date of the mail decides between answers of equal DTSTAMP: it is the same
/// however often a mail is delivered.
package struct ReplyVersion: Sendable, Equatable, Comparable {
    package var sequence: Int
    /// DTSTAMP in epoch seconds.
    package var stamp: Int64
    /// Date of the mail in epoch seconds; 0 without one.
    package var sent: Int64

    package init(sequence: Int, stamp: Int64, sent: Int64) {
        self.sequence = sequence
        self.stamp = stamp
        self.sent = sent
    }

    package static func < (left: ReplyVersion, right: ReplyVersion) -> Bool {
        (left.sequence, left.stamp, left.sent) < (right.sequence, right.stamp, right.sent)
    }
}
