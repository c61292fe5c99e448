import Audience
import ICalendar
import InviteService
import MailMessage
import Synchronization
import Testing

/// A campaign's chunk, the table, SES and the queue as `InvitationSending` meets them, with faults on demand.
///
/// Claims follow the conditions the store writes; time stands still but for what the queue makes it wait.
final class SendingBench: Sendable {
    struct Mail: Equatable {
        var to: EmailAddress
        var revision: Int
        /// Of the calendar object.
        var method = "REQUEST"
        /// PARTSTAT of its first VEVENT.
        var participation: ParticipationStatus? = .needsAction
    }

    struct Crash: Error {}

    enum Fault {
        /// The call has no effect.
        case before
        /// It has, and the caller does not learn of it.
        case after
    }

    struct State {
        var event: Event?
        var campaign: Campaign?
        var calendar = Samples.calendar
        var recipients: [Recipient] = []
        var refusing: Set<EmailAddress> = []
        var isSuspended = false
        var records: [EmailAddress: Record] = [:]
        /// Answers to single dates.
        var dateAnswers: [EmailAddress: [Int64: ReplyIntake.InstanceAnswer]] = [:]
        var outbox: [Mail] = []
        var queue: [(job: SendJob, due: Int64)] = []
        var delays: [Duration] = []
        var done: [Int: SkipCounts] = [:]
        var now: Int64 = 1_795_400_000
        var calls: [String] = []
        /// The call that goes wrong, counted from 0.
        var faultAt: Int?
        var fault = Fault.before
        /// All calls after the fault fail as well: the process is gone.
        var diesAtFault = false
        var isDead = false
        /// What SES says to the nth mail for somebody, counted from 0; nil sends it.
        var answer: @Sendable (EmailAddress, Int) -> SendResult? = { _, _ in nil }
        var attempts: [EmailAddress: Int] = [:]
        var turns = Int.max
        /// Runs after the nth mail was sent.
        var afterMail: @Sendable (Int, inout State) -> Void = { _, _ in }
    }

    static let lease: Int64 = 700
    let state: Mutex<State>
    /// What another process does just before the nth call, counted from 0.
    let interlude = Mutex<(call: Int, action: @Sendable () async throws -> Void)?>(nil)

    init(recipients: [String], revision: Int = 1) throws {
        var state = State()
        state.event = try Samples.event(revision: revision)
        state.campaign = try Samples.campaign()
        state.recipients = try recipients.map { Recipient(address: try Samples.address($0)) }
        self.state = Mutex(state)
    }

