import JSON

/// What the custom action of an Amazon Connect outbound campaign hands to a function: some customer profiles. Each must
/// be answered, with at most 32 KB, within 30 seconds.
package struct ConnectActionEvent: Sendable {
    package struct Profile: Sendable {
        package var id: String
        /// The profile as the campaign hands it on; an empty object when it is no JSON.
        package var data: JSON
    }

    package var profiles: [Profile]
    package var campaignName: String

    package static func matches(_ json: JSON) -> Bool { json["Items"]?["CustomerProfiles"] != nil }

    package init(_ json: JSON) throws(PayloadError) {
        guard let profiles = json["Items"]?["CustomerProfiles"]?.array else {
            throw PayloadError(payload: "Amazon Connect custom action", missing: "Items.CustomerProfiles")
        }
        self.profiles = []
        for profile in profiles {
            guard let id = profile["ProfileId"]?.string else {
                throw PayloadError(payload: "Amazon Connect custom action", missing: "ProfileId")
            }
            let data = profile["CustomerData"].map { value in
                value.string.flatMap { try? JSON(parsing: $0) } ?? value
            }
            self.profiles.append(Profile(id: id, data: data?.object == nil ? [:] : data ?? [:]))
        }
        campaignName = json["InvocationMetadata"]?["CampaignContext"]?["CampaignName"]?.string ?? ""
    }

    package static func answer(_ outcomes: [(id: String, outcome: String)]) -> JSON {
        [
            "Items": [
                "CustomerProfiles": .array(
                    outcomes.map { ["Id": .string($0.id), "ResultData": ["invitation": .string($0.outcome)]] })
            ]
        ]
    }
}
