import InviteService
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

let noon: @Sendable () -> Int64 = { 1_795_348_800 }

extension EventRecording.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readCalendar: InviteServiceTests.unimplemented("readCalendar"),
            writeCalendar: InviteServiceTests.unimplemented("writeCalendar"),
            readOrganizer: InviteServiceTests.unimplemented("readOrganizer"),
            createEvent: InviteServiceTests.unimplemented("createEvent"),
            writeEvent: InviteServiceTests.unimplemented("writeEvent"),
            stage: InviteServiceTests.unimplemented("stage"),
            now: noon)
    }
}

extension EventEditing.Ports {
    static var unimplemented: Self {
        Self(
            readKey: InviteServiceTests.unimplemented("readKey"),
            recordKeyUse: InviteServiceTests.unimplemented("recordKeyUse"),
            recording: .unimplemented)
    }
}

extension EventIntake.Ports {
    static var unimplemented: Self {
        Self(
            readMail: InviteServiceTests.unimplemented("readMail"), recording: .unimplemented,
            notify: InviteServiceTests.unimplemented("notify"))
    }
}

extension AttendeeStaging.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            listAttendees: InviteServiceTests.unimplemented("listAttendees"),
            enqueue: InviteServiceTests.unimplemented("enqueue"),
            continueWith: InviteServiceTests.unimplemented("continueWith"),
            recordSpread: InviteServiceTests.unimplemented("recordSpread"))
    }
}

extension ReplyIntake.Ports {
    static var unimplemented: Self {
        Self(
            readMail: InviteServiceTests.unimplemented("readMail"),
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readCalendar: InviteServiceTests.unimplemented("readCalendar"),
            readAttendee: InviteServiceTests.unimplemented("readAttendee"),
            readInstanceAnswer: InviteServiceTests.unimplemented("readInstanceAnswer"),
            record: InviteServiceTests.unimplemented("record"),
            addShared: InviteServiceTests.unimplemented("addShared"),
            forgetSending: InviteServiceTests.unimplemented("forgetSending"),
            enqueue: InviteServiceTests.unimplemented("enqueue"),
            notify: InviteServiceTests.unimplemented("notify"))
    }
}

extension SegmentImport.Ports {
    static var unimplemented: Self {
        Self(
            readCampaign: InviteServiceTests.unimplemented("readCampaign"),
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            listParts: InviteServiceTests.unimplemented("listParts"),
            openPart: InviteServiceTests.unimplemented("openPart"),
            readState: InviteServiceTests.unimplemented("readState"),
            writeState: InviteServiceTests.unimplemented("writeState"),
            readRun: InviteServiceTests.unimplemented("readRun"),
            writeRun: InviteServiceTests.unimplemented("writeRun"),
            readOrganizer: InviteServiceTests.unimplemented("readOrganizer"),
            readPersons: InviteServiceTests.unimplemented("readPersons"),
            readReserved: InviteServiceTests.unimplemented("readReserved"),
            readInvited: InviteServiceTests.unimplemented("readInvited"),
            reserve: InviteServiceTests.unimplemented("reserve"),
            storeChunk: InviteServiceTests.unimplemented("storeChunk"),
            enqueue: InviteServiceTests.unimplemented("enqueue"),
            advance: InviteServiceTests.unimplemented("advance"),
            readDisposableDomains: InviteServiceTests.unimplemented("readDisposableDomains"),
            goOn: InviteServiceTests.unimplemented("goOn"),
            notify: InviteServiceTests.unimplemented("notify"))
    }
}

extension BulkIntake.Ports {
    static var unimplemented: Self {
        Self(
            readMail: InviteServiceTests.unimplemented("readMail"),
            readOrganizer: InviteServiceTests.unimplemented("readOrganizer"),
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readPersons: InviteServiceTests.unimplemented("readPersons"),
            readReserved: InviteServiceTests.unimplemented("readReserved"),
            readInvited: InviteServiceTests.unimplemented("readInvited"),
            writeList: InviteServiceTests.unimplemented("writeList"),
            writeReport: InviteServiceTests.unimplemented("writeReport"),
            createCampaign: InviteServiceTests.unimplemented("createCampaign"),
            enqueueImport: InviteServiceTests.unimplemented("enqueueImport"),
            notify: InviteServiceTests.unimplemented("notify"), now: noon)
    }
}

extension StatisticsAggregation.Ports {
    static var unimplemented: Self {
        Self(
            readCheckpoint: InviteServiceTests.unimplemented("readCheckpoint"),
            commit: InviteServiceTests.unimplemented("commit"))
    }
}

extension OrganizerNotification.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readCalendar: InviteServiceTests.unimplemented("readCalendar"),
            readCampaign: InviteServiceTests.unimplemented("readCampaign"),
            readCounters: InviteServiceTests.unimplemented("readCounters"),
            wasSent: InviteServiceTests.unimplemented("wasSent"),
            readMail: InviteServiceTests.unimplemented("readMail"),
            admitRefusal: InviteServiceTests.unimplemented("admitRefusal"),
            readListReport: InviteServiceTests.unimplemented("readListReport"),
            send: InviteServiceTests.unimplemented("send"), markSent: InviteServiceTests.unimplemented("markSent"),
            now: noon)
    }
}

extension EventAccess.Ports {
    static var unimplemented: Self {
        Self(
            readKey: InviteServiceTests.unimplemented("readKey"),
            recordKeyUse: InviteServiceTests.unimplemented("recordKeyUse"),
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readCounters: InviteServiceTests.unimplemented("readCounters"),
            listAttendees: InviteServiceTests.unimplemented("listAttendees"),
            readAttendee: InviteServiceTests.unimplemented("readAttendee"),
            readAnswers: InviteServiceTests.unimplemented("readAnswers"),
            listCampaigns: InviteServiceTests.unimplemented("listCampaigns"),
            readCampaign: InviteServiceTests.unimplemented("readCampaign"),
            now: noon)
    }
}

extension SingleInvitation.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readCalendar: InviteServiceTests.unimplemented("readCalendar"),
            readOrganizer: InviteServiceTests.unimplemented("readOrganizer"),
            readPersons: InviteServiceTests.unimplemented("readPersons"),
            admit: InviteServiceTests.unimplemented("admit"), reserve: InviteServiceTests.unimplemented("reserve"),
            enqueue: InviteServiceTests.unimplemented("enqueue"), notify: InviteServiceTests.unimplemented("notify"),
            now: noon)
    }
}

extension AttendeeChoice.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: InviteServiceTests.unimplemented("readEvent"),
            readCalendar: InviteServiceTests.unimplemented("readCalendar"),
            record: InviteServiceTests.unimplemented("record"),
            unsubscribe: InviteServiceTests.unimplemented("unsubscribe"),
            resubscribe: InviteServiceTests.unimplemented("resubscribe"),
            block: InviteServiceTests.unimplemented("block"), unblock: InviteServiceTests.unimplemented("unblock"),
            now: noon)
    }
}
