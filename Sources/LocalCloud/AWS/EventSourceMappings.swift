import JSON

/// What feeds functions from queues and streams.
struct EventSourceMappings: Sendable {
    let aws: LocalAWS

    struct Mapping: Sendable {
        let id: String
        /// ARN of the queue or stream.
        let source: String
        let isEnabled: Bool
    }

    func list() async throws -> [Mapping] {
        let answer = try await aws.rest("lambda", "GET", "/2015-03-31/event-source-mappings/")
        return (answer["EventSourceMappings"]?.array ?? []).compactMap { mapping in
            guard let id = mapping["UUID"]?.string, let source = mapping["EventSourceArn"]?.string else { return nil }
            return Mapping(id: id, source: source, isEnabled: mapping["State"]?.string == "Enabled")
        }
    }

    func setEnabled(_ isEnabled: Bool, _ mapping: Mapping) async throws {
        try await aws.rest(
            "lambda", "PUT", "/2015-03-31/event-source-mappings/\(mapping.id)", ["Enabled": .bool(isEnabled)])
    }
}
