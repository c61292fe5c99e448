import AWSClients
import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import SigV4
import Store
import Testing

@Suite("Orders on the local stack", .enabled(if: Project.isReady, "\(Project.hint)"))
struct OrderAPITests {
    @Test("a signed order enrols its organizer once and tells them; any other is refused", .timeLimit(.minutes(2)))
    func order() async throws {
        try await TestStack.with { test in
            let secret = try await test.environment.clients.secretsManager.getSecretValue(
                id: try #require(test.stack.state.outputs["OrderSecretId"]))
            let body = Array(#"{"id":1001,"email":"ann@acme.example","financial_status":"paid","line_items":[]}"#.utf8)
            func post(
                _ body: [UInt8], signed: [UInt8], type: String = "application/json"
            ) async throws -> (status: Int, body: JSON) {
                let code = Base64.encode(HMAC.sha256(key: Array(secret.utf8), message: signed))
                let response = try await HTTPTransport().send(
                    HTTPRequest(
                        method: "POST", url: test.stack.state.gateway + "/order",
                        headers: [
                            HTTPHeader("content-type", type), HTTPHeader("x-shopify-hmac-sha256", code),
                        ],
                        body: body, deadline: .now + .seconds(30)))
                return (response.status, try JSON(parsing: response.body))
            }
            let forged = try await post(body, signed: body + [0x20])
            #expect(forged.status == 401)
            #expect(forged.body["error"]?["code"] == "bad_signature")
            #expect(try await post(body, signed: body).body == ["status": "enrolled"])
            // A repetition sends the notice again unless the first is out.
            _ = try await test.eventually("the mail") {
                try test.sentMails(to: "ann@acme.example").first { $0.textBody?.contains("order 1001") == true }
            }
            #expect(try await post(body, signed: body).body == ["status": "enrolled_before"])
            // A body that the gateway hands over in base 64 is signed as it was sent.
            let binary = try await post(body, signed: body, type: "application/octet-stream")
            #expect(binary.body == ["status": "enrolled_before"], "\(binary.body.text)")
            let empty = Array("{}".utf8)
            #expect(try await post(empty, signed: empty).status == 422)

            let owner = try await test.key()
            let organizer = try await test.call("GET", "/system/organizers/ann@acme.example", key: owner).body
            #expect(organizer["bulk"] == true)
            #expect(organizer["limits"] == ["invites_per_event": 1_000_000, "events": 1000])
            #expect(try test.sentMails(to: "ann@acme.example").count == 1)
        }
    }
}
