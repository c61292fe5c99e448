import InviteService
import Testing

@Suite("The service's secret")
struct ServiceSecretTests {
    private let long = "0123456789abcdef0123456789abcdef"

    @Test("names its current key and the one of event UIDs")
    func good() throws {
        let one = try ServiceSecret(parsing: #"{"current":"a","uid":"a","a":"\#(long)"}"#)
        let two = try ServiceSecret(parsing: #"{"current":"b","uid":"a","a":"\#(long)","b":"\#(long)!"}"#)
        #expect(one.eventUIDKey == two.eventUIDKey, "rotation of tokens leaves event UIDs alone")
        #expect(one.eventUIDKey.count == 32)
        #expect(one.eventUIDKey != Array(long.utf8), "each use has a key of its own")
    }

    @Test(
        "is refused in any other form, without being repeated",
        arguments: [
            "", "secret", "[]", "{}", #"{"current":"a","uid":"a"}"#,
            #"{"current":"a","uid":"a","a":"short"}"#, #"{"current":"a","uid":"a","a":5}"#,
            #"{"current":"b","uid":"a","a":"0123456789abcdef0123456789abcdef"}"#,
            #"{"current":"a","a":"0123456789abcdef0123456789abcdef"}"#,
            #"{"current":"1","uid":"1","1":"0123456789abcdef0123456789abcdef"}"#,
            #"{"current":"A","uid":"A","A":"0123456789abcdef0123456789abcdef"}"#,
        ])
    func bad(text: String) {
        do throws(ServiceSecret.Failure) {
            _ = try ServiceSecret(parsing: text)
            Issue.record("taken: \(text)")
        } catch {
            #expect(!error.description.contains("0123456789"))
        }
    }
}
