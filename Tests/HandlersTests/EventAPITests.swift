import Audience
import Handlers
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Scheduling
import Synchronization
import Testing

@Suite("The event API")
struct EventAPITests {
    private func ports(event: Event? = nil, scope: APIKey.Scope? = .owner) throws -> EventAccess.Ports {
        let known = try event ?? Samples.event()
        var ports = EventAccess.Ports.unimplemented
        ports.readKey = { _ in scope.map { APIKey(scope: $0, created: 0) } }
        ports.recordKeyUse = { _, _ in }
        ports.readEvent = { $0 == known.uid ? known : nil }
        return ports
    }

    /// An HTTP API request, payload 2.0, as API Gateway writes it.
    private func request(
        _ method: String, _ path: String, key: String? = "cis_key", query: [String: String] = [:], body: String? = nil,
        isBase64: Bool = false
    ) -> JSON {
        var headers: JSONObject = ["host": "api.example.com", "user-agent": "curl/8.5.0"]
        headers["x-api-key"] = key.map { .string($0) }
        var object: JSONObject = [
            "version": "2.0", "routeKey": "$default", "rawPath": .string(path), "rawQueryString": "",
            "headers": .object(headers),
            "requestContext": [
                "http": [
                    "method": .string(method), "path": .string(path), "sourceIp": "192.0.2.1", "protocol": "HTTP/1.1",
                ],
                "stage": "$default", "timeEpoch": 1_795_348_800_000,
            ],
            "isBase64Encoded": .bool(isBase64),
        ]
        if !query.isEmpty {
            var parameters = JSONObject()
            for (name, value) in query { parameters[name] = .string(value) }
            object["queryStringParameters"] = .object(parameters)
        }
        object["body"] = body.map { .string($0) }
        return .object(object)
    }

    private func answer(
        _ request: JSON, _ ports: EventAccess.Ports, _ start: CampaignStart.Ports = .unimplemented
    ) async throws -> (status: Int?, body: JSON) {
        let access = EventAccess(ports: ports)
        let api = try EventAPI(
            access: access, campaigns: CampaignControl(ports: .unimplemented, access: access),
            campaignStart: CampaignStart(ports: start, bucket: "data"))
        let response = try await api.handle(request, Samples.context)
        #expect(response["headers"]?["content-type"] == "application/json; charset=utf-8")
        #expect(response["headers"]?["cache-control"] == "no-store")
        return (response["statusCode"]?.int, try JSON(parsing: try #require(response["body"]?.string)))
    }

    private func eventAPI(_ access: EventAccess) throws -> EventAPI {
        try EventAPI(
            access: access, campaigns: CampaignControl(ports: .unimplemented, access: access))
    }

    private let path = "/event/\(Samples.uid)"

    @Test("gives an event's summary under the names its front ends know")
    func summary() async throws {
        let (status, body) = try await answer(request("GET", path), try ports())
        #expect(status == 200)
        #expect(
            body == [
                "uid": .string(Samples.uid), "created": 10, "last_modified": 20, "dtstart": 30, "dtend": 40,
                "summary_html": "Tea &amp; cake", "description_html": "Bring<br>\n&lt;milk&gt;",
                "location_html": "Room &quot;5&quot;", "mailto": "Ann@acme.example", "organizer": "ann@acme.example",
                "organizer_name": "Ann Lee", "original_organizer": "group@acme.example",
                "prodid": "-//Acme//Calendar 1//EN", "sequence": 1,
                "status": "confirmed", "all_day": false, "tzid": "Europe/Berlin", "rrule": .null, "revision": 3,
                "updates": "everyone",
            ])
    }

    @Test("gives statistics")
    func statistics() async throws {
        var ports = try ports()
        ports.readCounters = { _ in [.attendees: 2, .rsvp(.accepted): 1, .rsvp(.noAction): 1, .origin(.vip): 2] }
        let (status, body) = try await answer(request("GET", path + "/statistics"), ports)
        #expect(status == 200)
        #expect(
            body == [
                "attendees": 2, "rsvp": ["accepted": 1, "declined": 0, "noaction": 1, "tentative": 0],
                "origin": ["vip": 2], "prodid": [:],
                "delivery": ["sent": 0, "delivered": 0, "bounced": 0, "complained": 0, "failed": 0],
                "opened": 0, "receipts": 0,
            ])
    }

