import Scheduling

extension Event {
    /// What somebody gets now who was last sent that revision, so that they have the current one; nil for somebody who
    /// was never sent any.
    package func content(after sent: Int?) -> OutgoingContent {
        if status == .cancelled { return .cancellation }
        guard let sent, sent < revision else { return .invitation }
        let missed = changes.filter { $0.revision > sent }
        // Changes further back are forgotten: the whole event says what they said.
        guard missed.count == revision - sent else { return .invitation }
        var (changed, cancelled): (Set<Int64>, Set<Int64>) = ([], [])
        for change in missed {
            guard case .instances(let nowChanged, let nowCancelled) = change.scope else { return .invitation }
            changed.formUnion(nowChanged)
            cancelled.formUnion(nowCancelled)
            changed.subtract(nowCancelled)
            cancelled.subtract(nowChanged)
        }
        // One mail has one METHOD; the series with its instances, the cancelled ones left out, says both.
        guard changed.isEmpty || cancelled.isEmpty else { return .invitation }
        return cancelled.isEmpty ? .instances(changed) : .instanceCancellation(cancelled)
    }
}
