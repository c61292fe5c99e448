import Audience
import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("Starting a campaign")
struct CampaignStartTests {
    private final class World: Sendable {
        struct State {
            var organizer: Organizer?
            var lists: [String: [UInt8]] = [:]
            var campaigns: [String: Campaign] = [:]
            var imports: [String] = []
        }

        let state = Mutex(State())

        var start: CampaignStart { start(pinpoint: nil) }

        func start(pinpoint: String?) -> CampaignStart {
            CampaignStart(
                ports: CampaignStart.Ports(
                    readOrganizer: { _ in self.state.withLock(\.organizer) },
                    writeList: { _, name, bytes in
                        self.state.withLock { $0.lists[name] = bytes }
                        return ListSource(bucket: "data", prefix: "lists/ann@acme.example/\(name)")
                    },
                    uploadTarget: { organizer, name, seconds in
                        .init(
                            url: "https://s3.example/\(name)?expires=\(seconds)",
                            source: ListSource(bucket: "data", prefix: "lists/\(organizer.normalized)/\(name)"))
                    },
                    createCampaign: { campaign in
                        self.state.withLock { state in
                            if let known = state.campaigns[campaign.id] { return known }
                            state.campaigns[campaign.id] = campaign
                            return campaign
                        }
                    },
                    enqueueImport: { job in self.state.withLock { $0.imports.append(job.campaign) } }, now: noon),
                bucket: "data", pinpointApplication: pinpoint)
        }
    }

    private let own = "s3://data/lists/ann@acme.example/x/"

    private func scope() throws -> APIKey.Scope { .organizer(try Samples.address("ann@acme.example")) }

