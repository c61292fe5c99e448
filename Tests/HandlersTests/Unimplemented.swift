import InviteService
import MailMessage
import Testing

struct UnexpectedCall: Error {
    let port: String
}

/// A port that no test expects to be called.
func unimplemented<each Input, Output>(_ port: String) -> @Sendable (repeat each Input) async throws -> Output {
    { (_: repeat each Input) in
        Issue.record("unexpected call of \(port)")
        throw UnexpectedCall(port: port)
    }
}

extension EventAccess.Ports {
    static var unimplemented: Self {
        Self(
            readKey: HandlersTests.unimplemented("readKey"),
            recordKeyUse: HandlersTests.unimplemented("recordKeyUse"),
            readEvent: HandlersTests.unimplemented("readEvent"),
            readCounters: HandlersTests.unimplemented("readCounters"),
            listAttendees: HandlersTests.unimplemented("listAttendees"),
            readAttendee: HandlersTests.unimplemented("readAttendee"),
            readAnswers: HandlersTests.unimplemented("readAnswers"),
            listCampaigns: HandlersTests.unimplemented("listCampaigns"),
            readCampaign: HandlersTests.unimplemented("readCampaign"),
            now: { 1_795_348_800 })
    }
}

extension SegmentImport.Ports {
    static var unimplemented: Self {
        Self(
            readCampaign: HandlersTests.unimplemented("readCampaign"),
            readEvent: HandlersTests.unimplemented("readEvent"), listParts: HandlersTests.unimplemented("listParts"),
            openPart: HandlersTests.unimplemented("openPart"), readState: HandlersTests.unimplemented("readState"),
            writeState: HandlersTests.unimplemented("writeState"), readRun: HandlersTests.unimplemented("readRun"),
            writeRun: HandlersTests.unimplemented("writeRun"),
            readOrganizer: HandlersTests.unimplemented("readOrganizer"),
            readPersons: HandlersTests.unimplemented("readPersons"),
            readReserved: HandlersTests.unimplemented("readReserved"),
            readInvited: HandlersTests.unimplemented("readInvited"),
            reserve: HandlersTests.unimplemented("reserve"),
            storeChunk: HandlersTests.unimplemented("storeChunk"), enqueue: HandlersTests.unimplemented("enqueue"),
            advance: HandlersTests.unimplemented("advance"),
            readDisposableDomains: HandlersTests.unimplemented("readDisposableDomains"),
            goOn: HandlersTests.unimplemented("goOn"),
            notify: HandlersTests.unimplemented("notify"))
    }
}

extension InvitationSending.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: HandlersTests.unimplemented("readEvent"),
            readCalendar: HandlersTests.unimplemented("readCalendar"),
            readHeads: HandlersTests.unimplemented("readHeads"),
            readChunk: HandlersTests.unimplemented("readChunk"),
            readPersons: HandlersTests.unimplemented("readPersons"),
            readStandings: HandlersTests.unimplemented("readStandings"),
            readDateAnswers: HandlersTests.unimplemented("readDateAnswers"),
            claim: HandlersTests.unimplemented("claim"),
            forgetAnswer: HandlersTests.unimplemented("forgetAnswer"), send: HandlersTests.unimplemented("send"),
            recordSent: HandlersTests.unimplemented("recordSent"),
            recordFailed: HandlersTests.unimplemented("recordFailed"),
            release: HandlersTests.unimplemented("release"), pause: HandlersTests.unimplemented("pause"),
            enqueue: HandlersTests.unimplemented("enqueue"),
            markDone: HandlersTests.unimplemented("markDone"),
            waitForTurn: HandlersTests.unimplemented("waitForTurn"), now: { 1_795_348_800 })
    }
}

extension OrganizerNotification.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: HandlersTests.unimplemented("readEvent"),
            readCalendar: HandlersTests.unimplemented("readCalendar"),
            readCampaign: HandlersTests.unimplemented("readCampaign"),
            readCounters: HandlersTests.unimplemented("readCounters"),
            wasSent: HandlersTests.unimplemented("wasSent"),
            readMail: HandlersTests.unimplemented("readMail"),
            admitRefusal: HandlersTests.unimplemented("admitRefusal"),
            readListReport: HandlersTests.unimplemented("readListReport"),
            send: HandlersTests.unimplemented("send"),
            markSent: HandlersTests.unimplemented("markSent"), now: { 1_795_348_800 })
    }
}

extension EventRecording.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: HandlersTests.unimplemented("readEvent"),
            readCalendar: HandlersTests.unimplemented("readCalendar"),
            writeCalendar: HandlersTests.unimplemented("writeCalendar"),
            readOrganizer: HandlersTests.unimplemented("readOrganizer"),
            createEvent: HandlersTests.unimplemented("createEvent"),
            writeEvent: HandlersTests.unimplemented("writeEvent"), stage: HandlersTests.unimplemented("stage"),
            now: { 1_795_348_800 })
    }
}

extension EventEditing.Ports {
    static var unimplemented: Self {
        Self(
            readKey: HandlersTests.unimplemented("readKey"), recordKeyUse: HandlersTests.unimplemented("recordKeyUse"),
            recording: .unimplemented)
    }
}

