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
    func state() throws -> StackState {
        guard let state = try directory.state() else {
            throw ValidationError("No local stack in \(directory.url.path): start one with `calinvite local`.")
        }
        return state
    }
}
