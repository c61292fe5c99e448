import SigV4
import Testing

@Suite("Credentials")
struct CredentialsTests {
    @Test("secrets do not show in a description, an interpolation or a dump")
    func redacted() {
        struct Holder { let credentials: Credentials }
        let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "hush", sessionToken: "quiet")
        var dumped = ""
        dump(Holder(credentials: credentials), to: &dumped)
        for text in [
            credentials.description, String(reflecting: credentials), "\(Holder(credentials: credentials))", dumped,
        ] {
            #expect(text.contains("AKIDEXAMPLE"))
            #expect(!text.contains("hush"))
            #expect(!text.contains("quiet"))
        }
    }

    @Test("a kept key serves its day only")
    func keyFollowsDay() {
        let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "hush")
        let request = SigningRequest(method: "GET", path: "/", headers: [("Host", "example.com")])
        let reused = Signer(credentials: credentials, region: "eu-west-1", service: "sqs")
        for seconds in [1_440_938_160, 1_440_938_161, 1_440_938_160 + 86_400, 1_440_938_160] {
            let fresh = Signer(credentials: credentials, region: "eu-west-1", service: "sqs")
            let headers = reused.headers(for: request, at: seconds)
            #expect(headers.last?.value == fresh.headers(for: request, at: seconds).last?.value)
        }
    }
}
