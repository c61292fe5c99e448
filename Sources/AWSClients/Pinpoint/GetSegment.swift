import JSON

extension Pinpoint {
    package struct Segment: Sendable, Hashable {
        package var id: String
        package var name: String?
        package var version: Int?
    }

    /// `GetSegment`.
    package func getSegment(application: String, segment: String) async throws(AWSError) -> Segment {
        let response = try await client.send(
            AWSRequest(operation: "GetSegment", method: "GET", path: path(application, "segments", segment)))
        let output = try client.parse(response, operation: "GetSegment")
        guard let id = output["Id"]?.string else { throw client.malformed("GetSegment", "no Id") }
        return Segment(id: id, name: output["Name"]?.string, version: output["Version"]?.int)
    }
}
