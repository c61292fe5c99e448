/// Cuts a JSON document into the objects of its array, without holding more than one of them.
///
/// `[{…},{…}]`, `{"Contacts":[{…},{…}]}` as service APIs answer, and objects one after another over several lines.
package struct ObjectReader {
    package enum Failure: Error, Sendable, Equatable {
        /// The document ends within an object.
        case truncated
    }

    /// What stands around the objects: ``, `[` or `{[`.
    package let wrapping: [UInt8]
    private let limit: Int
    private var open: [UInt8]
    private var object: [UInt8] = []
    private var isInString = false
    private var isEscaped = false
    private var line: Int
    private var startLine = 0
    private var position: Int
    /// Lines up to the last object given.
    package private(set) var lineNumber: Int
    /// Bytes up to the end of the last object given.
    package private(set) var offset: Int

    /// - Parameters:
    ///   - limit: longest object in bytes.
    ///   - line, offset: where an earlier reader of the same stream stopped.
    package init(wrapping: [UInt8], limit: Int = 1 << 20, line: Int = 0, offset: Int = 0) {
        self.wrapping = wrapping
        self.limit = limit
        open = offset > 0 ? wrapping : []
        self.line = line
        lineNumber = line
        self.offset = offset
        position = offset
    }

    package mutating func read(_ piece: [UInt8], into given: ([UInt8], _ line: Int) throws -> Void) throws {
        for byte in piece {
            position += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if !object.isEmpty { object.append(byte) }
            guard !isInString else {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if object.isEmpty, byte == UInt8(ascii: "{"), open == wrapping {
                    object.append(byte)
                    startLine = line + 1
                }
                if open.count < 256 { open.append(byte) }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if !open.isEmpty { open.removeLast() }
                if !object.isEmpty, open.count == wrapping.count {
                    let ended = object
                    object = []
                    (offset, lineNumber) = (position, line)
                    try given(ended, startLine)
                }
            default: break
            }
            guard object.count <= limit else {
                throw LineSplitter.Failure.lineTooLong(line: startLine, limit: limit)
            }
        }
    }

    /// Throws when the document ends inside an object.
    package func finish() throws {
        if !object.isEmpty { throw Failure.truncated }
    }
}
