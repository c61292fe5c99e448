import Audience
import Foundation
import Handlers
import ICalendar
import InviteService
import JSON
import LambdaEvents
import MailMessage
import Synchronization
import Testing

@Suite("The public pages")
struct InviteAPITests {
    private final class World: Sendable {
        struct State {
            var event: Event?
            var suspended = false
            var refuses = false
            var admits = true
            var jobs: [SendJob] = []
            var acts: [String] = []
            var fails = false
            var listed: [Event] = []
            /// The calendar object of a series among them.
            var series: [UInt8] = []
            var isOneClick = false
        }

        let state: Mutex<State>

        init() throws { state = Mutex(State(event: try Samples.event())) }
    }

    private struct Failing: Error {}

    private static let browser = ["accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
    private static let form = ["content-type": "application/x-www-form-urlencoded"]
    private static let json = ["content-type": "application/json"]
    private let world: World
    private let link: String
    private let invite = "/event/\(Samples.uid)/invite"

    init() throws {
        world = try World()
        let bob = try Samples.address("bob@example.com")
        let token = ReplyToken.text(
            event: try #require(EventUID(Samples.uid)), attendee: bob, secret: try Samples.secret())
        link = AttendeeLink.text(replyToken: token, attendee: bob)
    }

    private func call(
        _ method: String, _ path: String, query: [String: String] = [:], headers: [String: String] = browser,
        body: String = ""
    ) async throws -> APICall.Reply {
        let world = world
        let calendar = Array(
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTART:20270110T150000Z
            END:VEVENT
            BEGIN:VEVENT
            RECURRENCE-ID:20270117T150000Z
            DTSTART:20270117T170000Z
            SUMMARY:Tea in the garden
            END:VEVENT
            END:VCALENDAR

            """.utf8)
        let readEvent: @Sendable (EventUID) async throws -> Event? = { uid in
            try world.state.withLock { state in
                if state.fails { throw Failing() }
                return state.event?.uid == uid ? state.event : nil
            }
        }
        let rules = InviteRules(
            landingHosts: LandingHosts("www.acme.example"), moreOrigins: "",
            limits: RateLimits(perAddress: 1, perEvent: 1, perSource: 1), invitesPerEvent: 9)
        let invitation = SingleInvitation(
            ports: SingleInvitation.Ports(
                readEvent: readEvent, readCalendar: { _ in calendar },
                readOrganizer: { Organizer(address: $0, isSuspended: world.state.withLock(\.suspended)) },
                readPersons: { addresses in
                    let person = Person(isUnsubscribed: true, isSuppressed: false, blockedOrganizers: [])
                    return world.state.withLock(\.refuses) ? [addresses[0]: person] : [:]
                },
                admit: { _, _, _ in world.state.withLock(\.admits) },
                reserve: { _, _, _ in true }, enqueue: { job in world.state.withLock { $0.jobs.append(job) } },
                notify: { _ in }, now: { 1_795_348_800 - 60 }),
            rules: rules)
        let choice = AttendeeChoice(
            ports: AttendeeChoice.Ports(
                readEvent: readEvent, readCalendar: { _ in calendar },
                record: { answer in
                    world.state.withLock {
                        $0.acts.append(
                            "\(answer.attendee) \(answer.response.rawValue)" + (answer.instance.map { " \($0)" } ?? ""))
                    }
                    return .recorded
                },
                unsubscribe: { address, _ in world.state.withLock { $0.acts.append("unsubscribe \(address)") } },
                resubscribe: { address in world.state.withLock { $0.acts.append("resubscribe \(address)") } },
                block: { address, organizer in world.state.withLock { $0.acts.append("block \(address) \(organizer)") }
                },
                unblock: { address, organizer in
                    world.state.withLock { $0.acts.append("unblock \(address) \(organizer)") }
                },
                now: { 1_795_348_800 }), secret: try Samples.secret())
        let calendars = OrganizerCalendar(
            ports: OrganizerCalendar.Ports(
                listEvents: { organizer, filter, _, _ in
                    let events = world.state.withLock(\.listed).filter { event in
                        event.organizer == organizer && event.lastEnd > filter.endsAfter ?? .min
                            && event.start < filter.startsBefore ?? .max
                    }
                    return EventPage(events: events, next: nil)
                }, readCalendar: { _ in world.state.withLock(\.series) }, now: { 1_795_348_800 }),
            secret: try Samples.secret())
        let api = InviteAPI(
            invitation: invitation, choice: choice, calendar: calendars, addresses: Samples.addresses,
            oneClickSecret: world.state.withLock(\.isOneClick) ? try Samples.secret() : nil)
        return try await APICall(method: method, path: path, query: query, headers: headers, body: body)
            .reply(from: api.handle)
    }

    private var jobs: [SendJob] { world.state.withLock(\.jobs) }
    private var acts: [String] { world.state.withLock(\.acts) }

    @Test("following a link does nothing: every GET is a page with a button that posts")
    func safeGets() async throws {
        let query = ["email": "bob@example.com", "origin": "emailcta", "answer": "yes"]
        for path in [invite, "/rsvp/\(link)", "/unsubscribe/\(link)", "/block/\(link)"] {
            let page = try await call("GET", path, query: query)
            #expect(page.status == 200, "\(path)")
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.headers["referrer-policy"] == "no-referrer")
            #expect(page.headers["cache-control"] == "no-store")
            #expect(page.text.contains("<form method=\"post\" action=\"?\">"))
            #expect(page.text.contains("<html lang=\"en\">") && page.text.contains("<title>"))
            #expect(!page.text.contains("<script"))
            let framed = page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == false
            #expect(framed == (path == invite), "only the page to ask for an invitation may be embedded")
        }
        let unknown = try await call("GET", "/event/\(Samples.uid.replacing("a", with: "b"))/invite")
        #expect(unknown.status == 404)
        #expect(unknown.headers["content-security-policy"]?.contains("frame-ancestors *") == true, "and its errors")
        #expect(jobs.isEmpty && acts.isEmpty)
    }

    @Test("escape whatever they show")
    func escaping() async throws {
        let attack = "\"><script>alert('x')</script>"
        var event = try Samples.event()
        event.summary = attack
        event.location = attack
        event.organizerName = attack
        let hostile = event
        world.state.withLock { $0.event = hostile }
        let pages = [
            try await call("GET", invite, query: ["email": attack, "name": attack, "origin": attack]),
            try await call("GET", "/rsvp/\(link)"), try await call("GET", "/block/\(link)"),
            try await call("POST", "/rsvp/\(link)", query: ["answer": "no"]),
            try await call("POST", "/block/\(link)"),
            try await call("POST", invite, query: ["email": attack]),
        ]
        for page in pages {
            #expect(!page.text.contains("<script"), "\(page.text)")
            #expect(page.text.contains("&lt;script&gt;") || page.status == 400)
        }
    }

    @Test("an invitation is queued by form, JSON or query alike")
    func invite() async throws {
        let answers = [
            try await call("POST", invite, headers: Self.form, body: "email=bob%40example.com&name=Bob+B&origin=wix"),
            try await call(
                "POST", invite, headers: ["content-type": "Application/JSON; charset=utf-8"],
                body: "{\"email\":\"bob@example.com\",\"name\":\"Bob B\",\"origin\":\"wix\",\"landing\":null}"),
            try await call(
                "POST", invite, query: ["email": "bob@example.com", "name": "Bob B", "origin": "wix"], headers: [:]),
        ]
        for answer in answers {
            #expect(answer.status == 202)
            #expect(answer.json == ["status": "queued", "event": .string(Samples.uid), "email": "bob@example.com"])
        }
        #expect(jobs.count == 3 && Set(jobs.map(\.json.text)).count == 1)
        #expect(jobs[0].json["recipients"] == [["bob@example.com", "Bob B"]])
        #expect(jobs[0].json["origin"] == "wix")
        let page = try await call(
            "POST", invite, headers: Self.form.merging(Self.browser) { $1 }, body: "email=a%40b.example")
        #expect(page.status == 202 && page.text.contains("on its way") && page.text.contains("a@b.example"))
        #expect(jobs.last?.json["origin"] == "webform")
        _ = try await call("POST", invite, headers: Self.json, body: "{\"email\":\"a@b.example\"}")
        #expect(jobs.last?.json["origin"] == "api")
    }

    @Test("the browser is sent on to an allowed landing page")
    func landing() async throws {
        let landing = "https://www.acme.example/thanks?x=1"
        let answer = try await call("POST", invite, query: ["email": "bob@example.com", "landing": landing])
        #expect(answer.status == 302 && answer.headers["location"] == landing)
        #expect(jobs.count == 1)
        let page = try await call("GET", invite, query: ["landing": landing])
        #expect(page.text.contains("name=\"landing\" value=\"\(landing)\""))
    }

    @Test("what is wrong is said to programs as JSON and to people as a page")
    func refusals() async throws {
        let mail = ["email": "bob@example.com"]
        let rows: [(String, String, [String: String], [String: String], String, Int, String)] = [
            ("POST", invite, [:], Self.form, "", 400, "bad_email"),
            ("POST", invite, [:], Self.form, "email=bob", 400, "bad_email"),
            ("POST", invite, [:], Self.json, "{\"email\":5}", 400, "bad_request"),
            ("POST", invite, [:], Self.json, "{", 400, "bad_request"),
            ("POST", invite, [:], Self.json, "[]", 400, "bad_request"),
            ("POST", invite, mail, ["content-type": "text/plain"], "x", 415, "unsupported_media_type"),
            ("POST", invite, mail, [:], "x", 415, "unsupported_media_type"),
            (
                "POST", invite, mail.merging(["name": String(repeating: "x", count: 201)]) { $1 }, [:], "", 400,
                "bad_name"
            ),
            ("POST", invite, mail.merging(["origin": "shared"]) { $1 }, [:], "", 400, "unknown_origin"),
            ("POST", invite, mail.merging(["origin": "vip"]) { $1 }, [:], "", 403, "bulk_not_permitted"),
            (
                "POST", invite, mail.merging(["landing": "https://evil.example/"]) { $1 }, [:], "", 400,
                "landing_not_allowed"
            ),
            ("GET", invite, ["landing": "javascript:alert(1)"], [:], "", 400, "landing_not_allowed"),
            ("GET", "/event/x/invite", [:], [:], "", 404, "not_found"),
            ("POST", "/event/x/invite", mail, [:], "", 404, "not_found"),
            ("GET", "/rsvp/x", [:], [:], "", 404, "unknown_link"),
            ("POST", "/rsvp/x", ["answer": "yes"], [:], "", 404, "unknown_link"),
            ("POST", "/rsvp/\(link)", [:], [:], "", 400, "bad_answer"),
            ("POST", "/rsvp/\(link)", [:], Self.form, "answer=perhaps", 400, "bad_answer"),
            ("GET", "/rsvp/\(link)", ["answer": "perhaps"], [:], "", 400, "bad_answer"),
            ("GET", "/rsvp/\(link)", ["date": "tomorrow"], [:], "", 400, "bad_date"),
            ("GET", "/rsvp/\(link)", ["date": "1"], [:], "", 410, "date_gone"),
            ("POST", "/rsvp/\(link)", ["date": "1", "answer": "yes"], [:], "", 410, "date_gone"),
            ("GET", "/unsubscribe/\(link)a", [:], [:], "", 404, "unknown_link"),
            ("POST", "/unsubscribe/x", [:], Self.form, "List-Unsubscribe=One-Click", 404, "unknown_link"),
            ("GET", "/block/x", [:], [:], "", 404, "unknown_link"),
            ("POST", "/block/x", [:], [:], "", 404, "unknown_link"),
            ("PUT", invite, [:], [:], "", 405, "method_not_allowed"),
            ("DELETE", "/rsvp/\(link)", [:], [:], "", 405, "method_not_allowed"),
            ("GET", "/rsvp", [:], [:], "", 404, "no_route"), ("GET", "/other/\(link)", [:], [:], "", 404, "no_route"),
        ]
        for (method, path, query, headers, body, status, code) in rows {
            let answer = try await call(method, path, query: query, headers: headers, body: body)
            #expect(answer.status == status, "\(method) \(path) \(query) \(body)")
            #expect(answer.errorCode == code, "\(method) \(path) \(query) \(body)")
            #expect(answer.json?["error"]?["message"]?.string?.isEmpty == false)
            let page = try await call(
                method, path, query: query, headers: headers.merging(Self.browser) { $1 }, body: body)
            #expect(page.status == status)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>") && !page.text.contains("\"error\""))
        }
        #expect(jobs.isEmpty && acts.isEmpty)
    }

    @Test("what stands against an invitation is said, and nothing is queued")
    func states() async throws {
        let mail = ["email": "bob@example.com"]
        func code(_ change: (inout World.State) -> Void) async throws -> String {
            let before = world.state.withLock(\.self)
            world.state.withLock { change(&$0) }
            let answer = try await call("POST", invite, query: mail, headers: [:])
            if answer.status == 429 { #expect(answer.headers["retry-after"] == "60") }
            world.state.withLock { $0 = before }
            return "\(answer.status) \(answer.errorCode ?? "")"
        }
        let cancelled = try Samples.event(status: .cancelled)
        #expect(try await code { $0.event = cancelled } == "410 event_cancelled")
        #expect(try await code { $0.suspended = true } == "403 organizer_suspended")
        #expect(try await code { $0.refuses = true } == "403 address_refuses")
        #expect(try await code { $0.admits = false } == "429 rate_limited")
        #expect(try await code { $0.fails = true } == "500 internal")
        #expect(jobs.isEmpty)
        world.state.withLock { $0.event = cancelled }
        #expect(try await call("GET", invite).status == 410)
        #expect(try await call("GET", "/rsvp/\(link)", query: ["answer": "yes"]).status == 410)
        #expect(
            try await call("POST", "/rsvp/\(link)", query: ["answer": "yes"], headers: [:]).errorCode
                == "event_cancelled")
        #expect(try await call("POST", "/block/\(link)").status == 200, "its organizer can still be blocked")
    }

    @Test("an event can be kept as a calendar file, which asks for no answer and names nobody")
    func calendarFile() async throws {
        let file = try await call("GET", "/event/\(Samples.uid)/calendar.ics")
        #expect(file.status == 200 && file.headers["content-type"]?.hasPrefix("text/calendar") == true)
        let object = try #require(ICalendar.parse(Array(file.text.utf8)).calendars.first)
        #expect(object.first("METHOD")?.value == "PUBLISH")
        let event = try #require(object.components("VEVENT").first)
        #expect(event.first("UID")?.value == "\(Samples.uid)@calendar.example.com", "as an invitation has it")
        #expect(event.first("ATTENDEE") == nil)
        #expect(event.first("ORGANIZER")?.value == "mailto:invitation@calendar.example.com")
        world.state.withLock { $0.event = nil }
        #expect(try await call("GET", "/event/\(Samples.uid)/calendar.ics").status == 404)
    }

    @Test("a visitor of an organizer's page chooses several events of a month")
    func organizerPage() async throws {
        let event = try Samples.event()
        var coming = event
        // 15 January 2027, 23:30 UTC, which is the 16th where it takes place.
        coming.start = 1_800_055_800
        (coming.end, coming.lastEnd) = (coming.start + 3600, coming.start + 3600)
        coming.timeZone = "Europe/Berlin"
        var gone = coming
        gone.status = .cancelled
        gone.summary = "Gone"
        let events = [coming, gone]
        world.state.withLock { $0.listed = events }
        let page = "/calendar/" + OrganizerLink.text(event.organizer, secret: try Samples.secret())
        let month = try await call("GET", page)
        #expect(month.status == 200 && month.text.contains("January 2027"))
        #expect(month.text.contains("<fieldset id=\"day-16\"><legend>Saturday 16 January</legend>"))
        #expect(month.text.contains("00:30 (Europe/Berlin)"))
        #expect(month.text.contains("name=\"event-\(Samples.uid)\"") && !month.text.contains("Gone"))
        #expect(month.text.contains("?month=2026-12") && month.text.contains("?month=2027-02"))
        #expect(month.headers["content-security-policy"]?.contains("frame-ancestors *") == true)
        let empty = try await call("GET", page, query: ["month": "2027-02"])
        #expect(empty.text.contains("no event in this month"))
        #expect(try await call("GET", page, query: ["month": "2027-2"]).status == 400)

        let sent = try await call(
            "POST", page, headers: Self.form, body: "email=bob%40example.com&event-\(Samples.uid)=yes")
        #expect(sent.status == 202 && sent.json?["events"] == [.string(Samples.uid)])
        #expect(jobs.count == 1)
        #expect(
            try await call("POST", page, headers: Self.form, body: "email=b%40e.example").errorCode == "nothing_chosen")
        let many = (0...20).map { "&event-\($0)=yes" }.joined()
        #expect(
            try await call("POST", page, headers: Self.form, body: "email=b%40e.example" + many).errorCode
                == "too_many_chosen")
        #expect(try await call("GET", page + "a", headers: [:]).errorCode == "unknown_link")
        #expect(try await call("GET", "/calendar/\(link)", headers: [:]).errorCode == "unknown_link")
    }

    @Test("an organizer's page shows each date of a series, in its month and with its own words")
    func seriesOnOrganizerPage() async throws {
        var weekly = try Samples.event()
        weekly.recurrence = "FREQ=WEEKLY;COUNT=5"
        // It began in the past: 4 November 2026, 18:00 in Berlin.
        (weekly.start, weekly.end) = (1_793_811_600, 1_793_815_200)
        weekly.lastEnd = weekly.end + 4 * 7 * 86_400
        let listed = [weekly]
        let calendar = """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:\(weekly.clientUID)
            DTSTART;TZID=Europe/Berlin:20261104T180000
            DTEND;TZID=Europe/Berlin:20261104T190000
            RRULE:FREQ=WEEKLY;COUNT=5
            EXDATE;TZID=Europe/Berlin:20261111T180000
            END:VEVENT
            BEGIN:VEVENT
            UID:\(weekly.clientUID)
            RECURRENCE-ID;TZID=Europe/Berlin:20261125T180000
            DTSTART;TZID=Europe/Berlin:20261126T200000
            SUMMARY:Late tea
            END:VEVENT
            BEGIN:VEVENT
            UID:\(weekly.clientUID)
            RECURRENCE-ID;TZID=Europe/Berlin:20261118T180000
            STATUS:CANCELLED
            END:VEVENT
            END:VCALENDAR

            """
        world.state.withLock {
            $0.listed = listed
            $0.series = Array(calendar.utf8)
        }
        let path = "/calendar/" + OrganizerLink.text(weekly.organizer, secret: try Samples.secret())
        let november = try await call(
            "GET", path, query: ["email": "a+b@example.com", "origin": "webform", "events": Samples.uid])
        #expect(november.text.contains("November 2026"), "where its next date lies")
        let days = november.text.matches(of: /<fieldset id="day-(\d+)"/).map { String($0.1) }
        #expect(days == ["4", "26"])
        #expect(november.text.contains("Late tea") && november.text.contains("20:00 (Europe/Berlin)"))
        #expect(
            november.text.contains(
                "?month=2026-12&amp;email=a%2Bb%40example.com&amp;origin=webform&amp;events=\(Samples.uid)"))
        let december = try await call("GET", path, query: ["month": "2026-12"])
        #expect(december.text.contains("<fieldset id=\"day-2\"><legend>Wednesday 2 December</legend>"))
        #expect(try await call("GET", path, query: ["month": "2027-01"]).text.contains("no event in this month"))
    }

    @Test("a GET sends an invitation only where the server allows it, and the link itself is signed")
    func oneClickInvitation() async throws {
        let secret = try Samples.secret()
        let uid = try #require(EventUID(Samples.uid))
        let maker = EventLinkMaker(landingHosts: LandingHosts("www.acme.example"), oneClickSecret: secret)
        let landing = "https://www.acme.example/thanks?a=b"
        let made = try maker.links(to: uid, at: "https://api.example.com", origin: .emailButton, landing: landing)
        let url = try #require(made.oneClick.flatMap { URLComponents(string: $0 + "bob%40example.com") })
        var query: [String: String] = [:]
        for item in url.queryItems ?? [] { query[item.name] = item.value }
        #expect(query["landing"] == landing && query["email"] == "bob@example.com")

        #expect(try await call("GET", url.path, query: query).status == 200)
        #expect(jobs.isEmpty, "the server does not allow it")
        world.state.withLock { $0.isOneClick = true }
        for (name, value) in [("origin", "api"), ("landing", "https://www.acme.example/"), ("signature", "a")] {
            #expect(try await call("GET", url.path, query: query.merging([name: value]) { $1 }).status == 200)
        }
        #expect(try await call("GET", invite, query: ["email": "bob@example.com"]).status == 200)
        #expect(jobs.isEmpty, "the signature is for something else")
        let acted = try await call("GET", url.path, query: query)
        #expect(acted.status == 302 && acted.headers["location"] == landing)
        #expect(jobs.count == 1)
        #expect(throws: InviteRequest.Failure.landingNotAllowed) {
            try maker.links(
                to: uid, at: "https://api.example.com", origin: .emailButton, landing: "https://evil.example/")
        }
    }

    @Test("an answer is recorded by its button, which wins over the link that led there")
    func answer() async throws {
        let page = try await call("GET", "/rsvp/\(link)", query: ["answer": "maybe"])
        #expect(
            page.text.contains("<button class=\"main\" type=\"submit\" name=\"answer\" value=\"maybe\">Maybe</button>"))
        #expect(page.text.contains("Sun 10 Jan 2027, 15:00 (UTC)"))
        let answered = try await call(
            "POST", "/rsvp/\(link)", query: ["answer": "maybe"], headers: Self.form.merging(Self.browser) { $1 },
            body: "answer=no")
        #expect(answered.status == 200 && answered.text.contains("Your answer is recorded: No"))
        #expect(acts == ["bob@example.com declined"])
    }

    @Test("what was not meant is taken back with a button of the page that says it is done")
    func undo() async throws {
        let headers = Self.form.merging(Self.browser) { $1 }
        let done = try await call("POST", "/unsubscribe/\(link)", headers: headers, body: "")
        #expect(done.text.contains("<input type=\"hidden\" name=\"undo\" value=\"yes\">"))
        let undone = try await call("POST", "/unsubscribe/\(link)", headers: headers, body: "undo=yes")
        #expect(undone.status == 200 && undone.text.contains("You get invitations again"))
        #expect(try await call("POST", "/block/\(link)", headers: headers).text.contains("undo"))
        let unblocked = try await call("POST", "/block/\(link)", headers: headers, body: "undo=yes")
        #expect(unblocked.text.contains("Ann Lee can invite you again"))
        // Nothing else takes it back: not the link, and no other form of body.
        _ = try await call("POST", "/unsubscribe/\(link)", query: ["undo": "yes"], headers: [:])
        _ = try await call(
            "POST", "/unsubscribe/\(link)", headers: ["content-type": "multipart/form-data; boundary=b"],
            body: "--b\r\nContent-Disposition: form-data; name=\"undo\"\r\n\r\nyes\r\n--b--\r\n")
        #expect(
            acts == [
                "unsubscribe bob@example.com", "resubscribe bob@example.com", "block bob@example.com Ann@acme.example",
                "unblock bob@example.com Ann@acme.example", "unsubscribe bob@example.com",
                "unsubscribe bob@example.com",
            ])
    }

    @Test("one date of a series has a page of its own, whose buttons answer that date")
    func answerToDate() async throws {
        let page = try await call("GET", "/rsvp/\(link)", query: ["answer": "no", "date": "1800198000"])
        #expect(page.text.contains("Tea in the garden") && page.text.contains("Sun 17 Jan 2027, 17:00 (UTC)"))
        #expect(page.text.contains("for this date only"))
        #expect(page.text.contains("<input type=\"hidden\" name=\"date\" value=\"1800198000\">"))
        let answered = try await call(
            "POST", "/rsvp/\(link)", headers: Self.form.merging(Self.browser) { $1 },
            body: "date=1800198000&answer=no")
        #expect(answered.status == 200)
        #expect(acts == ["bob@example.com declined 1800198000"])
        let gone = try await call("GET", "/rsvp/\(link)", query: ["date": "1800198001"])
        #expect(gone.status == 410 && gone.text.contains("This date is no more"))
    }

    @Test("one click of a mailbox provider unsubscribes, and a person's block names the organizer")
    func oneClick() async throws {
        let answer = try await call(
            "POST", "/unsubscribe/\(link)", headers: Self.form, body: "List-Unsubscribe=One-Click")
        #expect(answer.status == 200)
        #expect(try await call("POST", "/unsubscribe/\(link)", headers: [:]).status == 200)
        let page = try await call("GET", "/block/\(link)")
        #expect(page.text.contains("Ann Lee"))
        #expect(try await call("POST", "/block/\(link)").text.contains("Ann Lee is blocked"))
        #expect(
            acts == [
                "unsubscribe bob@example.com", "unsubscribe bob@example.com", "block bob@example.com Ann@acme.example",
            ])
    }
}
