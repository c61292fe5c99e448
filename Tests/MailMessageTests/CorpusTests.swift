import Foundation
import MailMessage
import Testing

/// The captured mails beside the repository; what they must give was found out with other parsers.
///
/// There is no table of argued disagreements: at the time of writing every row agrees.
enum Corpus {
    struct Expectation: Decodable {
        var file: String
        var part: String?
        var method: String?

        enum CodingKeys: String, CodingKey {
            case file
            case part
            case method = "mime_method"
        }
    }

    static let folder: URL? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let candidates = [
            ProcessInfo.processInfo.environment["SHARED_DIR"].map { URL(fileURLWithPath: $0) },
            root.deletingLastPathComponent().appendingPathComponent("shared"),
        ]
        return candidates.compactMap { $0?.appendingPathComponent("corpus") }
            .first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("eml").path) }
    }()

    static func names() throws -> [String] {
        guard let folder else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("eml").path).sorted()
    }

    static func read(_ name: String) throws -> [UInt8] {
        guard let folder else { return [] }
        return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func expectations() throws -> [Expectation] {
        guard let folder else { return [] }
        let lines = try String(contentsOf: folder.appendingPathComponent("expected.jsonl"), encoding: .utf8)
        return try lines.split(separator: "\n")
            .map { try JSONDecoder().decode(Expectation.self, from: Data($0.utf8)) }
            .filter { $0.file.hasPrefix("eml/") }
    }
}

@Suite("Captured mails", .enabled(if: Corpus.folder != nil, "the corpus is not beside the repository"))
struct CorpusTests {
    /// Files where this parser rightly finds something else than the expectation says, and why.
    static let argued: [String: String] = [:]

    @Test("every captured mail gives a tree, and the same tree again from its lines with other ends")
    func nothingTraps() throws {
        for name in try Corpus.names() {
            let bytes = try Corpus.read("eml/" + name)
            let mail = MailParser.parse(bytes)
            #expect(!mail.headers.fields.isEmpty, "\(name)")
            let unix = bytes.filter { $0 != 0x0D }
            #expect(MailParser.parse(unix).root.leaves.count == mail.root.leaves.count, "\(name)")
            _ = (mail.textBody, mail.from, mail.deliveryReport, mail.authenticationResults, mail.date)
        }
    }

    @Test("the calendar part of a captured mail is found with the method of its media type")
    func calendarParts() throws {
        for expectation in try Corpus.expectations() {
            let mail = MailParser.parse(try Corpus.read(expectation.file))
            // What is in an enclosed message the other readers do not look at.
            let part = mail.calendarParts().first {
                $0.source != .tnef && Self.mediaType(mail.root, $0.path) != "message/rfc822"
            }
            let name = part.map { Self.mediaType(mail.root, $0.path) }
            #expect(name == expectation.part, "\(expectation.file): \(mail.problems)")
            #expect(part?.method == expectation.method, "\(expectation.file)")
        }
    }

    @Test("a captured mail cut off anywhere, or with any octet damaged, is still read")
    func damaged() throws {
        var generator = SeededGenerator(state: 20_260_101)
        for name in try Corpus.names() {
            let bytes = try Corpus.read("eml/" + name)
            for _ in 0..<20 {
                var copy = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
                for _ in 0..<5 where !copy.isEmpty {
                    copy[Int.random(in: copy.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
                }
                let mail = MailParser.parse(copy)
                _ = (mail.calendarParts(), mail.textBody, mail.from, mail.date, mail.deliveryReport)
            }
        }
    }

    private static func mediaType(_ part: MIMEPart, _ path: [Int]) -> String {
        guard let first = path.first, case .multipart(let parts) = part.body else { return part.contentType.mediaType }
        return mediaType(parts[first], Array(path.dropFirst()))
    }
}

/// Numbers that are the same in every run, so that a failure can be repeated (xorshift64*).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
