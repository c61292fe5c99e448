import MailMessage

/// What the event API does, apart from HTTP.
package struct EventAccess: Sendable {
    package struct Ports: Sendable {
        package var readKey: @Sendable (_ hash: String) async throws -> APIKey?
        package var recordKeyUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]
        /// A page of all attendees, or of those who answered so.
        package var listAttendees:
            @Sendable (EventUID, AttendeeCursor, Response?, _ limit: Int) async throws -> AttendeePage
        package var readAttendee: @Sendable (EventUID, EmailAddress) async throws -> Attendee?
        package var readAnswers: @Sendable (EventUID, EmailAddress) async throws -> AttendeeAnswers
        package var listCampaigns: @Sendable (EventUID, CampaignCursor?, _ limit: Int) async throws -> CampaignPage
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var now: @Sendable () -> Int64

        package init(
            readKey: @escaping @Sendable (_ hash: String) async throws -> APIKey?,
            recordKeyUse: @escaping @Sendable (_ hash: String, _ now: Int64) async throws -> Void,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int],
            listAttendees:
                @escaping @Sendable (EventUID, AttendeeCursor, Response?, _ limit: Int) async throws -> AttendeePage,
            readAttendee: @escaping @Sendable (EventUID, EmailAddress) async throws -> Attendee?,
            readAnswers: @escaping @Sendable (EventUID, EmailAddress) async throws -> AttendeeAnswers,
            listCampaigns:
                @escaping @Sendable (EventUID, CampaignCursor?, _ limit: Int) async throws -> CampaignPage,
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readKey = readKey
            self.recordKeyUse = recordKeyUse
            self.readEvent = readEvent
            self.readCounters = readCounters
            self.listAttendees = listAttendees
            self.readAttendee = readAttendee
            self.readAnswers = readAnswers
            self.listCampaigns = listCampaigns
            self.readCampaign = readCampaign
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        /// No such event, attendee or campaign, or none this key may see: the two are not told apart.
        case notFound(String)
    }

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    /// The event, once the key is known to allow it.
    package func event(_ uid: String, key: String?) async throws -> Event {
        try await authorized(uid, key: key).event
    }

    package func statistics(of uid: String, key: String?) async throws -> StatisticsSummary {
        let event = try await event(uid, key: key)
        return StatisticsSummary(try await ports.readCounters(.event(event.uid)))
    }

    package func attendees(
        of uid: String, key: String?, answered response: Response?, after cursor: AttendeeCursor, limit: Int
    ) async throws -> AttendeePage {
        let event = try await event(uid, key: key)
        return try await ports.listAttendees(event.uid, cursor, response, limit)
    }

    /// One attendee, and all they answered.
    package func attendee(
        _ address: EmailAddress, of uid: String, key: String?
    ) async throws -> (event: Event, attendee: Attendee, answers: AttendeeAnswers) {
        let event = try await event(uid, key: key)
        guard let attendee = try await ports.readAttendee(event.uid, address) else {
            throw Failure.notFound("attendee")
        }
        return (event, attendee, try await ports.readAnswers(event.uid, address))
    }

    /// The event's campaigns with their progress, the newest first.
    package func campaigns(
        of uid: String, key: String?, after cursor: CampaignCursor?, limit: Int
    ) async throws -> (campaigns: [CampaignProgress], next: CampaignCursor?) {
        let event = try await event(uid, key: key)
        let page = try await ports.listCampaigns(event.uid, cursor, limit)
        var progress: [CampaignProgress] = []
        for campaign in page.campaigns {
            let counters = try await ports.readCounters(.campaign(campaign.id))
            progress.append(CampaignProgress(campaign: campaign, counters: counters, now: ports.now()))
        }
        return (progress, page.next)
    }

    package func progress(of id: String, event uid: String, key: String?) async throws -> CampaignProgress {
        let event = try await event(uid, key: key)
        guard let campaign = try await ports.readCampaign(id), campaign.event == event.uid else {
            throw Failure.notFound("campaign")
        }
        return CampaignProgress(
            campaign: campaign, counters: try await ports.readCounters(.campaign(id)), now: ports.now())
    }

    /// The event, and whose key it is, once the key is known to allow the event.
    package func authorized(_ uid: String, key: String?) async throws -> (event: Event, scope: APIKey.Scope) {
        let known = try await KeyCheck(read: ports.readKey, recordUse: ports.recordKeyUse, now: ports.now)
            .holder(of: key)
        guard let uid = EventUID(uid), let event = try await ports.readEvent(uid), known.allows(event.organizer) else {
            throw Failure.notFound("event")
        }
        return (event, known.scope)
    }
}
