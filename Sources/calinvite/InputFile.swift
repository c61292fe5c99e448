import ArgumentParser
import Foundation

/// A file that a command was given.
enum InputFile {
    /// - Throws: `ValidationError` with the file's name, if it cannot be read.
    static func bytes(of path: String) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw ValidationError("\(path): \(reason(error))")
        }
    }

    static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: "there is no such file"
        case .fileReadNoPermission: "it may not be read"
        default: error.localizedDescription
        }
    }
}
