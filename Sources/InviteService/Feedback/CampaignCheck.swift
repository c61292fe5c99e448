import JSON

/// A message of the feedback queue: a campaign whose bounces and complaints have grown.
package struct CampaignCheck: Sendable, Equatable {
    package var campaign: String

    package init(campaign: String) { self.campaign = campaign }

    package var json: JSON { ["check_campaign": .string(campaign)] }

    /// nil for any other message.
    package init?(json: JSON) {
        guard let campaign = json["check_campaign"]?.string else { return nil }
        self.campaign = campaign
    }
}
