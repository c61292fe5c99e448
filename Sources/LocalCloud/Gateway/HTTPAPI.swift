/// An HTTP API as the template describes it.
package struct HTTPAPI: Sendable, Equatable {
    package struct Throttle: Sendable, Equatable {
        /// Requests a second.
        package var rate: Double
        package var burst: Double

        package init(rate: Double, burst: Double) {
            self.rate = rate
            self.burst = burst
        }
    }

    package var accountID: String
    package var id: String
    package var routes: [GatewayRoute]
    package var cors: CORSRules?
    /// Shared by all routes that have none of their own.
    package var throttle: Throttle?
    /// By route key.
    package var routeThrottles: [String: Throttle]

    package init(
        accountID: String, id: String, routes: [GatewayRoute], cors: CORSRules? = nil, throttle: Throttle? = nil,
        routeThrottles: [String: Throttle] = [:]
    ) {
        self.accountID = accountID
        self.id = id
        self.routes = routes
        self.cors = cors
        self.throttle = throttle
        self.routeThrottles = routeThrottles
    }

    /// The route for a request, and its path parameters.
    ///
    /// - Parameter path: decoded.
    func route(method: String, path: String) -> (route: GatewayRoute, parameters: [(name: String, value: String)])? {
        let segments =
            path.dropFirst().isEmpty
            ? []
            : path.dropFirst().split(
                separator: "/", omittingEmptySubsequences: false
            ).map(String.init)
        var best: (route: GatewayRoute, parameters: [(name: String, value: String)])?
        for route in routes {
            guard let parameters = route.match(method: method, path: segments) else { continue }
            if best.map({ route.isMoreSpecific(than: $0.route) }) ?? true { best = (route, parameters) }
        }
        return best
    }
}
