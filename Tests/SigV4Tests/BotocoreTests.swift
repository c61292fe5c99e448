import SigV4
import Testing

@Suite("Agreement with botocore")
struct BotocoreTests {
    @Test(
        "200 random requests get the same signatures from botocore",
        .enabled(if: BotocoreOracle.python != nil, "no Python with botocore: Scripts/test installs it"))
    func randomRequests() throws {
        let requests = RandomRequests.make(count: 200, seed: 0x5EED)
        let expected = try BotocoreOracle.signatures(of: requests)
        #expect(expected.count == requests.count)
        for (request, signature) in zip(requests, expected) {
            #expect(request.ownSignature == signature, "\(request)")
        }
    }
}

extension BotocoreOracle.Request {
    /// The same request's signature from our signer.
    var ownSignature: String {
        let afterScheme = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
        let target = afterScheme.drop { $0 != "/" }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var fields: [SigningRequest.Header] = []
        for index in stride(from: 0, to: headers.count, by: 2) { fields.append((headers[index], headers[index + 1])) }
        var body: [UInt8] = []
        var digits = Substring(bodyHex)
        while !digits.isEmpty {
            body.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        let request = SigningRequest(
            method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: fields,
            payload: signsPayload ? .bytes(body) : .unsigned)
        let signer = Signer(
            credentials: Credentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken),
            region: region, service: service, options: service == "s3" ? .s3 : .standard)
        let text =
            form == "query"
            ? signer.presignedQuery(for: request, at: epochSeconds, expiresAfter: expiresAfter)
            : signer.headers(for: request, at: epochSeconds).last?.value ?? ""
        return String(text.suffix(64))
    }
}
