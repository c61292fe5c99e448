import JSON

/// What Lambda sends to an on-failure destination when an asynchronous invocation has failed for good.
package struct FailedInvocation: Sendable {
    /// The event of that invocation.
    package var requestPayload: JSON

    package init(_ json: JSON) throws(PayloadError) {
        guard let payload = json["requestPayload"] else {
            throw PayloadError(payload: "record of a failed invocation", missing: "requestPayload")
        }
        requestPayload = payload
    }
}
