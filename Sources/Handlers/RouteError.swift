import LambdaEvents

extension HTTPAPIRequest {
    /// Why no route is for this request: its path leads nowhere, or takes other methods (RFC 9110 section 15.5.6).
    var routeError: APIError {
        let allowed = methods(at: segments)
        guard !allowed.isEmpty, !allowed.contains(method) else { return .noRoute }
        let list = allowed.joined(separator: ", ")
        return APIError(
            status: 405, code: "method_not_allowed", message: "This path takes \(list), not \(method.prefix(20)).",
            headers: ["allow": list])
    }

    private func methods(at path: [String]) -> [String] {
        let routes = OpenAPIDocument.routes.map { $0.split(separator: " ") }
        return routes.filter { Self.matches(path, route: $0[1].split(separator: "/")) }.map { String($0[0]) }.sorted()
    }

    private static func matches(_ path: [String], route: [Substring]) -> Bool {
        path.count == route.count && zip(path, route).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}
