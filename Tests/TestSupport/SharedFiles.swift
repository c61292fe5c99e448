import Foundation

/// The corpus and vectors beside the repository; absent in a clone alone.
package enum SharedFiles {
    package static let folder: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["SHARED_DIR"].map { URL(filePath: $0) }
        let folder = named ?? root.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    package static var arePresent: Bool { folder != nil }

    package static func bytes(_ path: String) throws -> [UInt8] {
        guard let folder else { return [] }
        return [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }

    package static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    package static func names(in path: String) -> [String] {
        guard let folder else { return [] }
        return (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()) ?? []
    }
}
