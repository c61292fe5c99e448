import ArgumentParser
import Foundation
import LocalCloud

/// Which local stack a verb is about.
struct StackOptions: ParsableArguments {
    @Option(name: .long, help: "Folder of the local stack (default: .local in the project).")
    var data: String?

    var directory: StackDirectory {
        StackDirectory(
            data.map { URL(fileURLWithPath: $0) } ?? ProjectFolder().url.appendingPathComponent(".local"))
    }

    /// The stack that runs, or ran last, in the folder.
    func lastState() throws -> StackState {
        guard let state = try directory.state() else { throw none }
        return state
    }

    /// The stack that runs in the folder.
    func state() throws -> StackState {
        let state = try lastState()
        guard directory.isInUse else { throw none }
        return state
    }

    private var none: ValidationError {
        ValidationError("No local stack is running in \(directory.url.path): start one with `calinvite local`.")
    }
}
