import Foundation
import JSON

/// The folder of a local stack: its state file, outbox and logs, and MiniStack's own state.
package struct StackDirectory: Sendable {
    package let url: URL

    package init(_ url: URL) { self.url = url }

    package var outbox: URL { url.appendingPathComponent("outbox") }
    var miniStack: URL { url.appendingPathComponent("ministack") }
    private var stateFile: URL { url.appendingPathComponent("stack.json") }

    /// Removes what an earlier run left, and nothing else that may be in the folder.
    func clear() throws {
        for item in [outbox, miniStack, stateFile] where FileManager.default.fileExists(atPath: item.path) {
            try FileManager.default.removeItem(at: item)
        }
    }

    /// Nil when no stack was ever started here.
    package func state() throws -> StackState? {
        guard let content = try? Data(contentsOf: stateFile) else { return nil }
        return StackState(try JSON(parsing: [UInt8](content)))
    }

    func write(_ state: StackState) throws {
        // It holds a key: for its owner's eyes only.
        let descriptor = open(stateFile.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StackDirectoryError.cannotWrite(stateFile) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(state.json.bytes))
    }

    /// Whether a stack is running here now.
    package var isInUse: Bool {
        guard let lock = try? lock() else { return true }
        try? lock.close()
        return false
    }

    /// Holds the folder for this process; the lock goes with the process, however it ends.
    func lock() throws -> FileHandle {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let descriptor = open(url.appendingPathComponent("lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StackDirectoryError.cannotWrite(url) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StackDirectoryError.inUse(url)
        }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}

package enum StackDirectoryError: Error, Sendable, CustomStringConvertible {
    case inUse(URL)
    case cannotWrite(URL)

    package var description: String {
        switch self {
        case .inUse(let url): "a local stack is running in \(url.path) already"
        case .cannotWrite(let url): "cannot write \(url.path)"
        }
    }
}
