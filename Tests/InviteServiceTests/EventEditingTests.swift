import ICalendar
import InviteService
import MailMessage
import Scheduling
import Synchronization
import TestSupport
import Testing

@Suite("An event made by the API")
struct EventEditingTests {
    private let world = EventsInMemory()

    private func editing(scope: APIKey.Scope? = nil) throws -> EventEditing {
        let own = try APIKey.Scope.organizer(Samples.address("ann@acme.example"))
        let ports = EventEditing.Ports(
            readKey: { $0 == APIKey.hash(of: "key") ? APIKey(scope: scope ?? own, created: 0, lastUsed: .max) : nil },
            recordKeyUse: { _, _ in }, recording: world.recording)
        return EventEditing(ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
    }

    private func tea(_ text: String = "Tea", start: String = "20270110T150000Z") throws -> EventFields {
        EventFields(
            texts: ["SUMMARY": text, "DESCRIPTION": "Bring, milk; and\nsugar"],
            start: DateValue(start), end: DateValue("20270110T160000Z"))
    }

    private func make(_ fields: EventFields? = nil, uid: String? = "tea") async throws -> Event {
        try await editing().put(.fields(fields ?? tea()), clientUID: uid, organizer: nil, key: "key").event
    }

    @Test("is the event its organizer's mail of the same UID would make, and making it twice makes one")
    func create() async throws {
        let (event, isNew) = try await editing().put(.fields(tea()), clientUID: "tea", organizer: nil, key: "key")
        #expect(isNew)
        #expect(event.organizer.normalized == "ann@acme.example" && event.summary == "Tea" && event.revision == 1)
        #expect(event.description == "Bring, milk; and\nsugar")
        let stored = ICalendar.parse(try #require(world.calendar(of: event)))
        #expect(stored.problems == [])
        let again = try await editing().put(.fields(tea()), clientUID: "tea", organizer: nil, key: "key")
        #expect(!again.isNew && again.event.uid == event.uid && again.event.revision == 1)
        let mail = SampleMail.invitation(calendar: SampleMail.event(uid: "tea", sequence: 1, stamp: "20270101T000000Z"))
        #expect(try await world.receive(mail, id: "m1") == .updated(event.uid, revision: 2, .updated(asksAgain: false)))
        #expect(try await make(uid: nil).uid != make(uid: nil).uid)
    }

    @Test("changes words without asking again, times with, and says so to everybody")
    func change() async throws {
        let event = try await make()
        let uid = event.uid.description
        let room = try await editing().change(uid, by: .fields(EventFields(texts: ["LOCATION": "Room 6"])), key: "key")
        #expect(room.revision == 2 && room.sequence == 0 && room.location == "Room 6" && room.summary == "Tea")
        let noRoom = try await editing().change(uid, by: .fields(EventFields(texts: ["LOCATION": ""])), key: "key")
        #expect(noRoom.location.isEmpty && noRoom.revision == 3)
        let later = EventFields(start: DateValue("20270111T150000Z"), end: DateValue("20270111T160000Z"))
        let moved = try await editing().change(uid, by: .fields(later), key: "key")
        #expect(moved.sequence == 1 && moved.answerSequence == 1 && moved.start == event.start + 86_400)
        #expect(world.stageJobs.map(\.revision) == [2, 3, 4])
        let same = try await editing().change(uid, by: .fields(later), key: "key")
        #expect(same.revision == 4, "nothing new")
        let onlyStart = EventFields(start: DateValue("20270112T150000Z"))
        #expect(
            await failure(EventEditing.Failure.self) {
                try await editing().change(uid, by: .fields(onlyStart), key: "key")
            } == .missingEnd)
    }

    @Test("takes who is told of changes, without a change for anybody")
    func updates() async throws {
        let event = try await make()
        let changed = try await editing().change(
            event.uid.description, by: .fields(EventFields(updates: .notDeclined)), key: "key")
        #expect(changed.updates == .notDeclined && changed.revision == 1)
        #expect(world.stageJobs.isEmpty)
        let room = try await editing().change(
            event.uid.description, by: .fields(EventFields(texts: ["LOCATION": "Room 6"])), key: "key")
        #expect(room.updates == .notDeclined)
    }

    @Test("cancels one date, then all, and stays cancelled")
    func cancel() async throws {
        var fields = try tea()
        fields.rule = "FREQ=WEEKLY;COUNT=4"
        let event = try await make(fields)
        let uid = event.uid.description
        let instance = event.start + 7 * 86_400
        let oneDate = try await editing().cancel(uid, instance: instance, key: "key")
        #expect(
            oneDate.status == .confirmed
                && oneDate.changes.last?.scope == .instances(changed: [], cancelled: [instance]))
        #expect(
            await failure(EventEditing.Failure.self) {
                try await editing().cancel(uid, instance: instance + 60, key: "key")
            }?.refusalCode == "unknown-instance")
        let room = try await editing().change(uid, by: .fields(EventFields(texts: ["LOCATION": "Room 6"])), key: "key")
        #expect(
            String(decoding: world.calendar(of: room) ?? [], as: UTF8.self).contains("STATUS:CANCELLED"),
            "the cancelled date stays cancelled")
        let cancelled = try await editing().cancel(uid, instance: nil, key: "key")
        #expect(cancelled.status == .cancelled && cancelled.sequence > room.sequence)
        #expect(try await editing().cancel(uid, instance: nil, key: "key") == cancelled)
        #expect(
            await failure(EventEditing.Failure.self) {
                try await editing().change(uid, by: .fields(EventFields(texts: ["SUMMARY": "x"])), key: "key")
            } == .cancelled)
    }

    @Test("may come as a calendar object, with the same answers to a bad one as mail gets")
    func calendarObject() async throws {
        let good = SampleMail.lines(SampleMail.event(method: nil))
        let (event, isNew) = try await editing().put(.calendar(good), clientUID: nil, organizer: nil, key: "key")
        #expect(isNew && event.clientUID == "tea@acme.example")
        let other = SampleMail.lines(SampleMail.event(uid: "other"))
        #expect(
            await failure(EventEditing.Failure.self) {
                try await editing().change(event.uid.description, by: .calendar(other), key: "key")
            } == .otherEvent)
        for (lines, code) in [
            (["hello"], "unreadable-calendar"), (SampleMail.event(without: ["DTSTART"]), "missing-start"),
            (SampleMail.event(method: "FROB"), "unknown-method"),
            (SampleMail.event(method: "REPLY"), "unsupported-method"),
            (SampleMail.event(method: "CANCEL", uid: "never"), "nothing-to-cancel"),
        ] {
            let error = await failure(EventEditing.Failure.self) {
                try await editing().put(.calendar(SampleMail.lines(lines)), clientUID: nil, organizer: nil, key: "key")
            }
            #expect(error?.refusalCode == code)
            if case .refused(let reason)? = error { #expect(!reason.explanation.contains("mail"), "\(reason)") }
        }
    }

    @Test("is made and changed by keys that may")
    func keys() async throws {
        let event = try await make()
        let (bob, fields) = (try Samples.address("bob@contoso.example"), try tea())
        let theirs = try editing(scope: .organizer(bob))
        #expect(
            await failure(EventEditing.Failure.self) {
                try await theirs.change(event.uid.description, by: .fields(fields), key: "key")
            } == .notFound)
        #expect(
            await failure(EventEditing.Failure.self) {
                try await theirs.cancel(event.uid.description, instance: nil, key: "key")
            } == .notFound)
        #expect(
            await failure(EventEditing.Failure.self) {
                try await theirs.put(.fields(fields), clientUID: nil, organizer: event.organizer, key: "key")
            } == .otherOrganizer)
        let owner = try editing(scope: .owner)
        #expect(
            await failure(EventEditing.Failure.self) {
                try await owner.put(.fields(fields), clientUID: nil, organizer: nil, key: "key")
            } == .missingOrganizer)
        #expect(
            try await owner.put(.fields(fields), clientUID: "tea", organizer: bob, key: "key").event.organizer == bob)
        #expect(
            await failure(KeyRefusal.self) {
                try await owner.cancel(event.uid.description, instance: nil, key: "other")
            } == .unknownKey)
    }
}

extension EventEditing.Failure {
    fileprivate var refusalCode: String? {
        if case .refused(let reason) = self { reason.code } else { nil }
    }
}
