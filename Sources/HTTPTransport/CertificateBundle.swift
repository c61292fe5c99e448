import SwiftGlibc

/// The file with the root certificates that TLS connections are checked against.
package enum CertificateBundle {
    /// `AWS_CA_BUNDLE` when set, else the first that exists of Amazon Linux's and Debian's bundle; nil leaves libcurl's
    /// own default, which is the path of the machine it was built on.
    package static func path(environment: (String) -> String?, exists: (String) -> Bool) -> String? {
        if let bundle = environment("AWS_CA_BUNDLE"), !bundle.isEmpty { return bundle }
        return ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"].first(where: exists)
    }

    static func path() -> String? {
        path(
            environment: { name in getenv(name).map { String(cString: $0) } },
            exists: { access($0, R_OK) == 0 })
    }
}
