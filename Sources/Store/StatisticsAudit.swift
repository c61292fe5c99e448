import AWSClients
import InviteService
import JSON

/// Compares counters with the records they were counted from, and repairs them.
///
/// While records change the two differ for as long as the stream takes. So a repair wants the same difference twice.
package struct StatisticsAudit: Sendable {
    package struct Finding: Sendable, Equatable {
        package var counted: Counters
        package var recounted: Counters

        package var difference: Counters { Recount.difference(counted: counted, recounted: recounted) }
    }

    private let table: MainTable
    private let statistics: StatisticsTable

    package init(table: MainTable, statistics: StatisticsTable) {
        self.table = table
        self.statistics = statistics
    }

    /// Every scope that an event of the domain, one of its attendees or one of their campaigns counts in.
    package func all(domain: String) async throws -> Finding {
        var recounted = Counters()
        var campaigns: Set<String> = []
        var cursor: EventCursor?
        repeat {
            let page = try await table.listEvents(.domain(domain), matching: EventFilter(), after: cursor, limit: 100)
            for event in page.events {
                recounted.add(CountedItem.event(event).contribution)
                try await addAttendees(of: event.uid, to: &recounted, &campaigns)
                try await addCampaigns(of: event.uid, to: &campaigns)
            }
            cursor = page.next
        } while cursor != nil
        for campaign in campaigns {
            for chunk in try await table.finishedChunks(campaign) {
                recounted.add(CountedItem.finishedChunk(campaign: campaign, skipped: chunk.skipped).contribution)
            }
        }
        var counted = Counters()
        // What should be nothing is looked at as well.
        let scopes = Set(recounted.values.keys).union(campaigns.map { .campaign($0) })
        for scope in scopes {
            for (name, value) in try await statistics.readCounters(scope) where !SendingPace.isPace(name) {
                counted.add(value, name, to: scope)
            }
        }
        return Finding(counted: counted, recounted: recounted)
    }

    package func event(_ uid: EventUID) async throws -> Finding {
        var recounted = Counters()
        var campaigns: Set<String> = []
        try await addAttendees(of: uid, to: &recounted, &campaigns)
        var (own, counted) = (Counters(), Counters())
        for (name, value) in recounted[.event(uid)] { own.add(value, name, to: .event(uid)) }
        for (name, value) in try await statistics.readCounters(.event(uid)) {
            counted.add(value, name, to: .event(uid))
        }
        return Finding(counted: counted, recounted: own)
    }

    /// Adds the difference to the counters.
    package func repair(_ difference: Counters) async throws { try await statistics.repair(difference) }

    /// Of a campaign to people who had all been invited before, no attendee tells.
    private func addCampaigns(of uid: EventUID, to campaigns: inout Set<String>) async throws {
        var cursor: CampaignCursor?
        repeat {
            let page = try await table.listCampaigns(of: uid, after: cursor, limit: 100)
            campaigns.formUnion(page.campaigns.map(\.id))
            cursor = page.next
        } while cursor != nil
    }

    private func addAttendees(
        of uid: EventUID, to counters: inout Counters, _ campaigns: inout Set<String>
    ) async throws {
        var cursor: AttendeeCursor? = .start
        while let from = cursor {
            let page = try await table.listAttendees(uid, from: from, limit: 1000)
            for attendee in page.attendees {
                counters.add(CountedItem.attendee(attendee).contribution)
                if let campaign = attendee.campaign { campaigns.insert(campaign) }
            }
            cursor = page.next
        }
    }
}
