/// Cuts a stream of bytes into lines without their LF or CRLF; blank lines are counted but not given.
package struct LineSplitter {
    private var rest: [UInt8] = []
    private let limit: Int
    /// Lines seen so far, blank ones included.
    package private(set) var lineNumber: Int
    /// Bytes up to the end of the last line that was given or left out as blank.
    package private(set) var offset: Int

    package enum Failure: Error, Sendable, Equatable {
        case lineTooLong(line: Int, limit: Int)
    }

    /// - Parameters:
    ///   - limit: longest line in bytes; memory never holds more than this and one piece.
    ///   - line, offset: where an earlier splitter of the same stream stopped.
    package init(limit: Int = 1 << 20, line: Int = 0, offset: Int = 0) {
        self.limit = limit
        lineNumber = line
        self.offset = offset
    }

    package mutating func read(_ piece: [UInt8], into line: ([UInt8], _ number: Int) throws -> Void) throws {
        var start = piece.startIndex
        while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
            rest.append(contentsOf: piece[start..<end])
            offset += rest.count + 1
            try emit(into: line)
            start = end + 1
        }
        rest.append(contentsOf: piece[start...])
        // One more for a CR whose LF comes with the next piece.
        guard rest.count <= limit + 1 else { throw Failure.lineTooLong(line: lineNumber + 1, limit: limit) }
    }

    /// Gives the last line when the stream did not end with a line feed.
    package mutating func finish(into line: ([UInt8], _ number: Int) throws -> Void) throws {
        offset += rest.count
        if !rest.isEmpty { try emit(into: line) }
    }

    private mutating func emit(into line: ([UInt8], Int) throws -> Void) throws {
        lineNumber += 1
        if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        guard rest.count <= limit else { throw Failure.lineTooLong(line: lineNumber, limit: limit) }
        defer { rest.removeAll(keepingCapacity: true) }
        if rest.contains(where: { $0 != 0x20 && $0 != 0x09 }) { try line(rest, lineNumber) }
    }
}
