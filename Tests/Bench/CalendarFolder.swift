import Foundation
import MailMessage

/// The files of a folder, each one calendar stream.
enum CalendarFolder {
    static func read(_ folder: URL) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            [UInt8](try Data(contentsOf: folder.appending(path: $0)))
        }
    }

    static func write(_ files: [(name: String, bytes: [UInt8])], to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files { try Data(file.bytes).write(to: folder.appending(path: file.name)) }
    }

    /// The calendars of the corpus: its `.ics` files, and the first calendar part of each mail.
    static func extract(corpus: URL, to folder: URL) throws {
        for kind in ["ics", "eml"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: corpus.appending(path: kind).path)
            for name in names.sorted() {
                let bytes = [UInt8](try Data(contentsOf: corpus.appending(path: kind).appending(path: name)))
                let calendar = kind == "ics" ? bytes : MailParser.parse(bytes).calendarParts().first?.utf8
                guard let calendar else { continue }
                try write([("\(kind)-\(name).ics", calendar)], to: folder)
            }
        }
    }
}
