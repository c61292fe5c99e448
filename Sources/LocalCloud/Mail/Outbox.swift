import Foundation
import JSON

/// Every mail the service accepted: one file each, and `index.jsonl` with a line each in the order of acceptance.
package actor Outbox {
    package nonisolated let directory: URL
    private let index: FileHandle
    private var count: Int

    /// Opens the outbox in the directory, creating it when it is not there, and goes on after what it holds.
    package init(directory: URL) throws {
        self.directory = directory
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let path = Outbox.indexFile(in: directory).path
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw OutboxError.cannotOpen(path: path) }
        index = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        count = try Outbox.entries(in: directory).map(\.number).max() ?? 0
        if let last = try index.readToEnd()?.last, last != UInt8(ascii: "\n") {
            // A line that a crash cut short must not swallow the next one.
            try index.write(contentsOf: [UInt8(ascii: "\n")])
        }
    }

    /// Stores the message, then its index line: a line always has its file.
    @discardableResult
    func accept(
        _ request: SendEmailRequest, messageID: String, suppressed: [String], milliseconds: Int
    ) throws -> OutboxEntry {
        let entry = OutboxEntry(
            number: count + 1, time: milliseconds, messageID: messageID, from: request.from,
            recipients: request.recipients, suppressed: suppressed, configurationSet: request.configurationSet,
            tags: request.tags, size: request.message.count)
        try Data(request.message).write(to: directory.appendingPathComponent(entry.fileName))
        try index.write(contentsOf: Data(entry.json.bytes + [UInt8(ascii: "\n")]))
        count += 1
        return entry
    }

    /// The entries of an outbox, open or not, in the order of acceptance.
    package static func entries(in directory: URL) throws -> [OutboxEntry] {
        let lines = try Data(contentsOf: indexFile(in: directory))
        return lines.split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSON(parsing: [UInt8](line))).flatMap(OutboxEntry.init)
        }
    }

    /// The message of an entry, byte for byte.
    package static func message(of entry: OutboxEntry, in directory: URL) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appendingPathComponent(entry.fileName)))
    }

    private static func indexFile(in directory: URL) -> URL { directory.appendingPathComponent("index.jsonl") }
}

package enum OutboxError: Error, CustomStringConvertible {
    case cannotOpen(path: String)

    package var description: String {
        switch self {
        case .cannotOpen(let path): "cannot open \(path)"
        }
    }
}
