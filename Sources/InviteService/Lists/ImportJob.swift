import JSON

/// A message of the import queue: read the list of a campaign, or queue again what is left of one that was read.
package struct ImportJob: Sendable, Equatable {
    package var campaign: String
    /// The first chunk to look at of those that are to be queued again; nil to read the list.
    package var requeuedFrom: Int?

    package init(campaign: String, requeuedFrom: Int? = nil) {
        self.campaign = campaign
        self.requeuedFrom = requeuedFrom
    }

    package var json: JSON {
        var object: JSONObject = ["campaign": .string(campaign)]
        object["requeue"] = requeuedFrom.map { .int($0) }
        return .object(object)
    }

    package init(json: JSON) throws(MessageError) {
        guard let campaign = json["campaign"]?.string else { throw MessageError(queue: "import", body: json) }
        self.init(campaign: campaign, requeuedFrom: json["requeue"]?.int)
        if let requeuedFrom, requeuedFrom < 0 { throw MessageError(queue: "import", body: json) }
    }
}
