import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("What an API key gives access to")
struct EventAccessTests {
    private func access(
        _ scope: APIKey.Scope?, event: Event? = nil, _ edit: (inout EventAccess.Ports) -> Void = { _ in }
    ) throws -> EventAccess {
        let known = try event ?? Samples.event()
        var ports = EventAccess.Ports.unimplemented
        ports.readKey = { hash in
            #expect(hash == APIKey.hash(of: "cis_key"))
            return scope.map { APIKey(scope: $0, created: 0) }
        }
        ports.recordKeyUse = { _, _ in }
        ports.readEvent = { $0 == known.uid ? known : nil }
        edit(&ports)
        return EventAccess(ports: ports, bucket: "data")
    }

    private func error(_ call: () async throws -> some Any) async -> EventAccess.Failure? {
        await failure(EventAccess.Failure.self, call)
    }

    private var ann: APIKey.Scope { get throws { .organizer(try Samples.address("Ann@Acme.example")) } }

    @Test("is the organizer's own events, and for the owner all")
    func scopes() async throws {
        #expect(try await access(try ann).event(Samples.uid, key: "cis_key").summary == "Tea & cake")
        #expect(try await access(.owner).event(Samples.uid.uppercased(), key: "cis_key").revision == 1)
        let bob = APIKey.Scope.organizer(try Samples.address("bob@acme.example"))
        let other = String(Samples.uid.reversed())
        #expect(await error { try await access(bob).event(Samples.uid, key: "cis_key") } == .notFound("event"))
        #expect(await error { try await access(.owner).event(other, key: "cis_key") } == .notFound("event"))
        #expect(await error { try await access(.owner).event("nonsense", key: "cis_key") } == .notFound("event"))
    }

