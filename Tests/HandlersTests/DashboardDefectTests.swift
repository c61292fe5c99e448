import Handlers
import InviteService
import JSON
import MailMessage
import Testing

/// What the incumbent's front ends ran into.
@Suite("Defects of the incumbent's dashboard")
struct DashboardDefectTests {
    private func attendee(name: String?) throws -> Attendee {
        let organizer = try Samples.address("ann@acme.example")
        return Attendee(
            event: try #require(EventUID(Samples.uid)), address: try Samples.address("bob@example.com"), name: name,
            organizer: organizer, domain: "calendar.example.com", campaign: nil, origin: .api, delivery: .sent,
            sentRevision: 1, firstSent: 1, response: .noAction, reply: nil, replied: nil, client: nil, comment: nil)
    }

    private func reply(
        _ path: String, query: [String: String] = [:], key: String = "cis_key", attendees: [Attendee] = [],
        scope: APIKey.Scope = .owner
    ) async throws -> APICall.Reply {
        let event = try Samples.event()
        var ports = EventAccess.Ports.unimplemented
        ports.readKey = { _ in APIKey(scope: scope, created: 0) }
        ports.recordKeyUse = { _, _ in }
        ports.readEvent = { $0 == event.uid ? event : nil }
        ports.listAttendees = { _, _, _, _ in AttendeePage(attendees: attendees, next: nil) }
        let access = EventAccess(ports: ports)
        let api = try EventAPI(access: access, campaigns: CampaignControl(ports: .unimplemented, access: access))
        return try await APICall(path: path, key: key, query: query).reply(from: api.handle)
    }

    @Test("42: an attendee without a name, or with an empty one, is listed like any other")
    func emptyName() async throws {
        let list = try await reply(
            "/event/\(Samples.uid)/attendees", attendees: [try attendee(name: ""), try attendee(name: nil)])
        #expect(list.status == 200)
        #expect(list.json?["attendees"]?.array?.count == 2)
    }

    @Test("43: a name with commas, quotes or a formula is one cell of the report, and no formula")
    func formula() async throws {
        let report = try await reply(
            "/event/\(Samples.uid)/report", query: ["format": "csv"],
            attendees: [try attendee(name: "=HYPERLINK(\"http://evil.example\", \"x\")")])
        #expect(report.text.contains(",\"'=HYPERLINK(\"\"http://evil.example\"\", \"\"x\"\")\","))
    }

    @Test("44: an event that is not there is said not to be there", arguments: ["0000", "x", "%00", "🎉"])
    func unknownEvent(uid: String) async throws {
        for path in ["", "/statistics", "/attendees", "/report", "/campaigns"] {
            let answer = try await reply("/event/\(uid)\(path)")
            #expect(answer.status == 404 && answer.errorCode == "not_found", "\(path)")
        }
    }

    @Test("46: an organizer's address is the same whatever its capitals")
    func capitals() async throws {
        let ann = try Samples.address("ANN@Acme.Example")
        #expect(try await reply("/event/\(Samples.uid)", scope: .organizer(ann)).status == 200)
        let store = try APIStore()
        let api = try OrganizerAPI(access: OrganizerAccess(ports: store.organizerPorts))
        let answer = try await APICall(path: "/organizer/ANN@ACME.example", key: "ann").reply(from: api.handle)
        #expect(answer.status == 200 && answer.json?["organizer"] == "ann@acme.example")
    }
}
