/// Mails of a campaign, and what became of them as far as it tells of its list's quality.
package struct DeliveryTally: Sendable, Equatable {
    package var sent: Int
    package var bounced: Int
    package var complained: Int

    package init(sent: Int = 0, bounced: Int = 0, complained: Int = 0) {
        self.sent = sent
        self.bounced = bounced
        self.complained = complained
    }

    init(_ counters: [CounterName: Int]) {
        sent = counters[.delivery(.sent)] ?? 0
        bounced = counters[.delivery(.bounced)] ?? 0
        complained = counters[.delivery(.complained)] ?? 0
    }

    /// What came since an earlier one.
    func since(_ earlier: DeliveryTally) -> DeliveryTally {
        DeliveryTally(
            sent: sent - earlier.sent, bounced: bounced - earlier.bounced, complained: complained - earlier.complained)
    }
}
