import AWSClients
import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

/// A local stack of its own in a temporary folder, and what tests do with it.
final class TestStack: Sendable {
    let stack: LocalStack
    let door: MailDoor
    let environment: Environment
    private let folder: URL
    let transport = HTTPTransport()

    static let domain = "calendar.example.com"

    /// Starts a stack, hands it to the work and takes it down, whatever happens.
    static func with(
        parameters: [String: String] = [:], sendRate: Double = 500, _ work: (TestStack) async throws -> Void
    ) async throws {
        let test = try await TestStack(parameters: parameters, sendRate: sendRate)
        let result: Result<Void, any Error>
        do {
            result = .success(try await work(test))
        } catch {
            result = .failure(error)
        }
        await test.stack.stop()
        try? FileManager.default.removeItem(at: test.folder)
        try result.get()
    }

    private init(parameters: [String: String], sendRate: Double) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("calinvite-\(UUID().uuidString)")
        stack = try await LocalStack.start(
            LocalStack.Configuration(
                template: Project.root.appendingPathComponent("template.yaml"), executables: Project.executables,
                miniStack: Project.miniStack, directory: StackDirectory(folder), port: 0, smtpPort: 0,
                mailDomain: Self.domain,
                parameters: parameters, maximumSendRate: sendRate))
        door = MailDoor(state: stack.state)
        var variables = stack.state.environment
        variables["MAIN_TABLE"] = stack.state.outputs["MainTable"]
        variables["STATISTICS_TABLE"] = stack.state.outputs["StatisticsTable"]
        variables["DATA_BUCKET"] = stack.state.outputs["DataBucket"]
        environment = try Environment(variables: variables)
    }

    // Polls until the value is there; nil and thrown errors count as not yet.
    func eventually<Value>(
        _ what: String, within limit: Duration = .seconds(60), _ value: () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + limit
        while true {
            if let value = try? await value() { return value }
            guard ContinuousClock.now < deadline else { throw GaveUp(waitingFor: what) }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    struct GaveUp: Error {
        let waitingFor: String
    }

    func deliver(_ mail: [UInt8], to recipient: String, verdicts: [String] = []) async throws {
        _ = try await door.deliver(mail, to: [recipient], verdicts: verdicts)
    }

    func sentMails(to recipient: String? = nil) throws -> [ParsedMail] {
        let directory = URL(fileURLWithPath: stack.state.outbox)
        return try Outbox.entries(in: directory)
            .filter { entry in recipient.map { entry.recipients.contains($0) } ?? true }
            .map { MailParser.parse(try Outbox.message(of: $0, in: directory)) }
    }

    /// Recipients of all invitations sent, in order, repeated where somebody got more than one.
    func invitedRecipients() throws -> [String] {
        try Outbox.entries(in: URL(fileURLWithPath: stack.state.outbox))
            .filter { $0.from.contains("invitation@") }.flatMap(\.recipients)
    }

    /// Delivers an invitation as its organizer's calendar sent it and returns the UID from the notice they get.
    func createEvent(_ mail: String, organizer: String) async throws -> String {
        try await deliver(try Project.mail(mail), to: "create@\(Self.domain)")
        return try await eventually("the notice to \(organizer)") {
            try sentMails(to: organizer).lazy.compactMap { $0.textBody?.firstMatch(of: /Event UID: ([0-9a-f]{40})/) }
                .first.map { String($0.1) }
        }
    }

    func key(_ scope: APIKey.Scope = .owner) async throws -> String {
        let key = APIKey.generate()
        try await environment.mainTable().writeKey(
            StoredKey(hash: APIKey.hash(of: key), key: APIKey(scope: scope, created: 0)))
        return key
    }

    func call(
        _ method: String, _ path: String, key: String?, body: [UInt8] = []
    ) async throws -> (status: Int, body: JSON) {
        let response = try await transport.send(
            HTTPRequest(
                method: method, url: stack.state.gateway + path,
                headers: key.map { [HTTPHeader("x-api-key", $0)] } ?? [], body: body, deadline: .now + .seconds(40)))
        return (response.status, response.body.isEmpty ? .null : try JSON(parsing: response.body))
    }

    /// A call as a browser makes it, without a key.
    func browse(
        _ method: String, _ url: String, form: String? = nil, accept: String = "text/html"
    ) async throws -> HTTPResponse {
        var headers = [HTTPHeader("accept", accept)]
        if form != nil { headers.append(HTTPHeader("content-type", "application/x-www-form-urlencoded")) }
        return try await transport.send(
            HTTPRequest(
                method: method, url: url.hasPrefix("/") ? stack.state.gateway + url : url, headers: headers,
                body: Array((form ?? "").utf8), deadline: .now + .seconds(40)))
    }

    func upload(_ content: [UInt8], to key: String) async throws {
        try await environment.clients.s3.putObject(
            bucket: try environment.required("DATA_BUCKET"), key: key, body: content)
    }

    func startCampaign(_ event: String, prefix: String, key: String) async throws -> String {
        let body: JSON = ["source": .string("s3://\(try environment.required("DATA_BUCKET"))/\(prefix)")]
        let answer = try await call("POST", "/event/\(event)/campaigns", key: key, body: body.bytes)
        #expect(answer.status == 202, "\(answer.body.text)")
        let id = try #require(answer.body["id"]?.string)
        let list = try await call("GET", "/event/\(event)/campaigns", key: key).body
        #expect(list["campaigns"]?.array?.contains { $0["id"]?.string == id } == true, "\(list.text)")
        return id
    }

    /// The campaign once it has the wanted status.
    func campaign(
        _ id: String, of event: String, key: String, reaches status: String, within limit: Duration = .seconds(60)
    ) async throws -> JSON {
        try await eventually("campaign \(status)", within: limit) {
            let answer = try await call("GET", "/event/\(event)/campaigns/\(id)", key: key).body
            return answer["status"]?.string == status ? answer : nil
        }
    }

    /// The event's counters once they equal a count of the attendees' records.
    func recount(of event: String, within limit: Duration = .seconds(60)) async throws -> [CounterName: Int] {
        let uid = try #require(EventUID(event))
        let (statistics, table) = (try environment.statisticsTable(), try environment.mainTable())
        return try await eventually("statistics equal to a recount", within: limit) {
            let counted = try await statistics.readCounters(.event(uid)).filter { $0.value != 0 }
            let recounted = Recount.counters(of: uid, attendees: try await table.allAttendees(of: uid))
            return counted == recounted ? counted : nil
        }
    }

    /// Lines of a Pinpoint export with that many people.
    static func segment(_ count: Int, prefix: String = "person") -> [UInt8] {
        Array(
            (0..<count).map {
                "{\"ChannelType\":\"EMAIL\",\"Address\":\"\(prefix)\($0)@mail.example\",\"OptOut\":\"NONE\"}\n"
            }.joined().utf8)
    }
}
