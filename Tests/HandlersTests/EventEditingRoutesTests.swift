import Handlers
import ICalendar
import InviteService
import JSON
import LambdaEvents
import LambdaRuntime
import MailMessage
import Synchronization
import Testing

@Suite("Making and changing events by the API")
struct EventEditingRoutesTests {
    private final class Store: Sendable {
        let events = Mutex<[EventUID: Event]>([:])
        let calendars = Mutex<[String: [UInt8]]>([:])
    }

    private let store = Store()

    private func api(suspended: Bool = false) throws -> EventAPI {
        let ann = try EmailAddress(parsing: "ann@acme.example")
        var access = EventAccess.Ports.unimplemented
        access.readKey = { _ in APIKey(scope: .organizer(ann), created: 0, lastUsed: .max) }
        access.readEvent = { [store] uid in store.events.withLock { $0[uid] } }
        var editing = EventEditing.Ports.unimplemented
        editing.readKey = {
            $0 == APIKey.hash(of: "owner")
                ? APIKey(scope: .owner, created: 0, lastUsed: .max)
                : APIKey(scope: .organizer(ann), created: 0, lastUsed: .max)
        }
        editing.recording.readEvent = access.readEvent
        editing.recording.readCalendar = { [store] event in
            store.calendars.withLock { $0[event.calendar] ?? [] }
        }
        editing.recording.writeCalendar = { [store] _, name, bytes in store.calendars.withLock { $0[name] = bytes } }
        editing.recording.readOrganizer = { _ in suspended ? Organizer(address: ann, isSuspended: true) : nil }
        editing.recording.createEvent = { [store] event, limit in
            store.events.withLock { events in
                if events[event.uid] != nil { return .exists }
                if events.count >= limit { return .limitReached }
                events[event.uid] = event
                return .created
            }
        }
        editing.recording.writeEvent = { [store] event, revision in
            store.events.withLock { events in
                guard events[event.uid]?.revision == revision else { return false }
                events[event.uid] = event
                return true
            }
        }
        editing.recording.stage = { _ in }
        let known = EventAccess(ports: access)
        return try EventAPI(
            access: known, campaigns: CampaignControl(ports: .unimplemented, access: known),
            editing: EventEditing(
                ports: editing, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 2))
    }

    private func call(_ call: APICall) async throws -> APICall.Reply {
        let api = try api()
        return try await call.reply(from: api.handle)
    }

    private func post(_ body: String, key: String = "ann", headers: [String: String] = [:]) -> APICall {
        APICall(method: "POST", path: "/event", key: key, headers: headers, body: body)
    }

