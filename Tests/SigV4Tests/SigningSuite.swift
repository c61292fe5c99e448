import Foundation
import SigV4

/// The AWS signing test suite, read from the shared folder beside the package.
enum SigningSuite {
    /// Cases that are not held against the signer, each with its reason. None at present.
    static let skipped: [String: String] = [:]

    static let folder: URL? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["SHARED_DIR"].map { URL(fileURLWithPath: $0) }
            ?? root.deletingLastPathComponent().appendingPathComponent("shared")
        let folder = shared.appendingPathComponent("vectors/sigv4")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static let caseNames: [String] = {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            return []
        }
        return names.filter { skipped[$0] == nil }.sorted()
    }()
}

/// One case: what is signed, under which conditions, and every stage's expected text.
struct SuiteCase {
    struct Context: Decodable {
        struct Keys: Decodable {
            var accessKeyId: String
            var secretAccessKey: String
            var token: String?
        }
        var credentials: Keys
        var expirationInSeconds: Int
        var normalize: Bool
        var region: String
        var service: String
        var signBody: Bool
        var timestamp: String
        var omitSessionToken: Bool?
    }

    struct MalformedRequest: Error {}

    let context: Context
    let request: SigningRequest
    private let body: String
    private let folder: URL

    init(name: String) throws {
        guard let root = SigningSuite.folder else { throw MalformedRequest() }
        folder = root.appendingPathComponent(name)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        context = try decoder.decode(
            Context.self, from: Data(contentsOf: folder.appendingPathComponent("context.json")))
        let text = try String(contentsOf: folder.appendingPathComponent("request.txt"), encoding: .utf8)
        let headEnd = text.range(of: "\n\n")
        body = headEnd.map { String(text[$0.upperBound...]) } ?? ""
        var lines = (headEnd.map { String(text[..<$0.lowerBound]) } ?? text).split(separator: "\n").map(String.init)
        let requestLine = lines.removeFirst()
        guard let firstSpace = requestLine.firstIndex(of: " "), let lastSpace = requestLine.lastIndex(of: " ") else {
            throw MalformedRequest()
        }
        let target = requestLine[requestLine.index(after: firstSpace)..<lastSpace]
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var headers: [SigningRequest.Header] = []
        for line in lines {
            if line.hasPrefix(" ") {
                headers[headers.count - 1].value += "\n" + line
            } else if let colon = line.firstIndex(of: ":") {
                headers.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
        request = SigningRequest(
            method: String(requestLine[..<firstSpace]), path: parts[0], query: parts.count > 1 ? parts[1] : "",
            headers: headers, payload: context.signBody ? .bytes(Array(body.utf8)) : .empty)
    }

    var credentials: Credentials {
        Credentials(
            accessKeyID: context.credentials.accessKeyId, secretAccessKey: context.credentials.secretAccessKey,
            sessionToken: context.credentials.token)
    }

    var options: SigningOptions {
        SigningOptions(
            normalizesPath: context.normalize, sendsContentHash: context.signBody,
            signsSessionToken: context.omitSessionToken != true)
    }

    var signer: Signer {
        Signer(credentials: credentials, region: context.region, service: context.service, options: options)
    }

    func epochSeconds() throws -> Int {
        guard let date = ISO8601DateFormatter().date(from: context.timestamp) else { throw MalformedRequest() }
        return Int(date.timeIntervalSince1970)
    }

    func expected(_ file: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }

    /// The request as the suite writes a signed one.
    func written(query: String, adding added: [SigningRequest.Header]) -> String {
        let target = query.isEmpty ? request.path : "\(request.path)?\(query)"
        let lines = (request.headers + added).map { "\($0.name):\($0.value)" }
        return (["\(request.method) \(target) HTTP/1.1"] + lines).joined(separator: "\n") + "\n\n" + body
    }
}
