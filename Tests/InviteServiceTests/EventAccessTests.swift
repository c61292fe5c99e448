import InviteService
import MailMessage
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
        return EventAccess(ports: ports)
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
        let unknown = EventAccess(ports: .unimplemented)
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
