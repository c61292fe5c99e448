/// Cuts a stream of bytes into records of comma-separated values (RFC 4180), with any separator.
///
/// More is understood than the standard has: LF and CR alone end a record, spaces may stand before an opening quote,
/// a quote inside an unquoted field is an ordinary character. A quote that is never closed costs its own line, not the
/// rest of the file.
package struct DelimitedReader {
    package enum Record: Sendable, Equatable {
        case fields([[UInt8]])
        /// The line begins a quoted field that does not end within the longest record.
        case unclosedQuote
    }

    private enum State {
        case fieldStart
        case plain
        case quoted
        /// After a quote inside a quoted field: the field's end, or the first half of an escaped quote.
        case closing
    }

    private let separator: UInt8
    private let limit: Int
    /// The bytes of the current record and of what follows it, as they came.
    private var buffer: [UInt8] = []
    /// How far the buffer was looked through.
    private var scanned = 0
    private var state = State.fieldStart
    private var fields: [[UInt8]] = []
    private var field: [UInt8] = []
    private var endsWithReturn = false
    /// Lines that were passed.
    private var line: Int
    /// The line on which the current record began, less one.
    private var startLine: Int
    /// Bytes up to the end of the last record that was given or left out as blank.
    package private(set) var offset: Int
    package var lineNumber: Int { startLine }

    /// - Parameters:
    ///   - limit: longest record in bytes; memory never holds more than twice this and one piece.
    ///   - line, offset: where an earlier reader of the same stream stopped.
    package init(separator: UInt8, limit: Int = 1 << 18, line: Int = 0, offset: Int = 0) {
        self.separator = separator
        self.limit = limit
        self.line = line
        startLine = line
        self.offset = offset
    }

    package mutating func read(_ piece: [UInt8], into record: (Record, _ line: Int) throws -> Void) throws {
        buffer.append(contentsOf: piece)
        try scan(into: record)
        guard buffer.count > limit else { return }
        guard try giveUpQuote(into: record) else {
            throw LineSplitter.Failure.lineTooLong(line: startLine + 1, limit: limit)
        }
    }

    /// Gives the last record when the stream did not end with a line end.
    package mutating func finish(into record: (Record, _ line: Int) throws -> Void) throws {
        while state == .quoted {
            guard try giveUpQuote(into: record) else {
                try record(.unclosedQuote, startLine + 1)
                offset += buffer.count
                buffer = []
                return
            }
        }
        guard !buffer.isEmpty else { return }
        line += 1
        try endRecord(at: buffer.count, into: record)
        buffer = []
    }

    private mutating func scan(into record: (Record, Int) throws -> Void) throws {
        var start = 0
        while scanned < buffer.count {
            let byte = buffer[scanned]
            scanned += 1
            if endsWithReturn {
                endsWithReturn = false
                if byte == UInt8(ascii: "\n") {
                    // The second half of a CRLF belongs to the record before it.
                    offset += 1
                    start = scanned
                    continue
                }
            }
            if byte == UInt8(ascii: "\n"), state == .quoted { line += 1 }
            if state != .quoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                endsWithReturn = byte == UInt8(ascii: "\r")
                line += 1
                try endRecord(at: scanned - start, into: record)
                start = scanned
            } else {
                take(byte)
            }
        }
        buffer.removeFirst(start)
        scanned -= start
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .quoted where byte == UInt8(ascii: "\""): state = .closing
        case .closing where byte == UInt8(ascii: "\""):
            field.append(byte)
            state = .quoted
        case .quoted: field.append(byte)
        case .fieldStart, .plain, .closing:
            if byte == separator {
                endField()
            } else if byte == UInt8(ascii: "\""), state == .fieldStart {
                field = []
                state = .quoted
            } else if byte == UInt8(ascii: " "), state != .plain {
                if state == .fieldStart { field.append(byte) }
            } else {
                field.append(byte)
                state = .plain
            }
        }
    }

    private mutating func endField() {
        fields.append(field)
        field = []
        state = .fieldStart
    }

    private mutating func endRecord(at size: Int, into record: (Record, Int) throws -> Void) throws {
        endField()
        let ended = fields
        fields = []
        let number = startLine + 1
        startLine = line
        offset += size
        if ended.contains(where: { $0.contains { $0 > 0x20 } }) { try record(.fields(ended), number) }
    }

    /// Takes the first line of a record whose quote does not end, and looks through what follows it once more.
    ///
    /// - Returns: false when there is no such quote, or no line end after it.
    private mutating func giveUpQuote(into record: (Record, Int) throws -> Void) throws -> Bool {
        guard state == .quoted, let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        let number = startLine + 1
        offset += end + 1
        buffer.removeFirst(end + 1)
        (scanned, state, fields, field) = (0, .fieldStart, [], [])
        line = number
        startLine = number
        try record(.unclosedQuote, number)
        try scan(into: record)
        return true
    }
}
