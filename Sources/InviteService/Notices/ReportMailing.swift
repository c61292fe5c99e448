import MailMessage

/// Mails an event's attendees to its organizer, in as many mails as their number takes: each holds one page, and when it
/// is sent the next is queued, so that memory stays the same whatever the length of the list.
package struct ReportMailing: Sendable {
    package struct Ports: Sendable {
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var listAttendees: @Sendable (EventUID, AttendeeCursor, _ limit: Int) async throws -> AttendeePage
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]
        package var wasSent: @Sendable (_ id: String) async throws -> Bool
        package var send: @Sendable (OutgoingInvitation) async throws -> SendResult
        package var enqueue: @Sendable (ReportJob) async throws -> Void
        package var markSent: @Sendable (_ id: String) async throws -> Void
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            listAttendees:
                @escaping @Sendable (EventUID, AttendeeCursor, _ limit: Int) async throws -> AttendeePage,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int],
            wasSent: @escaping @Sendable (_ id: String) async throws -> Bool,
            send: @escaping @Sendable (OutgoingInvitation) async throws -> SendResult,
            enqueue: @escaping @Sendable (ReportJob) async throws -> Void,
            markSent: @escaping @Sendable (_ id: String) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.listAttendees = listAttendees
            self.readCounters = readCounters
            self.wasSent = wasSent
            self.send = send
            self.enqueue = enqueue
            self.markSent = markSent
            self.now = now
        }
    }

    private let ports: Ports
    private let mails: NoticeMail
    private let publicURL: String
    private let rowLimit: Int

    /// - Parameters:
    ///   - publicURL: where the HTTP API answers, without a slash at its end.
    ///   - rowLimit: rows of one mail.
    package init(
        ports: Ports, addresses: MailAddresses, publicURL: String, branding: Branding = .standard,
        rowLimit: Int = AttendeeReport.rowLimit
    ) {
        self.ports = ports
        self.publicURL = publicURL
        self.rowLimit = rowLimit
        mails = NoticeMail(addresses: addresses, branding: branding)
    }

    package func run(_ job: ReportJob) async throws -> OrganizerNotification.Outcome {
        if try await ports.wasSent(job.id) { return .sentBefore }
        guard let event = try await ports.readEvent(job.event) else {
            throw OrganizerNotification.Failure.unknownEvent(job.event)
        }
        let page = try await ports.listAttendees(event.uid, job.cursor, rowLimit)
        let figures = StatisticsSummary(try await ports.readCounters(.event(event.uid)))
        let now = ports.now()
        let text = NoticeText.report(
            event, figures, part: job.part, rows: page.attendees.count, hasMore: page.next != nil,
            publicURL: publicURL)
        switch try await ports.send(
            try mails.message(
                text, to: job.organizer, id: job.id, attachments: [table(page.attendees, part: job.part)], at: now))
        {
        case .sent: break
        case .refused(let reason): return .refusedBySES(reason)
        case .throttled, .quotaExhausted, .accountRefused, .unknown: throw OrganizerNotification.Failure.notAccepted
        }
        // Before the mark: a repeated part is mailed again, a lost one would end the report.
        if let next = page.next {
            var rest = job
            rest.cursor = next
            rest.part += 1
            try await ports.enqueue(rest)
        }
        try await ports.markSent(job.id)
        return .sent
    }

    /// A spreadsheet takes a file for UTF-8 if it begins with a byte order mark.
    private func table(_ attendees: [Attendee], part: Int) -> OutgoingMail.Attachment {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(AttendeeReport.header.utf8)
        for attendee in attendees { bytes += AttendeeReport.row(attendee).utf8 }
        return OutgoingMail.Attachment(
            filename: part == 1 ? "attendees.csv" : "attendees-\(part).csv", contentType: "text/csv; charset=UTF-8",
            bytes: bytes)
    }
}

/// Asks for a report by mail.
package struct ReportOrder: Sendable {
    package struct Ports: Sendable {
        package var enqueue: @Sendable (ReportJob) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            enqueue: @escaping @Sendable (ReportJob) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.enqueue = enqueue
            self.now = now
        }
    }

    private let ports: Ports
    private let access: EventAccess

    package init(ports: Ports, access: EventAccess) {
        self.ports = ports
        self.access = access
    }

    /// - Returns: whom it is mailed to.
    package func report(on uid: String, key: String?) async throws -> EmailAddress {
        let event = try await access.event(uid, key: key)
        try await ports.enqueue(
            ReportJob(
                event: event.uid, organizer: event.organizer, request: "\(event.uid).\(ports.now() / 60)",
                cursor: .start, part: 1))
        return event.organizer
    }
}