    func edit(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    var outbox: [Mail] { state.withLock(\.outbox) }
    var records: [EmailAddress: Record] { state.withLock(\.records) }
    var done: [Int: SkipCounts] { state.withLock(\.done) }

    /// Mails by recipient.
    var mails: [String: Int] {
        Dictionary(grouping: outbox, by: \.to.normalized).mapValues(\.count)
    }

    private func play() async throws {
        let count = state.withLock(\.calls).count
        let action = interlude.withLock { interlude -> (@Sendable () async throws -> Void)? in
            guard let next = interlude, count >= next.call else { return nil }
            interlude = nil
            return next.action
        }
        try await action?()
    }

    private func call<Value>(_ name: String, _ body: (inout State) -> Value) throws -> Value {
        try state.withLock { state in
            if state.isDead { throw Crash() }
            let isFault = state.calls.count == state.faultAt
            state.calls.append(name)
            if isFault {
                state.isDead = state.diesAtFault
                if state.fault == .before { throw Crash() }
            }
            let value = body(&state)
            if isFault { throw Crash() }
            return value
        }
    }

    private func close(_ name: String, _ claim: Claim, _ change: (inout Record) -> Void) throws {
        try call(name) { state in
            guard var record = state.records[claim.recipient.address], record.claim == claim.id else { return }
            record.claim = nil
            record.lease = nil
            change(&record)
            state.records[claim.recipient.address] = record
        }
    }

    private func claim(_ claim: Claim) throws -> ClaimResult {
        try call("claim") { state in
            var record = state.records[claim.recipient.address] ?? Record()
            let result = record.take(claim)
            if case .claimed = result { state.records[claim.recipient.address] = record }
            return result
        }
    }

    private func send(_ mail: OutgoingInvitation) throws -> SendResult {
        try call("send") { state in
            let attempt = state.attempts[mail.to, default: 0]
            state.attempts[mail.to] = attempt + 1
            let answer = state.answer(mail.to, attempt)
            switch answer {
            case nil, .sent, .unknown:
                let revision = mail.tags.first { $0.name == "revision" }.flatMap { Int($0.value) } ?? 0
                let part = MailParser.parse(mail.message).calendarParts().first
                let event = part.flatMap { ICalendar.parse($0.bytes).calendars.first?.components("VEVENT").first }
                state.outbox.append(
                    Mail(
                        to: mail.to, revision: revision, method: part?.method ?? "",
                        participation: event.flatMap { EventView($0).attendees.first?.partstat }))
                state.afterMail(state.outbox.count, &state)
            case .throttled, .quotaExhausted, .accountRefused, .refused: break
            }
            return answer ?? .sent(messageID: "ses-\(state.outbox.count)")
        }
    }

    var ports: InvitationSending.Ports {
        InvitationSending.Ports(
            readEvent: { _ in
                try await self.play()
                return try self.call("readEvent") { $0.event }
            },
            readCalendar: { _ in
                try await self.play()
                return try self.call("readCalendar") { $0.calendar }
            },
            readHeads: { address, campaign in
                try self.call("readHeads") { state in
                    InvitationSending.Heads(
                        organizer: Organizer(address: address, isSuspended: state.isSuspended),
                        campaign: campaign == nil ? nil : state.campaign)
                }
            },
            readChunk: { _, _ in try self.call("readChunk") { $0.recipients } },
            readPersons: { addresses in
                try await self.play()
                return try self.call("readPersons") { state in
                    let person = Person(isUnsubscribed: false, isSuppressed: true, blockedOrganizers: [])
                    return Dictionary(
                        uniqueKeysWithValues: addresses.filter { state.refusing.contains($0) }.map { ($0, person) })
                }
            },
            readStandings: { _, addresses in
                try await self.play()
                return try self.call("readStandings") { state in
                    var standings: [EmailAddress: Standing] = [:]
                    for address in addresses { standings[address] = state.records[address]?.standing }
                    return standings
                }
            },
            readDateAnswers: { _, address, dates in
                try self.call("readDateAnswers") { state in
                    (state.dateAnswers[address] ?? [:]).filter { dates.contains($0.key) }
                }
            },
            claim: { claim in
                try await self.play()
                return try self.claim(claim)
            },
            forgetAnswer: { event, address in
                try self.call("forgetAnswer") { $0.records[address]?.forget(before: event) }
            },
            send: { mail in
                try await self.play()
                return try self.send(mail)
            },
            recordSent: { claim, _, _ in
                try await self.play()
                try self.close("recordSent", claim) { $0.sentRevision = claim.event.revision }
            },
            recordFailed: { claim, _ in
                try self.close("recordFailed", claim) { $0.failedRevision = claim.event.revision }
            },
            release: { claim, before in
                try self.close("release", claim) { if !before.isOwned { $0.campaign = nil } }
            },
            pause: { campaign, reason in
                try self.call("pause") { $0.campaign?.pause = reason }
            },
            enqueue: { job, delay in
                try await self.play()
                try self.call("enqueue") { state in
                    state.delays.append(delay)
                    state.queue.append((job, state.now + delay.components.seconds))
                }
            },
            markDone: { job in
                try await self.play()
                try self.call("markDone") { $0.done[job.chunk] = job.skipped }
            },
            waitForTurn: { _ in
                try self.call("waitForTurn") { state in
                    defer { state.turns -= 1 }
                    return state.turns > 0
                }
            },
            now: { self.state.withLock(\.now) })
    }

    /// The same records, as those who spread a change see them.
    var staging: AttendeeStaging.Ports {
        AttendeeStaging.Ports(
            readEvent: { _ in self.state.withLock(\.event) },
            listAttendees: { _, cursor, limit in
                let attendees = try self.records.map { try $1.attendee($0) }
                    .sorted { $0.address.normalized < $1.address.normalized }
                let rest = attendees.drop { attendee in cursor.after.map { attendee.address.normalized <= $0 } ?? false
                }
                let page = Array(rest.prefix(limit))
                let isLast = page.count == rest.count
                let next = AttendeeCursor(shard: 0, after: page.last?.address.normalized)
                return AttendeePage(attendees: page, next: isLast ? nil : next)
            },
            enqueue: { jobs in self.edit { state in state.queue += jobs.map { ($0, state.now) } } },
            continueWith: { _ in Issue.record("so few take no second run") },
            recordSpread: { _, revision in self.edit { $0.event?.spreadRevision = revision } })
    }

    /// The organizer's change: stored, then spread.
    func spread(_ event: Event) async throws {
        edit { $0.event = event }
        let job = StageJob(event: event.uid, revision: event.revision)
        _ = try await AttendeeStaging(ports: staging).run(job, deadline: .now + .seconds(600))
    }

    static func job(_ chunk: Int = 0) throws -> SendJob {
        SendJob(event: try #require(EventUID(Samples.uid)), campaign: "c1", chunk: chunk)
    }

    func run(
        _ job: SendJob, concurrency: Int = 1, failureLimit: Int = 20, seconds: Double = 600
    ) async throws -> InvitationSending.Outcome {
        let sending = InvitationSending(
            ports: ports,
            policy: .init(lease: Self.lease, concurrency: concurrency, failureLimit: failureLimit),
            addresses: Samples.addresses, links: Samples.links, secret: try Samples.secret())
        return try await sending.run(job, deadline: ContinuousClock.now + .seconds(seconds))
    }

    /// Works the queue off as SQS does: what fails becomes visible again after a while.
    ///
    /// - Returns: whether it came to an end.
    func drain(concurrency: Int = 1, rounds: Int = 200) async throws -> Bool {
        for _ in 0..<rounds {
            let next = state.withLock { state -> SendJob? in
                guard let first = state.queue.indices.min(by: { state.queue[$0].due < state.queue[$1].due }) else {
                    return nil
                }
                let message = state.queue.remove(at: first)
                state.now = max(state.now, message.due)
                return message.job
            }
            guard let next else { return true }
            do {
                _ = try await run(next, concurrency: concurrency)
            } catch {
                edit {
                    $0.isDead = false
                    $0.queue.append((next, $0.now + 2 * Self.lease))
                }
            }
        }
        return false
    }

    func enqueue(_ job: SendJob) { edit { $0.queue.append((job, $0.now)) } }
}
