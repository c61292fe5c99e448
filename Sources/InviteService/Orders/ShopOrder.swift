import JSON
import MailMessage

/// An order as Shopify's webhooks send it (`orders/create`, `orders/paid`).
package struct ShopOrder: Sendable, Equatable {
    package var id: String
    /// Who is enrolled.
    package var organizer: EmailAddress
    /// Whether there is nothing left to pay.
    package var isPaid: Bool

    package enum Failure: Error, Sendable, Equatable {
        case noID
        case noAddress
    }

    /// The organizer is who a property `organizer` of an item names, else who ordered.
    package init(_ json: JSON) throws(Failure) {
        guard let id = json["id"]?.number ?? json["id"]?.string, !id.isEmpty, id.utf8.count <= 64 else { throw .noID }
        self.id = id
        let items = json["line_items"]?.array ?? []
        let named = items.flatMap { $0["properties"]?.array ?? [] }
            .filter { ["organizer", "organizer email"].contains($0["name"]?.string?.lowercased()) }
            .map { $0["value"]?.string }
        let buyer = [json["email"]?.string, json["contact_email"]?.string, json["customer"]?["email"]?.string]
        guard let organizer = (named + buyer).lazy.compactMap({ $0.flatMap { EmailAddress($0) } }).first else {
            throw .noAddress
        }
        self.organizer = organizer
        isPaid = ["paid", nil].contains(json["financial_status"]?.string)
    }
}
