import JSON
import MailMessage

/// How a file of a list is written, found out from its beginning.
package struct ListLayout: Sendable, Equatable {
    enum Encoding: String, Sendable {
        case utf8
        case utf16LittleEndian = "utf-16le"
        case utf16BigEndian = "utf-16be"
    }

    enum Syntax: Sendable, Equatable {
        /// One JSON object a line.
        case lines
        /// Objects within a JSON document.
        case objects(wrapping: [UInt8])
        /// `columns` is nil for a file without headings, whose rows hold addresses anywhere.
        case delimited(separator: UInt8, columns: RecordColumns?)
    }

    var encoding: Encoding
    /// Bytes of the byte order mark.
    var mark: Int
    var syntax: Syntax

    /// Whether reading can begin at an offset without what comes before it.
    package var isSeekable: Bool { encoding == .utf8 }
    /// Bytes in front of the text.
    package var prefix: Int { mark }

    package var json: JSON {
        var object: JSONObject = ["encoding": .string(encoding.rawValue), "mark": .int(mark)]
        switch syntax {
        case .lines: object["syntax"] = "lines"
        case .objects(let wrapping): object["objects"] = .string(String(decoding: wrapping, as: UTF8.self))
        case .delimited(let separator, let columns):
            object["separator"] = .int(separator)
            object["columns"] = columns.map { .array($0.names.map { .string($0) }) }
        }
        return .object(object)
    }

    package init?(json: JSON) {
        guard let encoding = json["encoding"]?.string.flatMap(Encoding.init(rawValue:)), let mark = json["mark"]?.int
        else { return nil }
        self.encoding = encoding
        self.mark = mark
        if let wrapping = json["objects"]?.string {
            syntax = .objects(wrapping: Array(wrapping.utf8))
        } else if let separator = json["separator"]?.int {
            syntax = .delimited(
                separator: UInt8(truncatingIfNeeded: separator),
                columns: json["columns"]?.array.map { RecordColumns(names: $0.compactMap(\.string)) })
        } else {
            syntax = .lines
        }
    }

    init(encoding: Encoding, mark: Int, syntax: Syntax) {
        self.encoding = encoding
        self.mark = mark
        self.syntax = syntax
    }
}
