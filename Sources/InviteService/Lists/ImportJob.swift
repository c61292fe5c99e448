import JSON

/// A message of the import queue: read the list of a campaign.
package struct ImportJob: Sendable, Equatable {
    package var campaign: String

    package init(campaign: String) { self.campaign = campaign }

    package var json: JSON { ["campaign": .string(campaign)] }

    package init(json: JSON) throws(MessageError) {
        guard let campaign = json["campaign"]?.string else { throw MessageError(queue: "import", body: json) }
        self.init(campaign: campaign)
    }
}
