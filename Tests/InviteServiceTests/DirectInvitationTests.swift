import Audience
import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("People handed over by another service")
struct DirectInvitationTests {
    private final class World: Sendable {
        let jobs = Mutex<[SendJob]>([])
        let reservations = Mutex<[String: Reservation.Outcome]>([:])
        let notices = Mutex<[Notice]>([])
        let event: Event?
        let organizer: Organizer?

        init(event: Event?, organizer: Organizer? = nil) {
            self.event = event
            self.organizer = organizer
        }

        func invite(_ data: [JSON], _ text: String = "Event \(Samples.uid)!") async throws -> [String] {
            let refusing = try Samples.address("no@example.com")
            let ports = DirectInvitation.Ports(
                readEvent: { _ in self.event }, readOrganizer: { _ in self.organizer },
                readPersons: { addresses in
                    addresses.contains(refusing)
                        ? [refusing: Person(isUnsubscribed: true, isSuppressed: false, blockedOrganizers: [])] : [:]
                },
                readInvited: { _, addresses in Set(addresses.filter { $0.description.hasPrefix("known") }) },
                reserve: { reservation in
                    self.reservations.withLock { made in
                        if let before = made[reservation.id] { return before }
                        let room = reservation.limit - made.values.reduce(0) { $0 + $1.granted }
                        let granted = min(room, reservation.wanted)
                        made[reservation.id] = .init(granted: granted, refused: reservation.wanted - granted)
                        return .init(granted: granted, refused: reservation.wanted - granted)
                    }
                },
                enqueue: { jobs in self.jobs.withLock { $0 += jobs } },
                notify: { notice in self.notices.withLock { $0.append(notice) } })
            let people = data.enumerated().map { DirectInvitation.Candidate(id: "p\($0)", data: $1) }
            let outcomes = try await DirectInvitation(ports: ports, inviteLimit: 1000).invite(
                people, toEventIn: text, origin: .pinpoint)
            #expect(outcomes.map(\.id) == people.map(\.id), "everybody is answered for, in order")
            return outcomes.map(\.outcome)
        }
    }

    private func endpoint(_ address: String, _ more: JSONObject = [:]) -> JSON {
        var object: JSONObject = ["ChannelType": "EMAIL", "Address": .string(address)]
        for member in more { object[member.name] = member.value }
        return .object(object)
    }

    @Test("are queued, or answered for with why not")
    func outcomes() async throws {
        let world = World(event: try Samples.event())
        let outcomes = try await world.invite([
            endpoint("bob@example.com"), endpoint("no@example.com"), endpoint("bad"),
            endpoint("x@example.com", ["OptOut": "ALL"]), endpoint("+34", ["ChannelType": "SMS"]),
            ["EmailAddress": "cyd@example.com", "FirstName": "Cyd", "Address": ["City": "Ulm"]],
            endpoint("BOB@example.com"),
        ])
        #expect(outcomes == ["queued", "suppressed", "bad_address", "opted_out", "other_channel", "queued", "queued"])
        let job = try #require(world.jobs.withLock(\.self).first)
        #expect(
            job.work
                == .recipients(
                    [
                        Recipient(address: try Samples.address("bob@example.com")),
                        Recipient(address: try Samples.address("cyd@example.com"), name: "Cyd"),
                    ], origin: .pinpoint))
        #expect(world.jobs.withLock(\.self).count == 1)
    }

    @Test("in great number become messages of a hundred")
    func many() async throws {
        let world = World(event: try Samples.event())
        _ = try await world.invite((0..<250).map { endpoint("p\($0)@example.com") })
        #expect(world.jobs.withLock(\.self).count == 3)
    }

    @Test("beyond the limit of their event are answered for as over it, the same whenever they are handed over again")
    func limit() async throws {
        let ann = try Samples.address("ann@acme.example")
        let world = World(event: try Samples.event(), organizer: Organizer(address: ann, inviteLimit: 2))
        let people = ["a", "known", "b", "c", "b"].map { endpoint("\($0)@example.com") }
        let outcomes = try await world.invite(people)
        #expect(outcomes == ["queued", "queued", "queued", "over_limit", "queued"])
        #expect(try await world.invite(people) == outcomes)
        #expect(
            try await world.invite([endpoint("d@example.com"), endpoint("known@example.com")]) == [
                "over_limit", "queued",
            ])
        #expect(Set(world.notices.withLock(\.self).map(\.id)) == ["limit.\(Samples.uid).2"])
    }

    @Test("for no event that can be sent are not queued, and told why")
    func events() async throws {
        let one = [endpoint("bob@example.com")]
        let ann = try Samples.address("ann@acme.example")
        #expect(try await World(event: nil).invite(one) == ["unknown_event"])
        #expect(try await World(event: nil).invite(one, "no uid here") == ["no_event_uid"])
        #expect(try await World(event: Samples.event(status: .cancelled)).invite(one) == ["event_cancelled"])
        let suspended = World(event: try Samples.event(), organizer: Organizer(address: ann, isSuspended: true))
        #expect(try await suspended.invite(one) == ["organizer_suspended"])
        #expect(suspended.jobs.withLock(\.self).isEmpty)
    }
}