    @Test("shows one attendee whole, with every answer, and where single dates stand")
    func attendee() async throws {
        let bob = try Samples.address("bob.brown@example.com")
        var attendee = Attendee(
            event: try #require(EventUID(Samples.uid)), address: bob, name: "Bob Brown",
            organizer: try Samples.address("ann@acme.example"), domain: "d", campaign: "c1", origin: .vip,
            delivery: .delivered, sentRevision: 1, firstSent: 5, response: .accepted, reply: nil, replied: 7,
            client: "Zimbra", comment: nil)
        attendee.receipt = 6
        let stamp = ReplyStamp(sequence: 9, stamp: 1)
        let proposal = Proposal(start: 60, end: nil, when: "Thu 1 Jan 1970")
        let answers = AttendeeAnswers(
            instances: [
                PastAnswer(
                    response: .declined, stamp: stamp, instance: 900, replied: 8, comment: "Away", proposal: proposal)
            ],
            history: [
                PastAnswer(response: .declined, stamp: stamp, instance: 900, replied: 8, comment: "Away"),
                PastAnswer(response: .accepted, stamp: stamp, instance: nil, replied: 7, client: "Zimbra"),
            ])
        var ports = try ports()
        let found = attendee
        ports.readAttendee = { _, address in address == bob ? found : nil }
        ports.readAnswers = { _, _ in answers }
        let (status, body) = try await answer(request("GET", path + "/attendees/Bob.Brown@example.com"), ports)
        #expect(status == 200)
        #expect(
            body == [
                "email": "bob.brown@example.com", "name": "Bob Brown", "status": "accepted", "origin": "vip",
                "prodid": "Zimbra", "delivery": "delivered", "comment": .null, "delegated_to": .null,
                "proposal": .null, "campaign": "c1", "invited": 5, "answered": 7, "opened": .null, "receipt": 6,
                "instances": [
                    [
                        "instance": 900, "status": "declined", "time": 8, "comment": "Away",
                        "proposal": ["dtstart": 60, "dtend": .null, "when": "Thu 1 Jan 1970"],
                    ]
                ],
                "history": [
                    [
                        "time": 8, "status": "declined", "instance": 900, "comment": "Away", "prodid": .null,
                        "delegated_to": .null, "proposal": .null,
                    ],
                    [
                        "time": 7, "status": "accepted", "instance": .null, "comment": .null, "prodid": "Zimbra",
                        "delegated_to": .null, "proposal": .null,
                    ],
                ],
            ])
        let (missing, unknown) = try await answer(request("GET", path + "/attendees/cyd@example.com"), ports)
        #expect(missing == 404 && unknown["error"]?["code"] == "not_found")
        let (refused, bad) = try await answer(request("GET", path + "/attendees/b***@example.com"), ports)
        #expect(refused == 404, "a masked address is nobody's: \(bad.text)")
        #expect(try await answer(request("GET", path + "/attendees/bob"), ports).0 == 400)
    }

    @Test("lists attendees, masked, from where the last page ended")
    func attendees() async throws {
        let attendee = Attendee(
            event: try #require(EventUID(Samples.uid)), address: try Samples.address("bob.brown@example.com"),
            name: "Bob Brown", organizer: try Samples.address("ann@acme.example"), domain: "d", campaign: nil,
            origin: .shared, delivery: .claimed, sentRevision: nil, firstSent: nil, response: .tentative, reply: nil,
            replied: 1, client: "Zimbra", comment: "Later?",
            proposal: Proposal(start: 60, end: 120, when: "Thu 1 Jan 1970"))
        let next = AttendeeCursor(shard: 4, after: "bob.brown@example.com")
        let log = Log()
        var ports = try ports()
        ports.listAttendees = { _, cursor, _, limit in
            log.asked.withLock { $0.append((cursor, limit)) }
            return AttendeePage(attendees: [attendee], next: cursor == .start ? next : nil)
        }
        let (status, body) = try await answer(request("GET", path + "/attendees"), ports)
        #expect(status == 200)
        #expect(
            body["attendees"] == [
                [
                    "email": "b***@example.com", "name": "B***", "status": "tentative", "origin": "shared",
                    "prodid": "Zimbra", "delivery": "claimed", "comment": "Later?", "delegated_to": .null,
                    "proposal": ["dtstart": 60, "dtend": 120, "when": "Thu 1 Jan 1970"],
                ]
            ])
        let cursor = try #require(body["next"]?.string)
        #expect(!cursor.contains("bob"))
        let (refused, reason) = try await answer(
            request("GET", path + "/attendees", query: ["status": "perhaps"]), ports)
        #expect(refused == 400)
        #expect(
            reason["error"]?["message"]
                == "\"status\" must be one of noaction, accepted, declined, tentative, delegated.")
        let (_, last) = try await answer(
            request("GET", path + "/attendees", query: ["cursor": cursor, "limit": "1000"]), ports)
        #expect(last["next"]?.isNull == true)
        #expect(log.asked.withLock { $0.map(\.0) } == [.start, next])
        #expect(log.asked.withLock { $0.map(\.1) } == [100, 1000])
    }

    @Test("the report is a table with whole addresses, page by page")
    func report() async throws {
        let attendee = Attendee(
            event: try #require(EventUID(Samples.uid)), address: try Samples.address("bob.brown@example.com"),
            name: "=1+1", organizer: try Samples.address("ann@acme.example"), domain: "d", campaign: nil,
            origin: .vip, delivery: .sent, sentRevision: 1, firstSent: 1, response: .noAction, reply: nil,
            replied: nil, client: nil, comment: nil)
        var ports = try ports()
        ports.listAttendees = { _, cursor, response, limit in
            #expect(response == .noAction && limit == 20_000)
            return AttendeePage(
                attendees: [attendee], next: cursor == .start ? AttendeeCursor(shard: 1, after: nil) : nil)
        }
        let access = EventAccess(ports: ports)
        let api = try EventAPI(access: access, campaigns: CampaignControl(ports: .unimplemented, access: access))
        func reply(_ query: [String: String]) async throws -> APICall.Reply {
            try await APICall(path: path + "/report", key: "cis_key", query: query).reply(from: api.handle)
        }
        let row = "bob.brown@example.com,'=1+1,noaction,vip,,sent,\r\n"
        let first = try await reply(["format": "csv", "status": "noaction"])
        #expect(first.headers["content-type"] == "text/csv; charset=utf-8; header=present")
        #expect(first.text == "email,name,status,origin,prodid,delivery,answered\r\n" + row)
        let cursor = try #require(first.headers["x-next-cursor"])
        let second = try await reply(["format": "csv", "status": "noaction", "cursor": cursor])
        #expect(second.text == row)
        #expect(second.headers["x-next-cursor"] == nil)
        let json = try await reply(["format": "json", "status": "noaction"])
        #expect(json.json?["attendees"]?.array?[0]["email"] == "bob.brown@example.com")
        #expect(json.json?["attendees"]?.array?[0]["name"] == "=1+1")
        #expect(json.json?["next"] == .string(cursor))
        #expect(try await reply(["format": "xml"]).errorCode == "bad_request")
    }

    @Test("the report is mailed to the organizer when no format is asked for, once a minute")
    func mailedReport() async throws {
        let access = EventAccess(ports: try ports())
        let queued = Mutex<[ReportJob]>([])
        let links = EventLinkMaker(landingHosts: LandingHosts(""), oneClickSecret: nil)
        let api = EventAPI(
            access: access, campaigns: CampaignControl(ports: .unimplemented, access: access),
            campaignStart: CampaignStart(ports: .unimplemented, bucket: "data"),
            reports: ReportOrder(
                ports: ReportOrder.Ports(
                    enqueue: { job in queued.withLock { $0.append(job) } }, now: { 1_795_348_800 }), access: access),
            links: links, editing: try .unimplemented(), publicURL: nil)
        for _ in 0..<2 {
            let answer = try await APICall(path: path + "/report", key: "cis_key").reply(from: api.handle)
            #expect(answer.status == 202 && answer.json?["email"] == "Ann@acme.example", "\(answer.text)")
        }
        let jobs = queued.withLock(\.self)
        #expect(jobs.map(\.id) == Array(repeating: "report.\(Samples.uid).\(1_795_348_800 / 60).1", count: 2))
    }

    @Test("makes links for a page, and for a mail where the server lets links act")
    func links() async throws {
        let (status, body) = try await answer(
            request("POST", path + "/links", body: #"{"origin":"klaviyocta","landing":"https://www.acme.example/"}"#),
            try ports())
        #expect(status == 200)
        #expect(
            body == [
                "page": .string(
                    "https://api.example.com\(path)/invite?origin=klaviyocta"
                        + "&landing=https%3A%2F%2Fwww.acme.example%2F&email="),
                "one_click": .null, "calendar": .string("https://api.example.com\(path)/calendar.ics"),
            ])
        for (text, code) in [
            (#"{"origin":"A B"}"#, "unknown_origin"), (#"{"origin":5}"#, "bad_request"),
            (#"{"landing":"https://evil.example/"}"#, "landing_not_allowed"), ("[", "bad_request"),
        ] {
            let (refused, reason) = try await answer(request("POST", path + "/links", body: text), try ports())
            #expect(refused == 400 && reason["error"]?["code"]?.string == code, "\(text)")
        }
    }

    @Test("starts a campaign and shows its progress", arguments: [false, true])
    func campaign(isBase64: Bool) async throws {
        var ports = try ports()
        var start = CampaignStart.Ports.unimplemented
        start.readOrganizer = { _ in nil }
        start.createCampaign = { $0 }
        start.enqueueImport = { _ in }
        let body = #"{"source":"s3://data/lists/x/"}"#
        let encoded = "eyJzb3VyY2UiOiJzMzovL2RhdGEvbGlzdHMveC8ifQ=="
        let (status, started) = try await answer(
            request("POST", path + "/campaigns", body: isBase64 ? encoded : body, isBase64: isBase64), ports, start)
        #expect(status == 202)
        #expect(started["status"] == "importing")
        #expect(started["source"] == "s3://data/lists/x/")
        #expect(started["id"]?.string?.utf8.count == 32)
        let campaign = try Samples.campaign()
        ports.readCampaign = { _ in campaign }
        ports.readCounters = { _ in [.delivery(.sent): 5] }
        let (found, progress) = try await answer(request("GET", path + "/campaigns/c1"), ports)
        #expect(found == 200)
        #expect(progress["sent"] == 5)
        #expect(progress["status"] == "finished")
    }

    @Test("takes addresses, options and an idempotency key, and gives a place to upload to")
    func waysIn() async throws {
        var start = CampaignStart.Ports.unimplemented
        start.readOrganizer = { _ in nil }
        start.createCampaign = { campaign in
            #expect(campaign.isDryRun)
            #expect(campaign.consent == "sign-up form")
            #expect(
                campaign.options == ListOptions(nameField: "Attributes.Nick", dropsRoles: true, dropsDisposable: true))
            return campaign
        }
        start.enqueueImport = { _ in }
        start.writeList = { _, name, bytes in
            #expect(bytes.count { $0 == 0x0A } == 2)
            return ListSource(bucket: "data", prefix: "lists/ann@acme.example/\(name)")
        }
        start.uploadTarget = { _, name, _ in
            .init(url: "https://s3.example/x", source: ListSource(bucket: "data", prefix: "lists/\(name)"))
        }
        let body = """
            {"addresses":["bob@example.com",{"email":"cyd@example.com","name":"Cyd"}],"dry_run":true,
            "consent":"sign-up form","name_field":"Attributes.Nick","drop_roles":true,
            "drop_disposable":true}
            """
        let (status, started) = try await answer(
            request("POST", path + "/campaigns", body: body), try ports(), start)
        #expect(status == 202)
        #expect(started["dry_run"] == true)
        #expect(started["consent"] == "sign-up form")
        let (created, upload) = try await answer(
            request("POST", path + "/lists", body: #"{"name":"guests.csv"}"#), try ports(), start)
        #expect(created == 201)
        #expect(upload["upload"] == ["method": "PUT", "url": "https://s3.example/x", "expires_in": 3600])
        #expect(upload["source"]?.string?.hasSuffix("/guests.csv") == true)
    }

    @Test(
        "knows no other path",
        arguments: [
            ("GET", "/"), ("GET", "/events/x"), ("GET", "/event/x/y"),
            ("GET", "/event/x/statistics/y"), ("GET", "/event/x/campaigns/c1/chunks"),
        ])
    func routes(method: String, path: String) async throws {
        let (status, body) = try await answer(request(method, path), .unimplemented)
        #expect(status == 404)
        #expect(body["error"]?["code"] == "no_route")
        #expect(body["error"]?["message"]?.string?.isEmpty == false)
    }

    private func error(_ request: JSON, _ ports: EventAccess.Ports) async throws -> String {
        let (status, body) = try await answer(request, ports)
        #expect(body["error"]?["message"]?.string?.isEmpty == false)
        #expect(body.object?.members.count == 1)
        return "\(status ?? 0) \(body["error"]?["code"]?.string ?? "")"
    }

    @Test("asks for a key, and shows nothing that it does not allow")
    func keys() async throws {
        let bob = APIKey.Scope.organizer(try Samples.address("bob@acme.example"))
        for suffix in ["", "/statistics", "/attendees", "/campaigns/c1"] {
            let get = request("GET", path + suffix)
            #expect(try await error(request("GET", path + suffix, key: nil), .unimplemented) == "401 missing_key")
            #expect(try await error(get, try ports(scope: nil)) == "403 unknown_key")
            #expect(try await error(get, try ports(scope: bob)) == "404 not_found")
            #expect(try await error(request("GET", "/event/nonsense" + suffix), try ports()) == "404 not_found")
        }
        let post = request("POST", path + "/campaigns", body: #"{"source":"s3://data/lists/x/"}"#)
        #expect(try await error(post, try ports(scope: bob)) == "404 not_found")
    }

    @Test(
        "says what is wrong with a request",
        arguments: [
            (nil, "400 bad_request"), ("", "400 bad_request"), ("{", "400 bad_request"), ("[]", "400 bad_request"),
            ("{}", "400 bad_request"), (#"{"source":5}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","origin":"shared"}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","origin":7}"#, "400 bad_request"),
            (#"{"source":"https://x"}"#, "400 unusable_source"),
            (#"{"source":"s3://other/lists/x/"}"#, "400 unusable_source"),
            (#"{"source":"s3://data/inbound/"}"#, "400 unusable_source"),
            (#"{"addresses":[]}"#, "400 bad_request"), (#"{"addresses":"a@b.example"}"#, "400 bad_request"),
            (#"{"addresses":["a@b.example"],"dryrun":true}"#, "400 bad_request"),
            (#"{"addresses":[{"email":"a@b.example","nmae":"A"}]}"#, "400 bad_request"),
            (#"{"pinpoint":{"segment":"s1","verson":2}}"#, "400 bad_request"),
            (#"{"addresses":[5]}"#, "400 bad_request"), (#"{"addresses":[{"name":"x"}]}"#, "400 bad_request"),
            (#"{"addresses":["a@b.example"],"source":"s3://data/lists/x/"}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","dry_run":"yes"}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","consent":""}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","name_field":7}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","drop_disposable":1}"#, "400 bad_request"),
            (#"{"source":"s3://data/lists/x/","pinpoint":{"segment":"s"}}"#, "400 bad_request"),
            (#"{"pinpoint":"s"}"#, "400 bad_request"), (#"{"pinpoint":{"segment":""}}"#, "400 bad_request"),
            (#"{"pinpoint":{"segment":"s","application":5}}"#, "400 bad_request"),
            (#"{"pinpoint":{"segment":"s","version":0}}"#, "400 bad_request"),
            (#"{"pinpoint":{"segment":"s"}}"#, "409 pinpoint_not_set_up"),
        ])
    func badCampaigns(body: String?, expected: String) async throws {
        #expect(try await error(request("POST", path + "/campaigns", body: body), try ports()) == expected)
    }

    @Test(
        "says what is wrong with a page",
        arguments: [
            ["limit": "0"], ["limit": "1001"], ["limit": "ten"], ["limit": ""], ["limit": "-1"], ["cursor": "?"],
            ["cursor": ""], ["cursor": "mzxw6"],
        ])
    func badPages(query: [String: String]) async throws {
        #expect(try await error(request("GET", path + "/attendees", query: query), try ports()) == "400 bad_request")
    }

    @Test("answers for a cancelled event, but starts nothing for it")
    func cancelled() async throws {
        let ports = try ports(event: try Samples.event(status: .cancelled))
        #expect(try await answer(request("GET", path), ports).body["status"] == "cancelled")
        let post = request("POST", path + "/campaigns", body: #"{"source":"s3://data/lists/x/"}"#)
        #expect(try await error(post, ports) == "409 event_cancelled")
    }

    @Test("answers a failure of its own without saying more than that")
    func ownFailure() async throws {
        struct Secret: Error { let address = "bob@example.com" }
        var ports = try ports()
        ports.readEvent = { _ in throw Secret() }
        let (status, body) = try await answer(request("GET", path), ports)
        #expect(status == 500)
        #expect(body["error"]?["code"] == "internal")
        #expect(!body.text.contains("bob"))
    }

    @Test("fails on what is no HTTP request")
    func otherPayload() async throws {
        let api = try eventAPI(EventAccess(ports: .unimplemented))
        for payload in [[:], ["Records": []], .null] as [JSON] {
            await #expect(throws: PayloadError.self) { try await api.handle(payload, Samples.context) }
        }
    }
}

private final class Log: Sendable {
    let asked = Mutex<[(AttendeeCursor, Int)]>([])
}
