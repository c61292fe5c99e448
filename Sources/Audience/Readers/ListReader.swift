import JSON
import MailMessage

/// Reads one file of a list, decompressed, piece by piece: finds out how it is written, and gives its rows.
///
/// JSON lines and JSON documents; comma-, semicolon-, tab- and bar-separated values with or without headings; plain
/// text with one address a line. UTF-8, UTF-16, and windows-1252 where the bytes are no UTF-8.
package struct ListReader {
    /// Where a later reader can go on.
    package struct Position: Sendable, Equatable {
        package var layout: ListLayout
        /// Bytes of the text in UTF-8 up to the end of the last row, without its byte order mark.
        package var offset: Int
        package var line: Int

        package init(layout: ListLayout, offset: Int, line: Int) {
            self.layout = layout
            self.offset = offset
            self.line = line
        }
    }

    private enum Records {
        case lines(LineSplitter)
        case objects(ObjectReader)
        case delimited(DelimitedReader, RecordColumns?)
    }

    private let name: String
    private let rules: RowRules
    private var head: [UInt8] = []
    private var layout: ListLayout?
    private var records: Records?
    private var wide: UTF16Reader?
    /// Bytes still to be left out: the mark, and the text of rows that were read before.
    private var surplus = 0
    private var toSkip = 0
    private var isFirstRecord = true

    /// - Parameter name: of the file; its ending counts where the contents alone do not tell.
    package init(name: String, options: ListOptions) {
        self.name = name
        rules = RowRules(options)
    }

    /// Goes on where an earlier reader stopped.
    ///
    /// - Parameter startsThere: the first piece begins at `layout.prefix + offset` of the file; otherwise at the file's
    ///   start.
    package init(name: String, options: ListOptions, from position: Position, startsThere: Bool) {
        self.init(name: name, options: options)
        open(position.layout, line: position.line, offset: position.offset)
        isFirstRecord = position.offset == 0
        if startsThere {
            surplus = 0
        } else {
            toSkip = position.offset
        }
    }

    /// Nil while the file's beginning is still being looked at.
    package var position: Position? {
        guard let layout, let records else { return nil }
        return switch records {
        case .lines(let reader): Position(layout: layout, offset: reader.offset, line: reader.lineNumber)
        case .objects(let reader): Position(layout: layout, offset: reader.offset, line: reader.lineNumber)
        case .delimited(let reader, _): Position(layout: layout, offset: reader.offset, line: reader.lineNumber)
        }
    }

    /// Throws `ListRefusal` for what is no list, `LineSplitter.Failure` for a row without end.
    package mutating func read(_ piece: [UInt8], into row: (ListRow, _ line: Int) throws -> Void) throws {
        guard layout == nil else { return try pass(piece, into: row) }
        head.append(contentsOf: piece)
        if head.count >= ListSniffing.headSize { try begin(into: row) }
    }

    /// Call after the last piece.
    package mutating func finish(into row: (ListRow, _ line: Int) throws -> Void) throws {
        if layout == nil { try begin(into: row) }
        let rules = rules
        switch records {
        case .lines(var reader)?:
            try reader.finish { line, number in try row(rules.row(line), number) }
            records = .lines(reader)
        case .objects(let reader)?: try reader.finish()
        case .delimited(var reader, let columns)?:
            var isFirst = isFirstRecord
            try reader.finish { record, number in
                try Self.give(record, number, columns, rules, isFirst: &isFirst, into: row)
            }
            records = .delimited(reader, columns)
        case nil: break
        }
    }

    private mutating func begin(into row: (ListRow, Int) throws -> Void) throws {
        let layout = try ListSniffing.layout(of: head, name: name)
        open(layout, line: 0, offset: 0)
        let start = head
        head = []
        try pass(start, into: row)
    }

    private mutating func open(_ layout: ListLayout, line: Int, offset: Int) {
        self.layout = layout
        surplus = layout.mark
        if layout.encoding != .utf8 { wide = UTF16Reader(isBigEndian: layout.encoding == .utf16BigEndian) }
        records =
            switch layout.syntax {
            case .lines: .lines(LineSplitter(line: line, offset: offset))
            case .objects(let wrapping): .objects(ObjectReader(wrapping: wrapping, line: line, offset: offset))
            case .delimited(let separator, let columns):
                .delimited(DelimitedReader(separator: separator, line: line, offset: offset), columns)
            }
    }

    private mutating func pass(_ piece: [UInt8], into row: (ListRow, Int) throws -> Void) throws {
        var text = piece
        if surplus > 0 {
            let count = min(surplus, text.count)
            text.removeFirst(count)
            surplus -= count
        }
        if wide != nil { text = wide?.read(text) ?? [] }
        if toSkip > 0 {
            let count = min(toSkip, text.count)
            text.removeFirst(count)
            toSkip -= count
        }
        guard !text.isEmpty else { return }
        let rules = rules
        // Taken out while it is written to, so that its buffer is not copied.
        let current = records
        records = nil
        switch current {
        case .lines(var reader)?:
            defer { records = .lines(reader) }
            try reader.read(text) { line, number in try row(rules.row(line), number) }
        case .objects(var reader)?:
            defer { records = .objects(reader) }
            try reader.read(text) { object, number in try row(rules.row(object), number) }
        case .delimited(var reader, let columns)?:
            var isFirst = isFirstRecord
            defer {
                records = .delimited(reader, columns)
                isFirstRecord = isFirst
            }
            try reader.read(text) { record, number in
                try Self.give(record, number, columns, rules, isFirst: &isFirst, into: row)
            }
        case nil: break
        }
    }

    private static func give(
        _ record: DelimitedReader.Record, _ line: Int, _ columns: RecordColumns?, _ rules: RowRules,
        isFirst: inout Bool, into row: (ListRow, Int) throws -> Void
    ) throws {
        guard case .fields(let fields) = record else {
            isFirst = false
            return try row(.dropped(.unreadable, detail: "a quotation mark is opened and never closed"), line)
        }
        if isFirst {
            // The separator's declaration comes before the headings.
            if fields.count <= 2, fields[0].starts(with: "sep=".utf8) { return }
            isFirst = false
            if columns != nil { return }
        }
        if let columns { return try row(rules.row(fields, columns), line) }
        // Without headings every field with an @ is somebody; beside a single one the name may stand.
        let texts = fields.map { Charset.decode($0, name: nil) }.filter { $0.utf8.contains { $0 > 0x20 } }
        let addresses = texts.filter { $0.utf8.contains(UInt8(ascii: "@")) }
        if addresses.count > 1 {
            for text in addresses { try row(rules.row(address: text), line) }
        } else if let text = addresses.first, case let mailboxes = AddressList.parse(text), mailboxes.count > 1 {
            for mailbox in mailboxes {
                try row(rules.row(address: mailbox.address.description, name: mailbox.name), line)
            }
        } else {
            let name = addresses.isEmpty ? nil : texts.first { !$0.utf8.contains(UInt8(ascii: "@")) }
            try row(rules.row(address: addresses.first ?? texts.first ?? "", name: name), line)
        }
    }
}
