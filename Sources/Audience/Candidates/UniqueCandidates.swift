import MailMessage

/// The distinct candidates of one partition, each where it first stood.
package struct UniqueCandidates: Sendable {
    package private(set) var recipients: [Recipient] = []
    package private(set) var duplicates = 0
    private var seen: Set<String> = []

    package init() {}

    package mutating func add(_ stretch: [UInt8]) {
        CandidateRun.decode(stretch) { candidate in
            if seen.insert(candidate.address.normalized).inserted {
                recipients.append(candidate)
            } else {
                duplicates += 1
            }
        }
    }
}
