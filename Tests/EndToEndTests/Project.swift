import Foundation

/// Where the checkout and what was built of it are.
enum Project {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The executables as they are shipped, made by Scripts/build; while developing, those in the folder EXECUTABLES
    /// names, such as .build-tests/release, so that one build serves all tests.
    static let executables =
        ProcessInfo.processInfo.environment["EXECUTABLES"].map { URL(fileURLWithPath: $0) }
        ?? root.appendingPathComponent(".build/release")
    /// MiniStack, or the program MINISTACK names, such as Scripts/recording-ministack.
    static let miniStack = root.appendingPathComponent(
        ProcessInfo.processInfo.environment["MINISTACK"] ?? ".venv/bin/ministack")

    static var isReady: Bool {
        [miniStack, executables.appendingPathComponent("SendInvites")].allSatisfy {
            FileManager.default.isExecutableFile(atPath: $0.path)
        }
    }

    static let hint = "needs Scripts/prepare --tests and Scripts/build first, as Scripts/test runs them"

    static func mail(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent("Events/mail/\(name).eml")))
    }
}
