import Foundation
import FuzzTargets
import Testing

/// A file of `Tests/Fuzz/Corpus`: a seed written for this project, or a case that fuzzing found.
struct StoredCase: Sendable, CustomTestStringConvertible {
    var target: FuzzTarget
    var file: URL

    var testDescription: String { "\(target.rawValue)/\(file.lastPathComponent)" }

    static let all: [StoredCase] = {
        let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Corpus")
        return FuzzTarget.allCases.flatMap { target in
            let folder = corpus.appending(path: target.rawValue)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.sorted().map { StoredCase(target: target, file: folder.appending(path: $0)) }
        }
    }()
}

@Suite("Stored fuzzing cases") struct StoredCaseTests {
    @Test("each is read without a finding", arguments: StoredCase.all)
    func stored(_ stored: StoredCase) throws {
        #expect(stored.target.finding(in: [UInt8](try Data(contentsOf: stored.file))) == nil)
    }

    @Test("there are some for every target", arguments: FuzzTarget.allCases)
    func present(target: FuzzTarget) {
        #expect(StoredCase.all.contains { $0.target == target })
    }
}
