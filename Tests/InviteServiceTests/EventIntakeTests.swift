import ICalendar
import InviteService
import JSON
import MailMessage
import Scheduling
import Synchronization
import TestSupport
import Testing

@Suite("An organizer's mail")
struct EventIntakeTests {
    private let world = EventsInMemory()

    private func tea(
        method: String = "REQUEST", sequence: Int = 0, stamp: String = "20261122T090000Z", summary: String = "Tea",
        start: String = "20270110T150000Z", headers: [String] = []
    ) -> [UInt8] {
        SampleMail.invitation(
            headers: headers, method: method,
            calendar: SampleMail.event(
                method: method, sequence: sequence, stamp: stamp, without: ["SUMMARY", "DTSTART"],
                ["SUMMARY:\(summary)", "DTSTART:\(start)"]))
    }

    @Test("makes an event and a notice", arguments: DemoMail.allCases)
    func demo(mail: DemoMail) async throws {
        let outcome = try await world.receive(try mail.bytes, id: "m1")
        let event = try #require(world.events.first)
        #expect(outcome == .created(event.uid))
        #expect(event.revision == 1)
        #expect(event.sequence == 0)
        #expect(event.status == .confirmed)
        #expect(event.sourceMessage == "m1")
        let facts: [DemoMail: (String, String?, Int64, String?)] = [
            .google: ("ann@acme.example", "Ann Lee", 1_799_856_000, "Europe/Berlin"),
            .outlook: ("bob@contoso.example", "Bob Ortega", 1_804_611_600, "Pacific Standard Time"),
            .apple: ("carla@estudio.example", "Carla Núñez", 1_809_129_600, nil),
        ]
        let (organizer, name, start, zone) = try #require(facts[mail])
        #expect(event.organizer.normalized == organizer)
        #expect(event.organizerName == name)
        #expect(event.start == start)
        #expect(event.timeZone == zone)
        #expect(event.isAllDay == (mail == .apple))
        let stored = ICalendar.parse(try #require(world.calendar(of: event)))
        #expect(stored.problems == [])
        #expect(stored.calendars.first?.components("VEVENT").count == 1)
        #expect(world.notices.map(\.kind) == [.created(event.uid, invited: true)])
        #expect(world.notices.first?.organizer == event.organizer)
        #expect(world.notices.first?.inReplyTo?.hasPrefix("<") == true)
    }

    @Test("delivered again makes nothing new, and the same notice")
    func repeated() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        let before = world.events
        #expect(try await world.receive(tea(), id: "m1") == .repeated(uid))
        #expect(world.events == before)
        #expect(Set(world.notices.map(\.id)).count == 1)
    }

    @Test("that could not be announced is announced when it is delivered again")
    func lostNotice() async throws {
        world.notifyFails.withLock { $0 = true }
        await #expect(throws: EventsInMemory.Crash.self) { try await world.receive(tea(), id: "m1") }
        world.notifyFails.withLock { $0 = false }
        guard case .repeated = try await world.receive(tea(), id: "m1") else {
            Issue.record("not recognised")
            return
        }
        #expect(world.notices.map(\.id) == ["created.m1"])
    }

