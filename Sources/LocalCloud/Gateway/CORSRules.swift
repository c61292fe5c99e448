/// The CORS configuration of an HTTP API. When there is one, the gateway answers preflights itself and drops the CORS
/// headers of the functions.
package struct CORSRules: Sendable, Equatable {
    package var origins: [String]
    package var methods: [String]
    package var headers: [String]
    package var exposedHeaders: [String]
    /// Seconds a browser may remember a preflight.
    package var maximumAge: Int?
    package var allowsCredentials: Bool

    package init(
        origins: [String], methods: [String] = [], headers: [String] = [], exposedHeaders: [String] = [],
        maximumAge: Int? = nil, allowsCredentials: Bool = false
    ) {
        self.origins = origins
        self.methods = methods
        self.headers = headers
        self.exposedHeaders = exposedHeaders
        self.maximumAge = maximumAge
        self.allowsCredentials = allowsCredentials
    }

    static func isCORSHeader(_ name: String) -> Bool { name.lowercased().hasPrefix("access-control-") }

    /// What goes with the answer to a request of that origin; nothing when it is not allowed.
    func responseHeaders(origin: String?) -> [(name: String, value: String)] {
        guard let allowed = allowedOrigin(origin) else { return [] }
        var fields = [(name: "access-control-allow-origin", value: allowed)]
        if allowsCredentials { fields.append(("access-control-allow-credentials", "true")) }
        if !exposedHeaders.isEmpty {
            fields.append(("access-control-expose-headers", exposedHeaders.joined(separator: ",")))
        }
        return fields
    }

    func preflightHeaders(origin: String?) -> [(name: String, value: String)] {
        guard let allowed = allowedOrigin(origin) else { return [] }
        var fields = [(name: "access-control-allow-origin", value: allowed)]
        if !methods.isEmpty { fields.append(("access-control-allow-methods", methods.joined(separator: ","))) }
        if !headers.isEmpty { fields.append(("access-control-allow-headers", headers.joined(separator: ","))) }
        if let maximumAge { fields.append(("access-control-max-age", String(maximumAge))) }
        if allowsCredentials { fields.append(("access-control-allow-credentials", "true")) }
        return fields
    }

    private func allowedOrigin(_ origin: String?) -> String? {
        guard let origin else { return nil }
        if origins.contains("*") { return "*" }
        return origins.contains(origin) ? origin : nil
    }
}
