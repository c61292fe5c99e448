import Audience
import MailMessage

/// The rows of the lists that came with a mail, each with what is to become of it.
struct BulkList {
    /// Rows that one mail may have; longer lists go through the API.
    static let rowLimit = 50_000

    enum Result: Sendable, Equatable {
        case accepted(EventUID)
        /// Says why, for the list's owner.
        case rejected(String)
    }

    struct Row: Sendable, Equatable {
        var file: String
        /// Nil for what concerns the whole file.
        var line: Int?
        /// Nil where no address could be read.
        var recipient: Recipient?
        var result: Result
    }

    private(set) var rows: [Row] = []
    private(set) var isTooLong = false

    /// Reads the files.
    ///
    /// - Parameter standard: the event of rows that name none.
    init(_ files: [AttachedFile], standard: EventUID?) {
        for (number, file) in files.enumerated() {
            let name = file.filename.flatMap { $0.isEmpty ? nil : $0.cut(toUTF8: 100) } ?? "list-\(number + 1)"
            read(file.bytes, name: name, standard: standard)
        }
    }

    private mutating func read(_ bytes: [UInt8], name: String, standard: EventUID?) {
        var gzip = GzipReader()
        var list = ListReader(name: name, options: ListOptions(readsEvents: true))
        do {
            // A small piece of compressed data can hold a thousand times its size.
            for piece in bytes.pieces(of: 16 << 10) {
                try gzip.read(piece) { text in
                    try list.read(text) { row, line in take(row, line, of: name, standard: standard) }
                }
                if isTooLong { return }
            }
            try gzip.finish { text in
                try list.read(text) { row, line in take(row, line, of: name, standard: standard) }
            }
            try list.finish { row, line in take(row, line, of: name, standard: standard) }
        } catch let refusal as ListRefusal {
            reject(file: name, refusal.explanation)
        } catch {
            reject(file: name, "The rest of the file cannot be read: it is damaged, or has a row without end.")
        }
    }

    private mutating func reject(file: String, _ reason: String) {
        rows.append(Row(file: file, line: nil, recipient: nil, result: .rejected(reason)))
    }

    private mutating func take(_ row: ListRow, _ line: Int, of file: String, standard: EventUID?) {
        guard rows.count < Self.rowLimit else { return isTooLong = true }
        switch row {
        case .dropped(_, let detail):
            rows.append(Row(file: file, line: line, recipient: nil, result: .rejected(detail)))
        case .recipient(let recipient):
            rows.append(
                Row(file: file, line: line, recipient: recipient, result: Self.result(of: recipient, standard)))
        }
    }

    private static func result(of recipient: Recipient, _ standard: EventUID?) -> Result {
        guard let written = recipient.event else {
            return standard.map { .accepted($0) }
                ?? .rejected("no event UID: add a column uid, or write it into the subject")
        }
        guard let uid = EventUID(written) ?? EventUID(calendarUID: written) else {
            return .rejected("the uid is not one of this server's, which have 40 hexadecimal digits")
        }
        return .accepted(uid)
    }

    /// Events that accepted rows are for, in the order in which they first come.
    var events: [EventUID] {
        var seen: Set<EventUID> = []
        return rows.compactMap { row in
            if case .accepted(let uid) = row.result, seen.insert(uid).inserted { uid } else { nil }
        }
    }

    /// Rejects all rows for an event.
    mutating func reject(event uid: EventUID, _ reason: String) {
        for index in rows.indices where rows[index].result == .accepted(uid) {
            rows[index].result = .rejected(reason)
        }
    }

    /// Rejects all but the first row of each address for an event.
    mutating func rejectDuplicates() {
        var first: [EventUID: [EmailAddress: Row]] = [:]
        for index in rows.indices {
            guard case .accepted(let uid) = rows[index].result, let address = rows[index].recipient?.address else {
                continue
            }
            if let earlier = first[uid]?[address] {
                let place = earlier.line.map { "line \($0)" } ?? "the list"
                rows[index].result = .rejected("the same address as in \(place) of \(earlier.file)")
            } else {
                first[uid, default: [:]][address] = rows[index]
            }
        }
    }

    /// Rejects the rows of everybody who wants nothing from the organizer.
    mutating func rejectRefusing(_ persons: [EmailAddress: Person], organizer: EmailAddress) {
        for index in rows.indices {
            guard case .accepted = rows[index].result, let address = rows[index].recipient?.address,
                persons[address]?.refuses(organizer) == true
            else { continue }
            rows[index].result = .rejected("unsubscribed, blocked you, or is not reachable")
        }
    }

    /// Rejects the rows of new people for whom the event has no room.
    mutating func rejectSurplus(of uid: EventUID, room: Int, invited: Set<EmailAddress>, limit: Int) {
        var room = room
        for index in rows.indices where rows[index].result == .accepted(uid) {
            guard let address = rows[index].recipient?.address, !invited.contains(address) else { continue }
            room -= 1
            if room < 0 {
                rows[index].result = .rejected(
                    "you may invite \(limit) people to one event: ask the owner of this domain for more")
            }
        }
    }

    func recipients(of uid: EventUID) -> [Recipient] {
        rows.compactMap { $0.result == .accepted(uid) ? $0.recipient : nil }
    }

    var acceptedCount: Int { rows.count { if case .accepted = $0.result { true } else { false } } }

    /// The rows as a file for their sender (RFC 4180).
    var report: [UInt8] {
        var text = "file,line,email,result,reason,event\r\n"
        for row in rows {
            var cells = [row.file, row.line.map(String.init) ?? "", row.recipient?.address.description ?? ""]
            switch row.result {
            case .accepted(let uid): cells += ["accepted", "", uid.description]
            case .rejected(let reason): cells += ["rejected", reason, ""]
            }
            text += cells.map(SpreadsheetCell.text).joined(separator: ",") + "\r\n"
        }
        return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    }
}
