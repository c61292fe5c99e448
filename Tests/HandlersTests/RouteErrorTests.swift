import Handlers
import InviteService
import LambdaRuntime
import Testing

@Suite("A request that no route is for")
struct RouteErrorTests {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    private func reply(_ method: String, _ path: String) async throws -> APICall.Reply {
        let api = SystemAPI(
            access: SystemAccess(ports: try APIStore().systemPorts, domain: "calendar.example.com"),
            suppressions: SuppressionAccess(ports: .unimplemented), webhooks: .unimplemented)
        return try await APICall(method: method, path: path, key: "owner").reply(from: api.handle)
    }

    @Test("with a method its path does not take is told which ones it takes", arguments: OpenAPIDocument.routes)
    func wrongMethod(route: String) async throws {
        let path = String(route.drop { $0 != " " }.dropFirst())
        let taken = OpenAPIDocument.routes.filter { $0.hasSuffix(" \(path)") }.map { String($0.prefix { $0 != " " }) }
        let concrete = path.replacing("{organizer}", with: "ann@acme.example").replacing("{uid}", with: APIStore.uid)
            .replacing("{id}", with: "0").replacing("{link}", with: "x").replacing("{address}", with: "a@b.example")
        for method in Self.methods where !taken.contains(method) {
            let answer = try await reply(method, concrete)
            #expect(answer.status == 405, "\(method) \(path)")
            #expect(answer.errorCode == "method_not_allowed")
            #expect(answer.headers["allow"] == taken.sorted().joined(separator: ", "))
        }
    }

    @Test(
        "and whose path leads nowhere is told so, whatever its method",
        arguments: [
            "/", "/events", "/system", "/system/events/x", "/organizer", "/dashboard/a/b", "/favicon.ico",
        ])
    func nowhere(path: String) async throws {
        for method in Self.methods {
            let answer = try await reply(method, path)
            #expect(answer.status == 404 && answer.errorCode == "no_route", "\(method) \(path)")
        }
    }
}
