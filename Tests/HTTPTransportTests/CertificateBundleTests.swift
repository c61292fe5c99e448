import HTTPTransport
import Testing

@Suite("Root certificates")
struct CertificateBundleTests {
    private let amazonLinux = "/etc/pki/tls/certs/ca-bundle.crt"
    private let debian = "/etc/ssl/certs/ca-certificates.crt"

    private func path(variable: String? = nil, existing: [String]) -> String? {
        CertificateBundle.path(
            environment: { $0 == "AWS_CA_BUNDLE" ? variable : nil }, exists: { existing.contains($0) })
    }

    @Test("are found where Amazon Linux and Debian keep them")
    func found() {
        #expect(path(existing: [amazonLinux, debian]) == amazonLinux)
        #expect(path(existing: [debian]) == debian)
        #expect(path(existing: []) == nil, "libcurl's own default")
    }

    @Test("are those of AWS_CA_BUNDLE when it is set")
    func variable() {
        #expect(path(variable: "/opt/roots.pem", existing: [debian]) == "/opt/roots.pem")
        #expect(path(variable: "", existing: [debian]) == debian)
    }
}
