import SigV4
import Testing

@Suite("AWS signing test suite", .enabled(if: SigningSuite.folder != nil, "the shared vectors are not here"))
struct SigningSuiteTests {
    @Test("the suite is complete")
    func complete() {
        #expect(SigningSuite.caseNames.count + SigningSuite.skipped.count == 38)
    }

    @Test("every stage of the header form is as published", arguments: SigningSuite.caseNames)
    func headerForm(name: String) throws {
        let suiteCase = try SuiteCase(name: name)
        let context = suiteCase.context
        let seconds = try suiteCase.epochSeconds()
        let added = suiteCase.signer.headers(for: suiteCase.request, at: seconds)

        var signed = suiteCase.request
        signed.headers += added.filter {
            $0.name != "Authorization" && (suiteCase.options.signsSessionToken || $0.name != "X-Amz-Security-Token")
        }
        let canonical = CanonicalRequest(signed, options: suiteCase.options)
        #expect(
            String(decoding: canonical.bytes, as: UTF8.self) == (try suiteCase.expected("header-canonical-request.txt"))
        )
        let date = SigningDate(epochSeconds: seconds)
        let scope = SigningScope(day: date.day, region: context.region, service: context.service)
        let string = StringToSign(canonical, timestamp: date.timestamp, scope: scope)
        #expect(string.text == (try suiteCase.expected("header-string-to-sign.txt")))
        let key = SigningKey(secretAccessKey: context.credentials.secretAccessKey, scope: scope)
        #expect(key.signature(of: string) == (try suiteCase.expected("header-signature.txt")))

        let written = suiteCase.written(query: suiteCase.request.query, adding: added)
        #expect(sameRequest(written, try suiteCase.expected("header-signed-request.txt")))
    }

    @Test("every stage of the query form is as published", arguments: SigningSuite.caseNames)
    func queryForm(name: String) throws {
        let suiteCase = try SuiteCase(name: name)
        let context = suiteCase.context
        let seconds = try suiteCase.epochSeconds()
        let query = suiteCase.signer.presignedQuery(
            for: suiteCase.request, at: seconds, expiresAfter: context.expirationInSeconds)

        var signed = suiteCase.request
        signed.query = query.split(separator: "&").filter {
            !$0.hasPrefix("X-Amz-Signature=")
                && (suiteCase.options.signsSessionToken || !$0.hasPrefix("X-Amz-Security-Token="))
        }.joined(separator: "&")
        let canonical = CanonicalRequest(signed, options: suiteCase.options)
        #expect(
            String(decoding: canonical.bytes, as: UTF8.self) == (try suiteCase.expected("query-canonical-request.txt")))
        let date = SigningDate(epochSeconds: seconds)
        let scope = SigningScope(day: date.day, region: context.region, service: context.service)
        let string = StringToSign(canonical, timestamp: date.timestamp, scope: scope)
        #expect(string.text == (try suiteCase.expected("query-string-to-sign.txt")))
        let key = SigningKey(secretAccessKey: context.credentials.secretAccessKey, scope: scope)
        #expect(key.signature(of: string) == (try suiteCase.expected("query-signature.txt")))

        let written = suiteCase.written(query: query, adding: [])
        #expect(sameRequest(written, try suiteCase.expected("query-signed-request.txt")))
    }

    /// The files differ among themselves in how many line ends close a request without a body.
    private func sameRequest(_ left: String, _ right: String) -> Bool {
        left.reversed().drop { $0 == "\n" }.elementsEqual(right.reversed().drop { $0 == "\n" })
    }
}