    @Test("makes an event of JSON, whole days and zones included, and answers with its summary")
    func create() async throws {
        let made = try await call(
            post(
                """
                {"uid":"tea","summary":"Tea","dtstart":"2027-01-10T15:00","dtend":"2027-01-10T16:30:00",
                "tzid":"Europe/Berlin","rrule":"FREQ=WEEKLY;COUNT=3","status":"tentative","updates":"not_declined"}
                """))
        #expect(made.status == 201, "\(made.text)")
        #expect(made.json?["dtstart"] == 1_799_589_600 && made.json?["dtend"] == 1_799_595_000)
        #expect(made.json?["tzid"] == "Europe/Berlin" && made.json?["status"] == "tentative")
        #expect(made.json?["updates"] == "not_declined" && made.json?["organizer"] == "ann@acme.example")
        let uid = try #require(made.json?["uid"]?.string)
        #expect(try await call(post(#"{"uid":"tea","summary":"Tea","dtstart":1799589600}"#)).status == 200)
        let day = try await call(post(#"{"summary":"Holiday","dtstart":"2027-05-01","dtend":"2027-05-03"}"#))
        #expect(day.status == 201 && day.json?["all_day"] == true && day.json?["dtend"] == 1_809_302_400)

        let changed = try await call(
            APICall(method: "PATCH", path: "/event/\(uid)", key: "ann", body: #"{"summary":"Coffee","location":null}"#))
        #expect(changed.status == 200 && changed.json?["summary_html"] == "Coffee", "\(changed.text)")
        let gone = try await call(APICall(method: "DELETE", path: "/event/\(uid)", key: "ann"))
        #expect(gone.status == 200 && gone.json?["status"] == "cancelled")
        let late = try await call(
            APICall(method: "PATCH", path: "/event/\(uid)", key: "ann", body: #"{"summary":"Tea"}"#))
        #expect(late.status == 409 && late.errorCode == "event_cancelled")
    }

    @Test("takes a calendar object")
    func calendar() async throws {
        let object = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:a", "DTSTAMP:20261101T000000Z",
            "DTSTART:20270110T150000Z", "SUMMARY:Tea", "END:VEVENT", "END:VCALENDAR", "",
        ].joined(separator: "\r\n")
        let made = try await call(post(object, headers: ["content-type": "text/calendar; charset=utf-8"]))
        #expect(made.status == 201 && made.json?["summary_html"] == "Tea", "\(made.text)")
    }

    @Test(
        "answers every bad request with what to do",
        arguments: [
            ("{", 400, "bad_request", "JSON"), ("[]", 400, "bad_request", "JSON object"),
            ("{}", 400, "bad_request", "\"dtstart\" is missing"),
            (#"{"dtstart":"soon"}"#, 400, "bad_request", "no date or time"),
            (#"{"dtstart":"2027-01-10T15:00"}"#, 400, "bad_request", "in which zone"),
            (#"{"dtstart":"2027-02-30"}"#, 400, "bad_request", "no date or time"),
            (#"{"dtstart":-9223372036854775807}"#, 400, "bad_request", "epoch seconds"),
            (#"{"dtstart":253402300800}"#, 400, "bad_request", "epoch seconds"),
            (#"{"dtstart":1,"color":"red"}"#, 400, "bad_request", "\"color\" is no field"),
            (#"{"dtstart":1,"summary":5}"#, 400, "bad_request", "must be a text"),
            (#"{"dtstart":1,"status":"cancelled"}"#, 400, "bad_request", "DELETE cancels"),
            (#"{"dtstart":1,"updates":"all"}"#, 400, "bad_request", "not_declined"),
            (#"{"dtstart":1,"uid":""}"#, 400, "bad_request", "\"uid\""),
            (#"{"dtstart":1,"url":"https://x\r\nATTENDEE:mailto:eve@evil.example"}"#, 400, "bad_request", "one line"),
            (#"{"dtstart":1,"organizer":"x"}"#, 400, "bad_request", "e-mail address"),
            (#"{"dtstart":1,"organizer":"bob@contoso.example"}"#, 403, "other_organizer", "its own organizer"),
            (#"{"dtstart":20,"dtend":10}"#, 422, "ends_before_start", "ends before it starts"),
            (#"{"dtstart":1,"rrule":"FREQ=NEVER"}"#, 422, "unusable_rule", "RFC 5545"),
            (#"{"dtstart":"2027-01-10T15:00","tzid":"Mars/Base"}"#, 422, "unknown_time_zone", "Mars/Base"),
        ])
    func refusals(body: String, status: Int, code: String, message: String) async throws {
        let reply = try await call(post(body))
        #expect(reply.status == status && reply.errorCode == code, "\(reply.text)")
        #expect(reply.json?["error"]?["message"]?.string?.contains(message) == true, "\(reply.text)")
        #expect(store.events.withLock { $0.isEmpty })
    }

    @Test("makes no more events than the organizer may have, and none while they are suspended")
    func limits() async throws {
        for _ in 0..<2 { #expect(try await call(post(#"{"dtstart":1}"#)).status == 201) }
        let reply = try await call(post(#"{"dtstart":1}"#))
        #expect(reply.status == 422 && reply.errorCode == "event_limit")
        let suspended = try api(suspended: true)
        let refused = try await post(#"{"dtstart":1}"#).reply(from: suspended.handle)
        #expect(refused.status == 403 && refused.errorCode == "organizer_suspended")
    }

    @Test("wants an organizer with the owner's key, and knows no event that is not there")
    func owner() async throws {
        let reply = try await call(post(#"{"dtstart":1}"#, key: "owner"))
        #expect(reply.status == 400 && reply.text.contains("owner's key"))
        let path = "/event/\(String(repeating: "0", count: 40))"
        for method in ["PATCH", "DELETE"] {
            let missing = try await call(APICall(method: method, path: path, key: "ann", body: "{}"))
            #expect(missing.status == 404 && missing.errorCode == "not_found")
        }
        let instance = try await call(
            APICall(method: "DELETE", path: path, key: "ann", query: ["instance": "Monday"]))
        #expect(instance.status == 400)
    }
}
