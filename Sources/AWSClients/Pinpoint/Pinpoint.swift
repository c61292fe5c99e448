import JSON
import SigV4

/// Amazon Pinpoint, whose support ended on 2026-10-30: what it takes to get a segment's endpoints out of it.
package struct Pinpoint: Sendable {
    let client: AWSClient

    func path(_ parts: String...) -> String {
        "/v1/apps/" + parts.map { PercentEncoding.encode($0) }.joined(separator: "/")
    }
}
