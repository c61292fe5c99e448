/// A route of an HTTP API: `GET /event/{uid}`, `ANY /files/{proxy+}` or `$default`.
package struct GatewayRoute: Sendable, Equatable {
    enum Segment: Sendable, Equatable {
        case literal(String)
        case parameter(String)
        /// `{name+}`: the rest of the path.
        case greedy(String)

        /// The more specific of two routes wins, segment by segment.
        var rank: Int {
            switch self {
            case .literal: 0
            case .parameter: 1
            case .greedy: 2
            }
        }
    }

    /// As the function finds it in its event.
    package let key: String
    /// Logical id of the function in the template.
    package let function: String
    let method: String
    let segments: [Segment]
    let isDefault: Bool

    /// - Parameters:
    ///   - method: `ANY` for all.
    ///   - path: begins with a slash, or is `$default`.
    package init(method: String, path: String, function: String) {
        self.function = function
        isDefault = path == "$default"
        self.method = method == "*" || method.lowercased() == "any" ? "ANY" : method.uppercased()
        key = isDefault ? "$default" : "\(self.method) \(path)"
        segments = isDefault ? [] : path.split(separator: "/").map(GatewayRoute.segment)
    }

    private static func segment(_ text: Substring) -> Segment {
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return .literal(String(text)) }
        let name = text.dropFirst().dropLast()
        return name.hasSuffix("+") ? .greedy(String(name.dropLast())) : .parameter(String(name))
    }

    /// The path's parameters when the route is for this request, else nil.
    ///
    /// - Parameter path: decoded, split at its slashes; a trailing slash is an empty last segment, which no route has.
    func match(method: String, path: [String]) -> [(name: String, value: String)]? {
        if isDefault { return [] }
        guard self.method == "ANY" || self.method == method else { return nil }
        var parameters: [(name: String, value: String)] = []
        for (index, segment) in segments.enumerated() {
            guard index < path.count else { return nil }
            switch segment {
            case .literal(let text):
                guard path[index] == text else { return nil }
            case .parameter(let name):
                guard !path[index].isEmpty else { return nil }
                parameters.append((name, path[index]))
            case .greedy(let name):
                let rest = path[index...].joined(separator: "/")
                guard !rest.isEmpty else { return nil }
                parameters.append((name, rest))
                return parameters
            }
        }
        return path.count == segments.count ? parameters : nil
    }

    /// Whether this route goes before the other when both match.
    func isMoreSpecific(than other: GatewayRoute) -> Bool {
        if isDefault != other.isDefault { return other.isDefault }
        let ranks = segments.map(\.rank), otherRanks = other.segments.map(\.rank)
        if ranks != otherRanks { return ranks.lexicographicallyPrecedes(otherRanks) }
        return method != "ANY" && other.method == "ANY"
    }
}
