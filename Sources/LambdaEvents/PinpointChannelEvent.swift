import JSON

/// What an Amazon Pinpoint campaign or journey hands to a custom channel: up to 50 endpoints at a time.
package struct PinpointChannelEvent: Sendable {
    package struct Endpoint: Sendable {
        package var id: String
        package var value: JSON
    }

    package var endpoints: [Endpoint]
    /// `CustomMessage.Data` of the campaign: what its author wrote for the function.
    package var data: String

    /// Nil when the payload is another.
    package static func matches(_ json: JSON) -> Bool { json["Endpoints"]?.object != nil }

    package init(_ json: JSON) throws(PayloadError) {
        guard let endpoints = json["Endpoints"]?.object else {
            throw PayloadError(payload: "Pinpoint custom channel event", missing: "Endpoints")
        }
        self.endpoints = endpoints.map { Endpoint(id: $0.name, value: $0.value) }
        data = json["Data"]?.string ?? json["Message"]?["Data"]?.string ?? ""
    }

    /// The answer, which journeys decide by: attributes of the event for each endpoint.
    package static func answer(_ outcomes: [(id: String, outcome: String)]) -> JSON {
        var object = JSONObject()
        for (id, outcome) in outcomes { object[id] = ["EventAttributes": ["Invitation": .string(outcome)]] }
        return .object(object)
    }
}
