import Foundation

/// What the tool tells while it works.
enum Terminal {
    /// Writes a line at once, also when the output is a file or a pipe.
    static func line(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data("\(text)\n".utf8))
    }
}
