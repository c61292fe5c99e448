import Synchronization

/// Signs requests to one service in one region with AWS Signature Version 4.
package final class Signer: Sendable {
    private let credentials: Credentials
    private let region: String
    private let service: String
    private let options: SigningOptions
    /// Deriving a key costs four hashes; it changes once a day.
    private let cachedKey = Mutex<(scope: SigningScope, key: SigningKey)?>(nil)

    package init(credentials: Credentials, region: String, service: String, options: SigningOptions = .standard) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.options = options
    }

    /// The headers to add to the request: date, session token and content hash where they apply, and `Authorization`.
    ///
    /// - Parameter epochSeconds: the moment of signing; services accept about five minutes' difference.
    package func headers(for request: SigningRequest, at epochSeconds: Int) -> [SigningRequest.Header] {
        let date = SigningDate(epochSeconds: epochSeconds)
        let scope = SigningScope(day: date.day, region: region, service: service)
        let token = credentials.sessionToken.map { (name: "X-Amz-Security-Token", value: $0) }
        var added: [SigningRequest.Header] = []
        if let token, options.signsSessionToken { added.append(token) }
        added.append((name: "X-Amz-Date", value: date.timestamp))
        if options.sendsContentHash { added.append((name: "x-amz-content-sha256", value: request.payload.text)) }

        var signed = request
        signed.headers += added
        let canonical = CanonicalRequest(signed, options: options)
        let signature = signature(of: canonical, date: date, scope: scope)
        if let token, !options.signsSessionToken { added.insert(token, at: 0) }
        let authorization =
            "\(StringToSign.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
        added.append((name: "Authorization", value: authorization))
        return added
    }

    /// The query, the request's own parameters first, that makes a URL good by itself.
    ///
    /// - Parameters:
    ///   - epochSeconds: the moment of signing.
    ///   - expiresAfter: seconds from then on, at most 604,800.
    package func presignedQuery(for request: SigningRequest, at epochSeconds: Int, expiresAfter: Int) -> String {
        let date = SigningDate(epochSeconds: epochSeconds)
        let scope = SigningScope(day: date.day, region: region, service: service)
        let credential = PercentEncoding.encode("\(credentials.accessKeyID)/\(scope.text)")
        let signedHeaders = PercentEncoding.encode(CanonicalHeaders(request.headers).names)
        var query = request.query.isEmpty ? "" : "\(request.query)&"
        query += "X-Amz-Algorithm=\(StringToSign.algorithm)&X-Amz-Credential=\(credential)&X-Amz-Date=\(date.timestamp)"
        query += "&X-Amz-SignedHeaders=\(signedHeaders)&X-Amz-Expires=\(expiresAfter)"
        let token = credentials.sessionToken.map { "&X-Amz-Security-Token=\(PercentEncoding.encode($0))" } ?? ""

        var signed = request
        signed.query = options.signsSessionToken ? query + token : query
        let canonical = CanonicalRequest(signed, options: options)
        return "\(query)\(token)&X-Amz-Signature=\(signature(of: canonical, date: date, scope: scope))"
    }

    private func signature(of request: CanonicalRequest, date: SigningDate, scope: SigningScope) -> String {
        key(for: scope).signature(of: StringToSign(request, timestamp: date.timestamp, scope: scope))
    }

    private func key(for scope: SigningScope) -> SigningKey {
        cachedKey.withLock { cached in
            if let cached, cached.scope == scope { return cached.key }
            let key = SigningKey(secretAccessKey: credentials.secretAccessKey, scope: scope)
            cached = (scope, key)
            return key
        }
    }
}
