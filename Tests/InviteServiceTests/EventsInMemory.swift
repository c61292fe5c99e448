import InviteService
import MailMessage
import Synchronization

/// Mail, events, calendar objects and the notice queue, as `EventIntake` and `ReplyIntake` see them.
final class EventsInMemory: Sendable {
    struct State {
        var mails: [String: [UInt8]] = [:]
        var events: [EventUID: Event] = [:]
        var calendars: [String: [UInt8]] = [:]
        var notices: [Notice] = []
        var stageJobs: [StageJob] = []
        var organizers: [EmailAddress: Organizer] = [:]
        var now: Int64 = 1_795_348_800
    }

    struct Crash: Error {}

    let state = Mutex(State())
    /// Runs before each conditional write of an event, as if another process were faster.
    let beforeWrite = Mutex<(@Sendable (inout State) -> Void)?>(nil)
    let notifyFails = Mutex(false)
    let stageFails = Mutex(false)

    var events: [Event] { state.withLock { Array($0.events.values) } }
    var notices: [Notice] { state.withLock(\.notices) }
    var stageJobs: [StageJob] { state.withLock(\.stageJobs) }

    func calendar(of event: Event) -> [UInt8]? { state.withLock { $0.calendars["\(event.uid)/\(event.calendar)"] } }

    var ports: EventIntake.Ports {
        EventIntake.Ports(
            readMail: { id in self.state.withLock { $0.mails[id] } }, recording: recording,
            notify: { notice in
                if self.notifyFails.withLock({ $0 }) { throw Crash() }
                self.state.withLock { $0.notices.append(notice) }
            })
    }

    var recording: EventRecording.Ports {
        EventRecording.Ports(
            readEvent: { uid in self.state.withLock { $0.events[uid] } },
            readCalendar: { event in
                guard let bytes = self.calendar(of: event) else { throw Crash() }
                return bytes
            },
            writeCalendar: { uid, name, bytes in self.state.withLock { $0.calendars["\(uid)/\(name)"] = bytes } },
            readOrganizer: { address in self.state.withLock { $0.organizers[address] } },
            createEvent: { event, limit in
                self.write { state in
                    if state.events[event.uid] != nil { return .exists }
                    let count = state.events.values.count { $0.organizer == event.organizer }
                    if count >= limit { return .limitReached }
                    state.events[event.uid] = event
                    return .created
                }
            },
            writeEvent: { event, replacing in
                self.write { state in
                    guard state.events[event.uid]?.revision == replacing else { return false }
                    state.events[event.uid] = event
                    return true
                }
            },
            stage: { job in
                if self.stageFails.withLock({ $0 }) { throw Crash() }
                self.state.withLock { $0.stageJobs.append(job) }
            },
            now: { self.state.withLock(\.now) })
    }

    private func write<Value>(_ change: (inout State) -> Value) -> Value {
        let hook = beforeWrite.withLock { hook in
            defer { hook = nil }
            return hook
        }
        return state.withLock { state in
            hook?(&state)
            return change(&state)
        }
    }

    func intake() throws -> EventIntake {
        EventIntake(ports: ports, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
    }

    /// Stores a mail as SES does and hands it to the intake.
    func receive(
        _ mail: [UInt8], id: String, verdicts: SenderAuthentication.Verdicts = Samples.passed
    ) async throws -> EventIntake.Outcome {
        state.withLock { $0.mails[id] = mail }
        return try await intake().receive(messageID: id, verdicts: verdicts)
    }
}
