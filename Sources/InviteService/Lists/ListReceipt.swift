import JSON

/// What became of a list that came by mail, for the answer to its sender. The rows are in a file beside it.
package struct ListReceipt: Sendable, Equatable {
    package struct Started: Sendable, Equatable {
        package var event: EventUID
        package var summary: String
        package var campaign: String
        package var recipients: Int

        package init(event: EventUID, summary: String, campaign: String, recipients: Int) {
            self.event = event
            self.summary = summary
            self.campaign = campaign
            self.recipients = recipients
        }
    }

    package var accepted: Int
    package var rejected: Int
    package var campaigns: [Started]

    package init(accepted: Int, rejected: Int, campaigns: [Started]) {
        self.accepted = accepted
        self.rejected = rejected
        self.campaigns = campaigns
    }

    /// Campaigns named in the mail; more than these would fill a page.
    static let campaignLimit = 50

    package var json: JSON {
        [
            "accepted": .int(accepted), "rejected": .int(rejected),
            "campaigns": .array(
                campaigns.prefix(Self.campaignLimit).map {
                    [
                        "event": .string($0.event.description), "summary": .string($0.summary),
                        "campaign": .string($0.campaign), "recipients": .int($0.recipients),
                    ]
                }),
        ]
    }

    package init(json: JSON) {
        accepted = json["accepted"]?.int ?? 0
        rejected = json["rejected"]?.int ?? 0
        campaigns = (json["campaigns"]?.array ?? []).compactMap { started in
            guard let event = started["event"]?.string.flatMap({ EventUID($0) }) else { return nil }
            return Started(
                event: event, summary: started["summary"]?.string ?? "",
                campaign: started["campaign"]?.string ?? "", recipients: started["recipients"]?.int ?? 0)
        }
    }
}