    @Test("with an idempotency key is done once, however often it is asked for")
    func idempotent() async throws {
        let world = World()
        let request = CampaignStart.Request(list: .stored(url: own), consent: "sign-up form", idempotencyKey: "k1")
        let first = try await world.start.start(request, for: Samples.event(), scope())
        let again = try await world.start.start(request, for: Samples.event(), scope())
        #expect(first == again)
        #expect(world.state.withLock(\.campaigns).count == 1)
        #expect(first.consent == "sign-up form")
        // A request whose answer was lost may have ended before the import was queued.
        #expect(world.state.withLock(\.imports) == [first.id, first.id])
        world.state.withLock { $0.campaigns[first.id]?.status = .sending }
        let done = try await world.start.start(request, for: Samples.event(), scope())
        #expect(done.status == .sending)
        #expect(world.state.withLock(\.imports).count == 2)

        var other = request
        other.isDryRun = true
        await #expect(throws: CampaignStart.Failure.otherRequest(campaign: first.id)) {
            try await world.start.start(other, for: Samples.event(), scope())
        }
        other = request
        other.idempotencyKey = nil
        let third = try await world.start.start(other, for: Samples.event(), scope())
        let fourth = try await world.start.start(other, for: Samples.event(), scope())
        #expect(Set([first.id, third.id, fourth.id]).count == 3)
    }

    @Test("with addresses in the request stores them as a list, under a name of their own")
    func given() async throws {
        let world = World()
        let entries = [CampaignStart.Entry(email: "bob@example.com", name: "Bob \"B\""), .init(email: "no address")]
        let request = CampaignStart.Request(list: .given(entries), idempotencyKey: "k")
        let campaign = try await world.start.start(request, for: Samples.event(), scope())
        let name = campaign.source.prefix.replacing("lists/ann@acme.example/", with: "")
        let list = try #require(world.state.withLock { $0.lists[name] })
        #expect(
            String(decoding: list, as: UTF8.self)
                == "{\"email\":\"bob@example.com\",\"name\":\"Bob \\\"B\\\"\"}\n{\"email\":\"no address\"}\n")
        let more = CampaignStart.Request(list: .given([.init(email: "eve@example.com")]), idempotencyKey: "k")
        await #expect(throws: CampaignStart.Failure.otherRequest(campaign: campaign.id)) {
            try await world.start.start(more, for: Samples.event(), scope())
        }
        #expect(world.state.withLock { $0.lists[name] } == list, "the first list is left as it was")
    }

    @Test("is refused for a cancelled event, a suspended organizer, and a list that is not the organizer's")
    func refused() async throws {
        let world = World()
        let request = CampaignStart.Request(list: .stored(url: own))
        await #expect(throws: CampaignStart.Failure.cancelled) {
            try await world.start.start(request, for: Samples.event(status: .cancelled), scope())
        }
        for url in [
            "lists/x", "s3://data/", "s3://other/lists/ann@acme.example/x/", "s3://data/lists/eve@acme.example/",
            "s3://data/lists/ann@acme.example", "s3://data/inbound/create/",
        ] {
            let failure = await failure(CampaignStart.Failure.self) {
                try await world.start.start(.init(list: .stored(url: url)), for: Samples.event(), scope())
            }
            guard case .unusableSource? = failure else {
                Issue.record("\(url): \(String(describing: failure))")
                continue
            }
        }
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock { $0.organizer = Organizer(address: ann, isSuspended: true) }
        await #expect(throws: CampaignStart.Failure.suspended) {
            try await world.start.start(request, for: Samples.event(), scope())
        }
        await #expect(throws: CampaignStart.Failure.suspended) {
            try await world.start.start(.init(list: .given([.init(email: "x")])), for: Samples.event(), .owner)
        }
        #expect(world.state.withLock(\.campaigns).isEmpty)
        #expect(world.state.withLock(\.lists).isEmpty)
    }

    @Test("may read any list with the owner's key")
    func owner() async throws {
        let world = World()
        let request = CampaignStart.Request(list: .stored(url: "s3://data/lists/shared/"))
        #expect(try await world.start.start(request, for: Samples.event(), .owner).source.prefix == "lists/shared/")
    }

    @Test("may begin with an upload, whose name is cleaned")
    func upload() throws {
        let (target, seconds) = try World().start.uploadTarget(named: "../my guests.csv", for: Samples.event())
        #expect(seconds == 3600)
        #expect(target.source.prefix.hasPrefix("lists/ann@acme.example/uploads/"))
        #expect(target.source.prefix.hasSuffix("/.._my_guests.csv"))
        let unnamed = try World().start.uploadTarget(named: "", for: Samples.event())
        #expect(unnamed.target.source.prefix.hasSuffix("/list"))
        #expect(throws: CampaignStart.Failure.cancelled) {
            try World().start.uploadTarget(named: "x", for: Samples.event(status: .cancelled))
        }
    }

    @Test("with a segment of Pinpoint is the owner's, and for the application that is set up")
    func segment() async throws {
        let world = World()
        func request(_ application: String? = nil) -> CampaignStart.Request {
            .init(list: .segment(application: application, id: "seg", version: 2), idempotencyKey: "k")
        }
        await #expect(throws: CampaignStart.Failure.noPinpoint) {
            try await world.start.start(request(), for: Samples.event(), .owner)
        }
        let start = world.start(pinpoint: "app")
        await #expect(throws: CampaignStart.Failure.segmentsForOwnerOnly) {
            try await start.start(request(), for: Samples.event(), scope())
        }
        await #expect(throws: CampaignStart.Failure.self) {
            try await start.start(request("other"), for: Samples.event(), .owner)
        }
        let campaign = try await start.start(request("app"), for: Samples.event(), .owner)
        #expect(campaign.segment == PinpointSegment(application: "app", id: "seg", version: 2))
        #expect(campaign.source.url == "s3://data/lists/ann@acme.example/pinpoint/\(campaign.id)/")
        #expect(try await start.start(request(), for: Samples.event(), .owner).id == campaign.id)
        await #expect(throws: CampaignStart.Failure.otherRequest(campaign: campaign.id)) {
            try await start.start(
                .init(list: .segment(application: nil, id: "seg", version: 3), idempotencyKey: "k"),
                for: Samples.event(), .owner)
        }
    }
}
