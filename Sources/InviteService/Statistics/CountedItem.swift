/// What a stored item adds to the counters. A pure function of the item: the change an update makes is the difference
/// between its new and its old contribution, and a recount is the sum over all items.
package enum CountedItem: Sendable, Equatable {
    case event(Event)
    case attendee(Attendee)
    /// Counts nothing by itself.
    case campaign(Campaign)
    case finishedChunk(campaign: String, skipped: SkipCounts)

    package var contribution: Counters {
        var counters = Counters()
        switch self {
        case .event(let event):
            for scope in [CounterScope.organizer(event.organizer), .domain(event.domain)] {
                counters.add(1, .events, to: scope)
                if event.status == .cancelled { counters.add(1, .cancelledEvents, to: scope) }
            }
        case .attendee(let attendee):
            add(attendee, to: &counters)
        case .campaign: break
        case .finishedChunk(let campaign, let skipped):
            let scope = CounterScope.campaign(campaign)
            counters.add(1, .finishedChunks, to: scope)
            counters.add(skipped.alreadyInvited, .alreadyInvited, to: scope)
            counters.add(skipped.refused, .refused, to: scope)
            counters.add(skipped.cancelled, .skippedAfterCancellation, to: scope)
        }
        return counters
    }

    private func add(_ attendee: Attendee, to counters: inout Counters) {
        var scopes: [CounterScope] = [
            .event(attendee.event), .organizer(attendee.organizer), .domain(attendee.domain),
        ]
        if let campaign = attendee.campaign { scopes.append(.campaign(campaign)) }
        // A day has what happened on it: invitations by when they were sent, answers by when they came.
        let sentOn = attendee.firstSent.map { CounterScope.day(domain: attendee.domain, date: Day.name(of: $0)) }
        let repliedOn = attendee.replied.map { CounterScope.day(domain: attendee.domain, date: Day.name(of: $0)) }
        for scope in scopes + [sentOn].compactMap(\.self) {
            for delivery in attendee.delivery.reached { counters.add(1, .delivery(delivery), to: scope) }
            if attendee.opened != nil { counters.add(1, .opened, to: scope) }
        }
        let receivedOn = attendee.receipt.map { CounterScope.day(domain: attendee.domain, date: Day.name(of: $0)) }
        if attendee.receipt != nil {
            for scope in scopes + [receivedOn].compactMap(\.self) { counters.add(1, .receipts, to: scope) }
        }
        guard attendee.sentRevision != nil || attendee.origin == .shared else { return }
        for scope in scopes + [sentOn].compactMap(\.self) {
            counters.add(1, .attendees, to: scope)
            counters.add(1, .origin(attendee.origin), to: scope)
        }
        for scope in scopes + [repliedOn].compactMap(\.self) {
            counters.add(1, .rsvp(attendee.response), to: scope)
            if let client = attendee.client { counters.add(1, .client(client), to: scope) }
        }
    }
}

extension Delivery {
    /// What a mail in this state counts as.
    fileprivate var reached: [Delivery] {
        switch self {
        case .claimed: []
        case .sent, .failed: [self]
        case .delivered, .bounced: [.sent, self]
        case .complained: [.sent, .delivered, .complained]
        }
    }
}
