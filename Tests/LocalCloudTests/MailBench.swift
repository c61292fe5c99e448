import Foundation
import HTTPTransport
import JSON
import LocalCloud
import SigV4

/// A mail service on a free port with an outbox of its own, and signed calls to it.
final class MailBench {
    let service: MailService
    let outbox: URL
    private let transport = HTTPTransport()

    init(
        maximumSendRate: Double = 1000, maximum24HourSend: Double = 50_000, outbox: URL? = nil,
        reception: MailReception? = nil, events: SendEvents? = nil
    ) async throws {
        self.outbox =
            outbox ?? FileManager.default.temporaryDirectory.appendingPathComponent("outbox-\(UUID().uuidString)")
        let account = try MailAccount(
            configuration: MailAccount.Configuration(
                region: "us-east-1", domain: "calendar.example.com", configurationSets: ["invites"],
                maximumSendRate: maximumSendRate, maximum24HourSend: maximum24HourSend),
            outbox: Outbox(directory: self.outbox), events: events)
        service = try await MailService(account: account, reception: reception)
    }

    func close() async {
        await service.stop()
        try? FileManager.default.removeItem(at: outbox)
    }

    /// Status, error type and body.
    func call(
        _ method: String, _ path: String, _ body: JSON? = nil, signedFor service: String? = "ses"
    ) async throws -> (status: Int, type: String?, body: JSON) {
        let content = body?.bytes ?? []
        var headers: [HTTPHeader] = []
        if let service {
            let host = String(self.service.url.dropFirst("http://".count))
            let signer = Signer(
                credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"), region: "us-east-1",
                service: service)
            headers = signer.headers(
                for: SigningRequest(
                    method: method, path: path, headers: [("Host", host)], payload: .bytes(content)),
                at: Int(Date().timeIntervalSince1970)
            ).map { HTTPHeader($0.name, $0.value) }
        }
        let response = try await transport.send(
            HTTPRequest(
                method: method, url: self.service.url + path, headers: headers, body: content,
                deadline: .now + .seconds(30), isRepeatable: false))
        return (response.status, response.header("x-amzn-ErrorType"), (try? JSON(parsing: response.body)) ?? .null)
    }

    func send(_ request: JSON) async throws -> (status: Int, type: String?, body: JSON) {
        try await call("POST", "/v2/email/outbound-emails", request)
    }

    func entries() throws -> [OutboxEntry] { try Outbox.entries(in: outbox) }

    static let message =
        "From: Invitations <no-reply@calendar.example.com>\r\nTo: ann@example.net\r\nSubject: caf\u{e9}\r\n\r\nline\n\r\n.\r\n"

    /// A SendEmail body, with members replaced.
    static func request(
        message: String = message, to: [String] = ["ann@example.net"], _ members: JSONObject = [:]
    ) -> JSON {
        var object: JSONObject = [
            "FromEmailAddress": "no-reply@calendar.example.com",
            "Destination": ["ToAddresses": .array(to.map { .string($0) })],
            "Content": ["Raw": ["Data": .string(Data(message.utf8).base64EncodedString())]],
        ]
        for member in members { object[member.name] = member.value }
        return .object(object)
    }
}