    @Test("is nothing without a known key, also for events that are not there")
    func keys() async throws {
        let unknown = EventAccess(ports: .unimplemented, bucket: "data")
        for key in [nil, ""] {
            #expect(
                await failure(KeyRefusal.self) { try await unknown.event(Samples.uid, key: key) } == .missingKey)
        }
        #expect(
            await failure(KeyRefusal.self) { try await access(nil).event("nonsense", key: "cis_key") } == .unknownKey)
    }

    @Test("is a new random key each time, found by its hash")
    func generation() {
        let keys = Set((0..<100).map { _ in APIKey.generate() })
        #expect(keys.count == 100)
        #expect(keys.allSatisfy { $0.hasPrefix("cis_") && $0.utf8.count == 36 })
        #expect(APIKey.hash(of: "cis_key").utf8.count == 64)
    }

    @Test("starts nothing for a suspended organizer, not even with the owner's key")
    func suspended() async throws {
        let ann = try Samples.address("ann@acme.example")
        let access = try access(.owner) { ports in
            ports.readOrganizer = { Organizer(address: $0, isSuspended: $0 == ann) }
        }
        #expect(
            await error {
                try await access.startCampaign(
                    Samples.uid, key: "cis_key", source: "s3://data/lists/x/", origin: .vip)
            } == .suspended)
    }

    @Test("starts a campaign over a list of the organizer's own")
    func campaign() async throws {
        let log = Log()
        let access = try access(try ann) { ports in
            ports.readOrganizer = { _ in nil }
            ports.createCampaign = { campaign in log.campaigns.withLock { $0.append(campaign) } }
            ports.enqueueImport = { job in
                #expect(log.campaigns.withLock { $0.last?.id } == job.campaign, "stored before it is worked on")
                log.jobs.withLock { $0.append(job) }
            }
        }
        let campaign = try await access.startCampaign(
            Samples.uid, key: "cis_key", source: "s3://data/lists/ann@acme.example/november/", origin: .bulk)
        #expect(campaign.status == .importing)
        #expect(campaign.origin == .bulk)
        #expect(campaign.organizer.normalized == "ann@acme.example")
        #expect(campaign.source.prefix == "lists/ann@acme.example/november/")
        #expect(campaign.created == noon())
        #expect(log.campaigns.withLock(\.self) == [campaign])
        #expect(log.jobs.withLock(\.self) == [ImportJob(campaign: campaign.id)])
        let second = try await access.startCampaign(
            Samples.uid, key: "cis_key", source: "s3://data/lists/ann@acme.example/november/", origin: .bulk)
        #expect(second.id != campaign.id)
    }

    @Test(
        "does not reach lists elsewhere",
        arguments: [
            ("s3://data/lists/bob@acme.example/x/", false), ("s3://data/lists/", false), ("s3://data/inbound/", false),
            ("s3://data/lists/ann@acme.example.evil/", false), ("s3://data/lists/ann@acme.example", false),
            ("s3://other/lists/ann@acme.example/x/", false), ("https://data/lists/ann@acme.example/", false),
            ("", false), ("s3://data/lists/ann@acme.example/", true),
            ("s3://data/lists/ann@acme.example/x/part-0", true),
        ])
    func sources(url: String, isAllowed: Bool) async throws {
        let access = try access(try ann) { ports in
            ports.readOrganizer = { _ in nil }
            ports.createCampaign = { _ in }
            ports.enqueueImport = { _ in }
        }
        let error = await error {
            try await access.startCampaign(Samples.uid, key: "cis_key", source: url, origin: .vip)
        }
        if isAllowed {
            #expect(error == nil)
        } else {
            guard case .unusableSource(let reason)? = error else {
                Issue.record("\(url): \(String(describing: error))")
                return
            }
            #expect(reason.contains("data"))
        }
    }

    @Test("lets the owner use anybody's list, and nothing but lists")
    func ownerSources() async throws {
        let access = try access(.owner) { ports in
            ports.readOrganizer = { _ in nil }
            ports.createCampaign = { _ in }
            ports.enqueueImport = { _ in }
        }
        #expect(
            await error {
                try await access.startCampaign(Samples.uid, key: "cis_key", source: "s3://data/lists/x/", origin: .vip)
            } == nil)
        #expect(
            await error {
                try await access.startCampaign(Samples.uid, key: "cis_key", source: "s3://data/inbound/x", origin: .vip)
            } != nil)
    }

    @Test("starts no campaign for a cancelled event")
    func cancelled() async throws {
        let access = try access(try ann, event: try Samples.event(status: .cancelled))
        #expect(
            await error {
                try await access.startCampaign(
                    Samples.uid, key: "cis_key", source: "s3://data/lists/ann@acme.example/", origin: .vip)
            } == .cancelled)
    }

    @Test("shows a campaign's progress under its own event only")
    func progress() async throws {
        let campaign = try Samples.campaign()
        var other = campaign
        other.event = try #require(EventUID(String(Samples.uid.reversed())))
        let read: (Campaign?) throws -> EventAccess = { stored in
            try access(try ann) { ports in
                ports.readCampaign = { _ in stored }
                ports.readCounters = { scope in
                    #expect(scope == .campaign("c1"))
                    return [.delivery(.sent): 7]
                }
            }
        }
        #expect(try await read(campaign).progress(of: "c1", event: Samples.uid, key: "cis_key").sent == 7)
        let foreign = try read(other)
        let missing = try read(nil)
        #expect(
            await error { try await foreign.progress(of: "c1", event: Samples.uid, key: "cis_key") }
                == .notFound("campaign"))
        #expect(
            await error { try await missing.progress(of: "c1", event: Samples.uid, key: "cis_key") }
                == .notFound("campaign"))
    }

    @Test("reads statistics and attendees of that event")
    func reading() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let page = AttendeePage(
            attendees: [try Samples.attendee()], next: AttendeeCursor(shard: 3, after: "x@y.example"))
        let access = try access(try ann) { ports in
            ports.readCounters = { scope in
                #expect(scope == .event(uid))
                return [.attendees: 3]
            }
            ports.listAttendees = { event, cursor, response, limit in
                #expect(event == uid)
                #expect(response == .declined)
                #expect(cursor == AttendeeCursor(shard: 2, after: nil))
                #expect(limit == 50)
                return page
            }
        }
        #expect(try await access.statistics(of: Samples.uid, key: "cis_key").attendees == 3)
        #expect(
            try await access.attendees(
                of: Samples.uid, key: "cis_key", answered: .declined, after: AttendeeCursor(shard: 2, after: nil),
                limit: 50) == page)
    }
}

private final class Log: Sendable {
    let campaigns = Mutex<[Campaign]>([])
    let jobs = Mutex<[ImportJob]>([])
}
