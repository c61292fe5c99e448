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

    @Test("the same two thousand damaged inputs are read without a finding every time", arguments: FuzzTarget.allCases)
    func damaged(target: FuzzTarget) throws {
        let seeds = try StoredCase.all.filter { $0.target == target }.map { [UInt8](try Data(contentsOf: $0.file)) }
        let inputs = DamagedInputs(seeds: seeds, words: FuzzWords.of(target), seed: 1).prefix(2000)
        for (number, input) in inputs.enumerated() {
            let finding = target.finding(in: input)
            #expect(finding == nil, "input \(number), base64 \(Data(input).base64EncodedString())")
        }
    }
}

/// The dictionaries of libFuzzer in `Tests/Fuzz/Words`.
private enum FuzzWords {
    static func of(_ target: FuzzTarget) -> [[UInt8]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Words").appending(path: target.rawValue)
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("\"") && $0.hasSuffix("\"") }.map { line in
            bytes(line.dropFirst().dropLast())
        }
    }

    /// With `\x0d`, `\"` and `\\` undone.
    private static func bytes(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            let digits =
                next == UInt8(ascii: "x") ? UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) : nil
            if digits != nil { rest = rest.dropFirst(2) }
            bytes.append(digits ?? next)
        }
        return bytes
    }
}