    @Test("sent a second time by the client changes nothing anybody need be told")
    func resent() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        let before = try #require(world.events.first)
        #expect(try await world.receive(tea(), id: "m2") == .unchanged(uid))
        #expect(world.events.first?.revision == before.revision)
        #expect(world.events.first?.lastModified == before.lastModified)
    }

    @Test("changes words without asking again, and times with")
    func updates() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        world.state.withLock { $0.now += 100 }
        #expect(
            try await world.receive(tea(stamp: "20261122T090100Z", summary: "Coffee"), id: "m2")
                == .updated(uid, revision: 2, .updated(asksAgain: false)))
        #expect(world.events.first?.summary == "Coffee")
        #expect(world.events.first?.sequence == 0)
        #expect(
            try await world.receive(tea(sequence: 1, stamp: "20261122T090200Z", start: "20270110T153000Z"), id: "m3")
                == .updated(uid, revision: 3, .updated(asksAgain: true)))
        let event = try #require(world.events.first)
        #expect(event.sequence == 1)
        #expect(event.lastModified == event.created + 100)
        #expect(String(decoding: world.calendar(of: event) ?? [], as: UTF8.self).contains("DTSTART:20270110T153000Z"))
        #expect(world.notices.count == 2)
    }

    @Test("that changes an event has it spread, and again when that may have failed")
    func spread() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        #expect(world.stageJobs.isEmpty, "nobody has a new event")
        world.stageFails.withLock { $0 = true }
        await #expect(throws: EventsInMemory.Crash.self) {
            try await world.receive(tea(sequence: 1, start: "20270110T153000Z"), id: "m2")
        }
        world.stageFails.withLock { $0 = false }
        let job = StageJob(event: uid, revision: 2)
        #expect(try await world.receive(tea(sequence: 1, start: "20270110T153000Z"), id: "m2") == .repeated(uid))
        #expect(world.stageJobs == [job])
        // The same words again, and an older message, see that it was not done yet.
        #expect(try await world.receive(tea(sequence: 1, start: "20270110T153000Z"), id: "m3") == .unchanged(uid))
        #expect(try await world.receive(tea(), id: "m4") == .outdated(uid))
        #expect(world.stageJobs == [job, job, job])
        world.state.withLock { $0.events[uid]?.spreadRevision = 2 }
        #expect(try await world.receive(tea(), id: "m5") == .outdated(uid))
        #expect(world.stageJobs.count == 3, "done: not again")
        let cancellation = tea(method: "CANCEL", sequence: 2, stamp: "20261123T100000Z")
        #expect(try await world.receive(cancellation, id: "m6") == .cancelled(uid))
        #expect(world.stageJobs.last == StageJob(event: uid, revision: 3))
    }

    @Test("that moves the event is accepted anew, as the organizer's calendar asks")
    func acceptedAgain() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        _ = try await world.receive(tea(stamp: "20261122T100000Z", summary: "Coffee"), id: "m2")
        #expect(world.notices.count == 1, "words alone leave the answer as it is")
        for _ in 0..<2 { _ = try await world.receive(tea(sequence: 1, start: "20270110T153000Z"), id: "m3") }
        #expect(world.notices.dropFirst().map(\.kind) == [.accepted(uid), .accepted(uid)])
        #expect(Set(world.notices.map(\.id)) == ["created.m1", "accepted.m3"], "sent once by its id")
    }

    @Test("about one date of a series is remembered as that")
    func instanceChanges() async throws {
        let series = SampleMail.invitation(calendar: SampleMail.event(["RRULE:FREQ=WEEKLY;COUNT=6"]))
        _ = try await world.receive(series, id: "m1")
        func instance(_ method: String, _ date: String, _ more: [String] = []) -> [UInt8] {
            SampleMail.invitation(
                method: method,
                calendar: SampleMail.event(
                    method: method, sequence: 1, stamp: "20261123T090000Z", without: ["DTSTART", "DTEND"],
                    ["RECURRENCE-ID:\(date)T150000Z"] + more))
        }
        _ = try await world.receive(
            instance("REQUEST", "20270117", ["DTSTART:20270117T170000Z", "DTEND:20270117T180000Z"]), id: "m2")
        _ = try await world.receive(instance("CANCEL", "20270124"), id: "m3")
        let event = try #require(world.events.first)
        #expect(
            event.changes == [
                EventChange(revision: 2, scope: .instances(changed: [1_800_198_000], cancelled: [])),
                EventChange(revision: 3, scope: .instances(changed: [], cancelled: [1_800_802_800])),
            ])
        #expect(event.sequence == 2 && event.answerSequence == 0)
        #expect(event.askedInstances == [1_800_198_000: 1], "the date that was moved is asked about again")
        let moved = SampleMail.invitation(
            calendar: SampleMail.event(
                sequence: 3, stamp: "20261124T090000Z", without: ["DTSTART", "DTEND"],
                ["DTSTART:20270110T190000Z", "DTEND:20270110T200000Z", "RRULE:FREQ=WEEKLY;COUNT=6"]))
        _ = try await world.receive(moved, id: "m4")
        let after = try #require(world.events.first)
        #expect(after.answerSequence == 3 && after.askedInstances.isEmpty, "the whole series is")
    }

    @Test("that is older than what is known changes nothing")
    func outdated() async throws {
        let uid = try #require(try await world.receive(tea(sequence: 2), id: "m1").createdUID)
        let before = world.events
        #expect(try await world.receive(tea(sequence: 1, stamp: "20261123T000000Z"), id: "m2") == .outdated(uid))
        #expect(try await world.receive(tea(sequence: 2, stamp: "20261122T085959Z"), id: "m3") == .outdated(uid))
        #expect(world.events == before)
    }

    @Test("cancels, and an old request does not bring the event back")
    func cancel() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        let cancellation = tea(method: "CANCEL", sequence: 1, stamp: "20261122T100000Z")
        #expect(try await world.receive(cancellation, id: "m2") == .cancelled(uid))
        let tombstone = try #require(world.events.first)
        #expect(tombstone.status == .cancelled)
        #expect(tombstone.revision == 2)
        #expect(tombstone.sequence == 1)
        #expect(tombstone.summary == "Tea", "what is cancelled stays known")
        #expect(world.calendar(of: tombstone) != nil)
        #expect(try await world.receive(tea(), id: "m1") == .outdated(uid))
        #expect(try await world.receive(tea(sequence: 1, stamp: "20261122T100000Z"), id: "m3") == .outdated(uid))
        #expect(try await world.receive(cancellation, id: "m2") == .repeated(uid))
        #expect(world.events == [tombstone])
        #expect(
            try await world.receive(tea(sequence: 2, stamp: "20261124T000000Z"), id: "m4")
                == .updated(uid, revision: 3, .updated(asksAgain: true)))
        #expect(world.events.first?.status == .confirmed)
        #expect(world.events.first?.sequence == 2)
    }

    @Test("that loses a race is decided again on what won")
    func race() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        // A later change is stored between this one's reading and writing.
        let winner = tea(sequence: 2, stamp: "20261122T120000Z", summary: "Winner")
        let other = EventsInMemory()
        _ = try await other.receive(tea(), id: "m1")
        _ = try await other.receive(winner, id: "m3")
        let stored = try #require(other.events.first)
        let object = try #require(other.calendar(of: stored))
        world.beforeWrite.withLock {
            $0 = { state in
                state.events[uid] = stored
                state.calendars["\(uid)/\(stored.calendar)"] = object
            }
        }
        #expect(
            try await world.receive(tea(sequence: 1, stamp: "20261122T110000Z", summary: "Loser"), id: "m2")
                == .outdated(uid))
        #expect(world.events == [stored])
        #expect(world.calendar(of: stored) == object, "the loser's object took nobody's place")
    }

    @Test("that wins after a race takes the next revision")
    func raceWon() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        world.beforeWrite.withLock {
            $0 = { state in
                state.events[uid]?.revision = 2
                state.events[uid]?.sourceMessage = "other"
            }
        }
        #expect(
            try await world.receive(tea(sequence: 5, summary: "Coffee"), id: "m2")
                == .updated(uid, revision: 3, .updated(asksAgain: false)))
    }

    @Test("gives up after losing again and again")
    func contention() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        var ports = world.ports
        ports.recording.writeEvent = { _, _ in false }
        world.state.withLock { $0.mails["m2"] = tea(sequence: 1) }
        let intake = EventIntake(
            ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
        #expect(
            await failure(EventRecording.Failure.self) {
                try await intake.receive(messageID: "m2", verdicts: Samples.passed)
            }
                == .contention(uid))
    }

    @Test("of somebody else under the same UID is another event")
    func ownership() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        let theirs = SampleMail.invitation(
            from: "Eve <eve@evil.example>", calendar: SampleMail.event(sequence: 9, stamp: "20270101T000000Z"))
        let other = try #require(try await world.receive(theirs, id: "m2").createdUID)
        #expect(other != uid)
        let cancel = SampleMail.invitation(
            from: "Mallory <mallory@evil.example>", method: "CANCEL",
            calendar: SampleMail.event(method: "CANCEL", sequence: 9, stamp: "20270101T000000Z"))
        #expect(try await world.receive(cancel, id: "m3") == .refused(code: "nothing-to-cancel"))
        #expect(world.events.allSatisfy { $0.status == .confirmed })
    }

    @Test(
        "that makes no event is answered with the reason",
        arguments: [
            (SampleMail.lines(["From: ann@acme.example", "Message-ID: <a@b>", "", "Hello"]), "no-calendar"),
            (SampleMail.invitation(calendar: ["Hello"]), "unreadable-calendar"),
            (SampleMail.invitation(calendar: SampleMail.event(method: "FROB")), "unknown-method"),
            (SampleMail.invitation(calendar: SampleMail.event(method: "COUNTER")), "unsupported-method"),
            (SampleMail.invitation(calendar: SampleMail.event(without: ["UID"])), "missing-uid"),
            (SampleMail.invitation(calendar: SampleMail.event(without: ["DTSTART"])), "missing-start"),
            (
                SampleMail.invitation(
                    calendar: SampleMail.event(without: ["DTSTART"], ["DTSTART;TZID=Mars:20270101T000000"])),
                "unknown-time-zone"
            ),
            (SampleMail.invitation(calendar: SampleMail.event(["RRULE:FREQ=SOMETIMES"])), "unusable-rule"),
            (
                SampleMail.invitation(method: "CANCEL", calendar: SampleMail.event(method: "CANCEL")),
                "nothing-to-cancel"
            ),
        ])
    func refusals(mail: [UInt8], code: String) async throws {
        #expect(try await world.receive(mail, id: "m1") == .refused(code: code))
        let notice = try #require(world.notices.first)
        guard case .refused(let reason) = notice.kind else {
            Issue.record("no refusal")
            return
        }
        #expect(reason.code == code)
        #expect(!reason.explanation.isEmpty)
        #expect(notice.id == "refused.m1")
        #expect(world.events.isEmpty)
    }

    @Test("with a megabyte in one line gets a notice that fits into a queue")
    func longLines() async throws {
        let long = String(repeating: "x", count: 1 << 20)
        let mails = [
            SampleMail.invitation(subject: long, calendar: SampleMail.event(without: ["DTSTART"], ["DTSTART:\(long)"])),
            SampleMail.invitation(calendar: SampleMail.event(method: long)),
            SampleMail.invitation(
                calendar: SampleMail.event(without: ["DTSTART"], ["DTSTART;TZID=\(long):20270101T000000"])),
        ]
        for (index, mail) in mails.enumerated() { _ = try await world.receive(mail, id: "m\(index)") }
        #expect(world.notices.count == mails.count)
        for notice in world.notices { #expect(notice.json.bytes.count < 5000) }
        let big = SampleMail.event(
            without: ["SUMMARY"], ["SUMMARY:\(long)", "LOCATION:\(long)", "DESCRIPTION:\(long)"])
        _ = try await world.receive(SampleMail.invitation(calendar: big), id: "big")
        let event = try #require(world.events.first)
        #expect(event.summary.utf8.count == Event.lineLimit)
        #expect(event.location.utf8.count == Event.lineLimit)
        #expect(event.description.utf8.count == Event.descriptionLimit)
        #expect((world.calendar(of: event)?.count ?? 0) > 3 << 20, "the object keeps all of it")
    }

    @Test("is not answered when it is harmful, unproven or automatic")
    func silence() async throws {
        #expect(
            try await world.receive(tea(), id: "m1", verdicts: .init(spam: "FAIL", virus: "PASS", dmarc: "PASS"))
                == .ignored(reason: "spam or virus"))
        #expect(
            try await world.receive(tea(), id: "m2", verdicts: .init(spam: "PASS", virus: "PASS", dmarc: "FAIL"))
                == .ignored(reason: "sender not authenticated"))
        #expect(
            try await world.receive(
                SampleMail.invitation(headers: ["Auto-Submitted: auto-replied"], calendar: ["nothing"]), id: "m3")
                == .ignored(reason: "automatic mail, unreadable-calendar"))
        #expect(
            try await world.receive(
                SampleMail.lines([
                    "From: mailer-daemon@acme.example", "Content-Type: multipart/report; boundary=x", "", "--x", "", "",
                    "--x--",
                ]), id: "m4") == .ignored(reason: "automatic mail, no-calendar"))
        #expect(world.notices.isEmpty)
        #expect(world.events.isEmpty)
        // Google marks the invitations people send as generated: these are answered.
        #expect(
            try await world.receive(
                SampleMail.invitation(headers: ["Auto-Submitted: auto-generated"], calendar: ["nothing"]), id: "m5")
                == .refused(code: "unreadable-calendar"))
    }

    @Test("that nobody proves changes no event, and its owner is told once a day, but never of automatic mail")
    func unprovenChange() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        let before = world.events
        let failed = SenderAuthentication.Verdicts(spam: "PASS", virus: "PASS", dmarc: "FAIL")
        let forged = tea(method: "CANCEL", sequence: 9, stamp: "20270101T000000Z")
        #expect(try await world.receive(forged, id: "m2", verdicts: failed) == .refused(code: "unproven-sender"))
        #expect(try await world.receive(forged, id: "m3", verdicts: failed) == .refused(code: "unproven-sender"))
        #expect(world.events == before)
        let notices = world.notices.dropFirst()
        #expect(notices.allSatisfy { $0.organizer.normalized == "ann@acme.example" })
        #expect(Set(notices.map(\.id)) == ["unproven.\(uid).20779"])
        let automatic = tea(sequence: 9, headers: ["Auto-Submitted: auto-replied"])
        #expect(
            try await world.receive(automatic, id: "m4", verdicts: failed)
                == .ignored(reason: "sender not authenticated"))
        let stranger = SampleMail.invitation(
            from: "Eve <eve@evil.example>", calendar: SampleMail.event(sequence: 9, stamp: "20270101T000000Z"))
        #expect(
            try await world.receive(stranger, id: "m5", verdicts: failed)
                == .ignored(reason: "sender not authenticated"))
        #expect(world.notices.count == 3)
    }

    @Test("of a suspended organizer makes and changes nothing, and is told so")
    func suspended() async throws {
        let uid = try #require(try await world.receive(tea(), id: "m1").createdUID)
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock { $0.organizers[ann] = Organizer(address: ann, isSuspended: true) }
        for (index, mail) in [tea(sequence: 1, summary: "Coffee"), tea(method: "CANCEL", sequence: 2)].enumerated() {
            #expect(try await world.receive(mail, id: "s\(index)") == .refused(code: "organizer-suspended"))
        }
        #expect(world.events.map(\.uid) == [uid] && world.events.first?.revision == 1)
        #expect(world.notices.last?.id == "refused.s1")
    }

    @Test("that would be one event too many is refused, unless the owner has settled another number")
    func eventLimit() async throws {
        func event(_ number: Int) -> [UInt8] {
            SampleMail.invitation(calendar: SampleMail.event(uid: "event-\(number)"))
        }
        for number in 1...5 { _ = try await world.receive(event(number), id: "m\(number)") }
        #expect(try await world.receive(event(6), id: "m6") == .refused(code: "event-limit"))
        guard case .refused(let reason)? = world.notices.last?.kind else {
            Issue.record("not told")
            return
        }
        #expect(reason.explanation.contains("5 events"))
        #expect(try await world.receive(event(1), id: "m7").isUnchanged, "what is there can still be changed")
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock { $0.organizers[ann] = Organizer(address: ann, eventLimit: 6) }
        #expect(try await world.receive(event(6), id: "m8").createdUID != nil)
        #expect(try await world.receive(event(7), id: "m9") == .refused(code: "event-limit"))
    }

    @Test("that SES did not store fails, so that it is tried again")
    func notStored() async throws {
        var ports = EventIntake.Ports.unimplemented
        ports.readMail = { _ in nil }
        let intake = EventIntake(
            ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
        #expect(
            await failure(EventIntake.Failure.self) {
                try await intake.receive(messageID: "m9", verdicts: Samples.passed)
            }
                == .mailNotStored(messageID: "m9"))
    }
}

extension EventIntake.Outcome {
    fileprivate var isUnchanged: Bool {
        if case .unchanged = self { true } else { false }
    }

    fileprivate var createdUID: EventUID? {
        if case .created(let uid) = self { uid } else { nil }
    }
}
