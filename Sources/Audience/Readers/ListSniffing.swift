import JSON
import MailMessage

/// Finds out how a file is written.
enum ListSniffing {
    /// Bytes looked at.
    static let headSize = 64 << 10

    /// - Parameters:
    ///   - head: the first bytes, decompressed; the whole file when it is shorter than `headSize`.
    ///   - name: of the file, which decides where the first line alone does not.
    static func layout(of head: [UInt8], name: String) throws(ListRefusal) -> ListLayout {
        try refuse(head)
        let (encoding, mark) = encoding(of: head)
        var text = Array(head.dropFirst(mark))
        if encoding != .utf8 {
            var reader = UTF16Reader(isBigEndian: encoding == .utf16BigEndian)
            text = reader.read(text)
        } else if text.prefix(4096).contains(0) {
            throw .binary
        }
        let syntax = try isJSON(text, name: name) ? json(text) : delimited(text)
        return ListLayout(encoding: encoding, mark: mark, syntax: syntax)
    }

    private static func refuse(_ head: [UInt8]) throws(ListRefusal) {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw .spreadsheet
        }
        if head.starts(with: "PAR1".utf8) || head.starts(with: "ORC".utf8) { throw .columnar }
        if head.starts(with: "%PDF".utf8) || head.starts(with: "{\\rtf".utf8) { throw .document }
        let start = head.prefix(200).filter { $0 > 0x20 }.prefix(14).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if start.starts(with: "<!doctypehtml".utf8) || start.starts(with: "<html".utf8)
            || start.starts(with: "<?xml".utf8)
        {
            throw .document
        }
    }

    private static func encoding(of head: [UInt8]) -> (ListLayout.Encoding, mark: Int) {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        // Without a mark: every other byte of Latin text is zero.
        let sample = head.prefix(64)
        let zeros = sample.indices.filter { sample[$0] == 0 }
        if sample.count >= 4, zeros.count * 3 >= sample.count {
            if zeros.allSatisfy({ $0 % 2 == 1 }) { return (.utf16LittleEndian, 0) }
            if zeros.allSatisfy({ $0 % 2 == 0 }) { return (.utf16BigEndian, 0) }
        }
        return (.utf8, 0)
    }

    private static func isJSON(_ text: [UInt8], name: String) -> Bool {
        let first = text.first { $0 > 0x20 }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return true }
        var name = name.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        return name.hasSuffix(".json") || name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson")
    }

    /// JSON lines, unless the first line is the beginning of something longer.
    private static func json(_ text: [UInt8]) -> ListLayout.Syntax {
        let signs = text.lazy.filter { $0 > 0x20 }
        if signs.first == UInt8(ascii: "[") { return .objects(wrapping: [UInt8(ascii: "[")]) }
        // `{"Contacts":[{`, the answer of an API.
        var isInString = false
        for (place, byte) in signs.prefix(80).enumerated() {
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            guard !isInString, place > 0 else { continue }
            if byte == UInt8(ascii: "[") {
                let next = Array(signs.prefix(place + 2)).last
                if next == UInt8(ascii: "{") { return .objects(wrapping: Array("{[".utf8)) }
                break
            }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "{") { break }
        }
        let firstLine = text.drop { $0 <= 0x20 }.prefix { $0 != UInt8(ascii: "\n") }.filter { $0 > 0x20 }
        return firstLine == [UInt8(ascii: "{")] ? .objects(wrapping: []) : .lines
    }

    private static func delimited(_ text: [UInt8]) throws(ListRefusal) -> ListLayout.Syntax {
        let separator = separator(of: text)
        let records = records(text, separator)
        guard let first = records.first else { return .delimited(separator: separator, columns: nil) }
        // Spreadsheets write the separator they used into a line of its own.
        let hasDeclaration = String(decoding: first[0], as: UTF8.self).lowercased().hasPrefix("sep=")
        let head = hasDeclaration ? records.dropFirst().first ?? first : first
        if head.contains(where: { $0.contains(UInt8(ascii: "@")) }) {
            return .delimited(separator: separator, columns: nil)
        }
        var names = head.map { FieldName.canonical(Charset.decode($0, name: nil)) }
        let known = Set(FieldName.addresses.map(\.canonical))
        let isEndpoint = names.contains(FieldName.channel.canonical)
        let isAddress =
            isEndpoint ? names.contains(FieldName.endpointAddress.canonical) : names.contains(where: known.contains)
        // A heading `address` may be a street's, and the addresses' own may be in any language.
        let rows = records.dropFirst(hasDeclaration ? 2 : 1)
        if !isEndpoint, !names.contains(where: { known.contains($0) && $0 != "address" }),
            let column = columnOfAddresses(rows)
        {
            while names.count <= column { names.append("") }
            names[column] = FieldName.addresses[0].canonical
        } else if !isAddress {
            // One column of words is a list of bad addresses rather than a table.
            if head.count == 1, !names.isEmpty, rows.isEmpty {
                return .delimited(separator: separator, columns: nil)
            }
            throw .noAddressColumn(headings: head.map { Charset.decode($0, name: nil) })
        }
        return .delimited(separator: separator, columns: RecordColumns(names: names))
    }

    private static func columnOfAddresses(_ rows: ArraySlice<[[UInt8]]>) -> Int? {
        for row in rows.prefix(20) {
            if let column = row.firstIndex(where: { EmailAddress(Charset.decode($0, name: nil)) != nil }) {
                return column
            }
        }
        return nil
    }

    private static func separator(of text: [UInt8]) -> UInt8 {
        let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
        let line = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        if line.count == 5, line.starts(with: "sep=".utf8), let sign = line.last { return sign }
        var counts = [UInt8: Int]()
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, candidates.contains(byte) { counts[byte, default: 0] += 1 }
        }
        return candidates.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }.flatMap { counts[$0] == nil ? nil : $0 }
            ?? UInt8(ascii: ",")
    }

    /// The first records of the text; the last may be cut off.
    private static func records(_ text: [UInt8], _ separator: UInt8) -> [[[UInt8]]] {
        var reader = DelimitedReader(separator: separator)
        var records: [[[UInt8]]] = []
        func take(_ record: DelimitedReader.Record, _ line: Int) {
            if case .fields(let fields) = record { records.append(fields) }
        }
        try? reader.read(text, into: take)
        try? reader.finish(into: take)
        return records
    }
}
