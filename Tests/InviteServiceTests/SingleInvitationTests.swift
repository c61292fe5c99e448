import Audience
import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("A single invitation")
struct SingleInvitationTests {
    private final class World: Sendable {
        struct State {
            var event: Event?
            var organizer: Organizer?
            var person: Person?
            var counts: [RateScope: Int] = [:]
            var hours: Set<Int64> = []
            var jobs: [SendJob] = []
            var reserved = 0
            var notices: [Notice] = []
        }

        let state: Mutex<State>

        init() throws { state = Mutex(State(event: try Samples.event())) }

        var ports: SingleInvitation.Ports {
            var ports = SingleInvitation.Ports.unimplemented
            ports.readEvent = { _ in self.state.withLock(\.event) }
            ports.readOrganizer = { _ in self.state.withLock(\.organizer) }
            ports.readPersons = { addresses in
                self.state.withLock { state in state.person.map { [addresses[0]: $0] } ?? [:] }
            }
            ports.admit = { scope, hour, limit in
                self.state.withLock { state in
                    state.hours.insert(hour)
                    state.counts[scope, default: 0] += 1
                    return state.counts[scope, default: 0] <= limit
                }
            }
            ports.reserve = { _, _, limit in
                self.state.withLock { state in
                    guard state.reserved < limit else { return false }
                    state.reserved += 1
                    return true
                }
            }
            ports.notify = { notice in self.state.withLock { $0.notices.append(notice) } }
            ports.enqueue = { job in self.state.withLock { $0.jobs.append(job) } }
            return ports
        }
    }

    private let world: World
    private let rules = InviteRules(
        landingHosts: LandingHosts(""), moreOrigins: "", limits: RateLimits(perAddress: 2, perEvent: 5, perSource: 3),
        invitesPerEvent: 5)

    init() throws { world = try World() }

    private func queue(
        _ email: String = "bob@example.com", origin: String = "api", from ip: String = "192.0.2.1",
        uid: String = Samples.uid
    ) async throws -> SingleInvitation.Failure? {
        let request = try InviteRequest(
            ["email": email, "name": "Bob", "origin": origin], rules: rules, defaultOrigin: .api)
        return await failure(SingleInvitation.Failure.self) {
            try await SingleInvitation(ports: world.ports, rules: rules).queue(request, to: uid, sourceIP: ip)
        }
    }

    @Test("beyond the limit of its event is refused, and the organizer told once")
    func full() async throws {
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock { $0.organizer = Organizer(address: ann, inviteLimit: 1) }
        #expect(try await queue("one@example.com") == nil)
        for index in 0..<2 {
            #expect(try await queue("more\(index)@example.com", from: "198.51.100.\(index)") == .full)
        }
        #expect(world.state.withLock(\.jobs).count == 1)
        #expect(Set(world.state.withLock(\.notices).map(\.id)) == ["limit.\(Samples.uid).1"])
        world.state.withLock { $0.organizer = nil }
        #expect(try await queue("more@example.com", from: "198.51.100.9") == nil, "the deployment's own limit")
    }

    @Test("is put into the queue with its recipient and origin")
    func queued() async throws {
        #expect(try await queue(origin: "wix") == nil)
        let bob = Recipient(address: try Samples.address("bob@example.com"), name: "Bob")
        let origin = try #require(Origin(rawValue: "wix"))
        #expect(
            world.state.withLock(\.jobs) == [
                SendJob(event: try #require(EventUID(Samples.uid)), work: .recipients([bob], origin: origin))
            ])
        #expect(world.state.withLock(\.hours) == [noon() / 3600])
    }

    @Test("is limited by address, by network and by event, and says when to come back")
    func limits() async throws {
        for _ in 0..<2 { #expect(try await queue() == nil) }
        #expect(try await queue("BOB@example.com", from: "192.0.2.2") == .tooMany(retryAfter: 3600), "the address")
        #expect(try await queue("a@example.com") == nil)
        #expect(try await queue("b@example.com") == .tooMany(retryAfter: 3600), "the network")
        #expect(try await queue("c@example.com", from: "192.0.2.3") == nil)
        #expect(try await queue("d@example.com", from: "192.0.2.4") == nil)
        #expect(try await queue("e@example.com", from: "192.0.2.5") == .tooMany(retryAfter: 3600), "the event")
        #expect(world.state.withLock(\.jobs).count == 5)
    }

    @Test("incumbent 39: under the origin \"test\" counts like any other")
    func testOrigin() async throws {
        for _ in 0..<2 { #expect(try await queue(origin: "test") == nil) }
        #expect(try await queue(origin: "test", from: "192.0.2.9") == .tooMany(retryAfter: 3600))
    }

    @Test("is refused for an event that is not there or cancelled, or a suspended organizer")
    func refused() async throws {
        #expect(try await queue(uid: "nonsense") == .unknownEvent)
        let cancelled = try Samples.event(status: .cancelled)
        world.state.withLock { $0.event = cancelled }
        #expect(try await queue() == .cancelled)
        world.state.withLock { $0.event = nil }
        #expect(try await queue() == .unknownEvent)
        let event = try Samples.event()
        world.state.withLock {
            $0.event = event
            $0.organizer = Organizer(address: event.organizer, isSuspended: true)
        }
        #expect(try await queue() == .suspended)
        #expect(world.state.withLock { $0.jobs.isEmpty && $0.counts.isEmpty })
    }

    @Test("with a list's origin takes an organizer who may send to lists", arguments: ["vip", "bulk"])
    func bulk(origin: String) async throws {
        #expect(try await queue(origin: origin) == .bulkNotPermitted)
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock { $0.organizer = Organizer(address: ann, mayBulk: true) }
        #expect(try await queue(origin: origin) == nil)
    }

    @Test("does not go to somebody who unsubscribed, blocked the organizer or cannot be reached")
    func person() async throws {
        for person in [
            Person(isUnsubscribed: true, isSuppressed: false, blockedOrganizers: []),
            Person(isUnsubscribed: false, isSuppressed: true, blockedOrganizers: []),
            Person(isUnsubscribed: false, isSuppressed: false, blockedOrganizers: ["ann@acme.example"]),
        ] {
            world.state.withLock {
                $0.person = person
                $0.counts = [:]
            }
            #expect(try await queue() == .addressRefuses)
        }
        world.state.withLock {
            $0.person = Person(isUnsubscribed: false, isSuppressed: false, blockedOrganizers: ["eve@acme.example"])
            $0.counts = [:]
        }
        #expect(try await queue() == nil)
    }
}
