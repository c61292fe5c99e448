import Foundation
import Scheduling
import SwiftGlibc
import Testing

/// Python icalendar and libical, as Scripts/check-generated asks them.
private enum OtherReaders {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appending(path: ".venv/bin/python")

    static var arePresent: Bool {
        FileManager.default.isExecutableFile(atPath: python.path) && dlopen("libical.so.3", RTLD_LAZY) != nil
    }

    /// - Returns: what they print, and whether all is well.
    static func check(_ folder: URL) throws -> (text: String, isSound: Bool) {
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [root.appending(path: "Scripts/check-generated").path, folder.path]
        process.environment = ["PYTHONDONTWRITEBYTECODE": "1"]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, process.terminationStatus == 0)
    }
}

@Suite("Other readers", .enabled(if: OtherReaders.arePresent, ".venv or libical3 is absent"))
struct OtherReadersTests {
    @Test("find nothing wrong with all that is sent about five hundred events")
    func generated() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "generated-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Of all ten thousand, every twentieth.
        var count = 0
        for seed in stride(from: UInt64(0), to: 10_000, by: 20) {
            var objects = try GeneratedInvitation.others(seed: seed)
            for content in [OutgoingContent.invitation, .cancellation] {
                objects.append((content.method.rawValue, try GeneratedInvitation(seed: seed, content: content).bytes))
            }
            for (name, bytes) in objects {
                try Data(bytes).write(to: folder.appending(path: "\(seed)-\(name).ics"))
                count += 1
            }
        }
        let (text, isSound) = try OtherReaders.check(folder)
        #expect(isSound, "\(text)")
        #expect(text.contains("\(count) calendar objects, 0 faulty"))
        #expect(count > 2000)
    }
}
