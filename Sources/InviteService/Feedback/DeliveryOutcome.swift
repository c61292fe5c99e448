/// What became of a mail. Outcomes come repeated and in any order; the one with the greatest `order` stands, so that
/// any order ends the same.
package struct DeliveryOutcome: Sendable, Equatable {
    package var delivery: Delivery
    package var revision: Int
    /// Of a bounce, in SES's words; without addresses.
    package var detail: String?
    /// Epoch seconds.
    package var time: Int64

    package init(delivery: Delivery, revision: Int, detail: String?, time: Int64) {
        self.delivery = delivery
        self.revision = revision
        self.detail = detail
        self.time = time
    }

    /// A later revision's outcome stands above that of an earlier one; within a revision a bounce stands above the
    /// delivery it followed, and a complaint above all.
    package var order: Int { revision * 8 + rank }

    private var rank: Int {
        switch delivery {
        case .claimed, .sent: 0
        case .delivered: 1
        case .failed: 2
        case .bounced: 3
        case .complained: 4
        }
    }
}
