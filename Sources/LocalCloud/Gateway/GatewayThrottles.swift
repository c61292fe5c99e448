import Foundation
import Synchronization

/// The request rates of an HTTP API: a route with a throttle of its own is held to that, all others share one.
final class GatewayThrottles: Sendable {
    /// By route key; the shared one under the empty key.
    private let buckets: Mutex<[String: TokenBucket]>

    init(_ api: HTTPAPI) {
        let now = Date().timeIntervalSince1970
        func bucket(_ throttle: HTTPAPI.Throttle) -> TokenBucket {
            TokenBucket(rate: throttle.rate, capacity: throttle.burst, at: now)
        }
        var buckets = api.routeThrottles.mapValues(bucket)
        buckets[""] = api.throttle.map(bucket)
        self.buckets = Mutex(buckets)
    }

    /// Counts a request in, or says that it is one too many.
    func admit(_ routeKey: String) -> Bool {
        let now = Date().timeIntervalSince1970
        return buckets.withLock { buckets in
            let key = buckets[routeKey] == nil ? "" : routeKey
            return buckets[key]?.take(at: now) ?? true
        }
    }
}
