/// The last campaign of a page, after which the next begins. Lists run from the newest campaign back.
package struct CampaignCursor: Sendable, Equatable {
    /// Epoch seconds.
    package var created: Int64
    package var id: String

    package init(created: Int64, id: String) {
        self.created = created
        self.id = id
    }

    /// Opaque to API callers.
    package var text: String { String(decoding: Base32.encode(Array("\(created) \(id)".utf8)), as: UTF8.self) }

    /// nil unless this server wrote the cursor.
    package init?(_ text: String) {
        guard let bytes = Base32.decode(text.utf8), let plain = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let parts = plain.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let created = Int64(parts[0]), (0..<1_000_000_000_000).contains(created) else {
            return nil
        }
        let isID = parts[1].utf8.count == 32 && parts[1].allSatisfy { $0.isASCII && $0.isHexDigit }
        guard isID else { return nil }
        self.init(created: created, id: String(parts[1]))
    }
}

package struct CampaignPage: Sendable, Equatable {
    package var campaigns: [Campaign]
    /// nil after the last campaign.
    package var next: CampaignCursor?

    package init(campaigns: [Campaign], next: CampaignCursor?) {
        self.campaigns = campaigns
        self.next = next
    }
}