extension EventEditing {
    static func unimplemented() throws -> EventEditing {
        EventEditing(
            ports: .unimplemented, addresses: Samples.addresses, secret: try Samples.secret(), eventLimit: 5)
    }
}

extension EventIntake.Ports {
    static var unimplemented: Self {
        Self(
            readMail: HandlersTests.unimplemented("readMail"), recording: .unimplemented,
            notify: HandlersTests.unimplemented("notify"))
    }
}

extension AttendeeStaging.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: HandlersTests.unimplemented("readEvent"),
            listAttendees: HandlersTests.unimplemented("listAttendees"),
            enqueue: HandlersTests.unimplemented("enqueue"),
            continueWith: HandlersTests.unimplemented("continueWith"),
            recordSpread: HandlersTests.unimplemented("recordSpread"))
    }
}

extension ReplyIntake.Ports {
    static var unimplemented: Self {
        Self(
            readMail: HandlersTests.unimplemented("readMail"),
            readEvent: HandlersTests.unimplemented("readEvent"),
            readCalendar: HandlersTests.unimplemented("readCalendar"),
            readAttendee: HandlersTests.unimplemented("readAttendee"),
            readInstanceAnswer: HandlersTests.unimplemented("readInstanceAnswer"),
            record: HandlersTests.unimplemented("record"),
            addShared: HandlersTests.unimplemented("addShared"),
            forgetSending: HandlersTests.unimplemented("forgetSending"),
            enqueue: HandlersTests.unimplemented("enqueue"),
            notify: HandlersTests.unimplemented("notify"))
    }
}

extension CampaignControl.Ports {
    static var unimplemented: Self {
        Self(
            pause: HandlersTests.unimplemented("pause"), endPause: HandlersTests.unimplemented("endPause"),
            cancel: HandlersTests.unimplemented("cancel"), requeue: HandlersTests.unimplemented("requeue"),
            now: { 0 })
    }
}

extension ChunkRequeue.Ports {
    static var unimplemented: Self {
        Self(
            readCampaign: HandlersTests.unimplemented("readCampaign"),
            doneChunks: HandlersTests.unimplemented("doneChunks"), enqueue: HandlersTests.unimplemented("enqueue"),
            goOn: HandlersTests.unimplemented("goOn"))
    }
}

extension WebhookAccess.Ports {
    static var unimplemented: Self {
        Self(
            readKey: HandlersTests.unimplemented("readKey"),
            recordKeyUse: HandlersTests.unimplemented("recordKeyUse"), list: HandlersTests.unimplemented("list"),
            write: HandlersTests.unimplemented("write"), delete: HandlersTests.unimplemented("delete"),
            failed: HandlersTests.unimplemented("failed"), enqueue: HandlersTests.unimplemented("enqueue"),
            forget: HandlersTests.unimplemented("forget"), now: { 1_795_348_800 })
    }
}

extension WebhookSending.Ports {
    static var unimplemented: Self {
        Self(
            readWebhook: HandlersTests.unimplemented("readWebhook"), resolve: { _ in [] }, post: { _ in nil },
            retry: HandlersTests.unimplemented("retry"), keep: HandlersTests.unimplemented("keep"),
            now: { 1_795_348_800 })
    }
}

extension WebhookSending {
    static var unimplemented: WebhookSending { WebhookSending(ports: .unimplemented, allowsLoopback: false) }
}

extension WebhookAccess {
    static var unimplemented: WebhookAccess { WebhookAccess(ports: .unimplemented, allowsLoopback: false) }
}

extension UnsubscribeMail.Ports {
    static var unimplemented: Self { Self(unsubscribe: HandlersTests.unimplemented("unsubscribe")) }
}

extension SuppressionAccess.Ports {
    static var unimplemented: Self {
        Self(
            readKey: HandlersTests.unimplemented("readKey"),
            recordKeyUse: HandlersTests.unimplemented("recordKeyUse"), list: HandlersTests.unimplemented("list"),
            listAccount: HandlersTests.unimplemented("listAccount"),
            lift: HandlersTests.unimplemented("lift"), now: { 1_795_348_800 })
    }
}

extension CampaignStart.Ports {
    static var unimplemented: Self {
        Self(
            readOrganizer: HandlersTests.unimplemented("readOrganizer"),
            writeList: HandlersTests.unimplemented("writeList"),
            uploadTarget: { organizer, name, _ in
                Issue.record("unexpected call of uploadTarget")
                return .init(url: "", source: ListSource(bucket: organizer.normalized, prefix: name))
            },
            createCampaign: HandlersTests.unimplemented("createCampaign"),
            enqueueImport: HandlersTests.unimplemented("enqueueImport"), now: { 1_795_348_800 })
    }
}

extension DirectInvitation.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: HandlersTests.unimplemented("readEvent"),
            readOrganizer: HandlersTests.unimplemented("readOrganizer"),
            readPersons: HandlersTests.unimplemented("readPersons"),
            readInvited: HandlersTests.unimplemented("readInvited"), reserve: HandlersTests.unimplemented("reserve"),
            enqueue: HandlersTests.unimplemented("enqueue"), notify: HandlersTests.unimplemented("notify"))
    }
}
