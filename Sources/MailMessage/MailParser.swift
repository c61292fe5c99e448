/// Reads messages (RFC 5322, RFC 2045, RFC 2046), whatever state they are in.
package enum MailParser {
    /// Bounds that keep a hostile message from costing more than its size warrants.
    package struct Limits: Sendable {
        /// Levels of multiparts and enclosed messages; what lies deeper stays undivided.
        package var maximumDepth: Int
        package var maximumParts: Int
        /// Fields of one header; those beyond are dropped.
        package var maximumHeaderFields: Int

        package init(maximumDepth: Int = 24, maximumParts: Int = 2000, maximumHeaderFields: Int = 4000) {
            self.maximumDepth = maximumDepth
            self.maximumParts = maximumParts
            self.maximumHeaderFields = maximumHeaderFields
        }

        package static let `default` = Limits()
    }

    /// Reads a message in time proportional to its size; every input gives a result.
    package static func parse(_ bytes: [UInt8], limits: Limits = .default) -> ParsedMail {
        var problems = MailProblems()
        var bytes = bytes
        if !bytes.contains(0x0A), bytes.contains(0x0D) {
            problems.add(.bareCarriageReturns)
            for index in bytes.indices where bytes[index] == 0x0D { bytes[index] = 0x0A }
        }
        var parts = 0
        let root = MessageScanner.message(bytes, depth: 0, limits: limits, parts: &parts, problems: &problems)
        return ParsedMail(root: root, problems: problems.list)
    }
}

/// Problems collected while reading, each once.
struct MailProblems {
    private(set) var list: [MailProblem] = []
    private var known: Set<MailProblem> = []

    mutating func add(_ problem: MailProblem) {
        // Those that quote the message are bounded in number as well.
        if known.count < 50, known.insert(problem).inserted { list.append(problem) }
    }
}
