import MailMessage
import Scheduling

/// Mails organizers what happened, each notice once.
package struct OrganizerNotification: Sendable {
    package struct Ports: Sendable {
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]
        package var wasSent: @Sendable (_ noticeID: String) async throws -> Bool
        /// The message that SES stored; nil when it is not there any more.
        package var readMail: @Sendable (_ messageID: String) async throws -> [UInt8]?
        /// Counts a refusal or proposal mailed to this organizer in this hour; false when that was one too many.
        package var admitRefusal: @Sendable (_ organizer: EmailAddress, _ hour: Int64) async throws -> Bool
        /// The rows' report of a list that came by mail.
        package var readListReport: @Sendable (_ messageID: String) async throws -> [UInt8]
        package var send: @Sendable (OutgoingInvitation) async throws -> SendResult
        package var markSent: @Sendable (_ noticeID: String) async throws -> Void
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int],
            wasSent: @escaping @Sendable (_ noticeID: String) async throws -> Bool,
            readMail: @escaping @Sendable (_ messageID: String) async throws -> [UInt8]?,
            admitRefusal: @escaping @Sendable (_ organizer: EmailAddress, _ hour: Int64) async throws -> Bool,
            readListReport: @escaping @Sendable (_ messageID: String) async throws -> [UInt8],
            send: @escaping @Sendable (OutgoingInvitation) async throws -> SendResult,
            markSent: @escaping @Sendable (_ noticeID: String) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.readCampaign = readCampaign
            self.readCounters = readCounters
            self.wasSent = wasSent
            self.readMail = readMail
            self.admitRefusal = admitRefusal
            self.readListReport = readListReport
            self.send = send
            self.markSent = markSent
            self.now = now
        }
    }

    package enum Outcome: Sendable, Equatable {
        case sent
        case sentBefore
        /// More refusals or proposals this hour than anybody can use: something at their end repeats itself.
        case tooMany
        case refusedBySES(String)
    }

    package enum Failure: Error, Sendable, Equatable {
        case notAccepted
        case unknownEvent(EventUID)
        case unknownCampaign(String)
        case unusableDomain
    }

    private let ports: Ports
    private let addresses: MailAddresses
    /// Where the API answers, without a slash at its end.
    private let publicURL: String
    private let branding: Branding

    package init(ports: Ports, addresses: MailAddresses, publicURL: String, branding: Branding = .standard) {
        self.branding = branding
        self.ports = ports
        self.addresses = addresses
        self.publicURL = publicURL
    }

    package func run(_ notice: Notice) async throws -> Outcome {
        if try await ports.wasSent(notice.id) { return .sentBefore }
        let now = ports.now()
        var mails: [OutgoingInvitation] = []
        switch notice.kind {
        case .created(let uid, let invited):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            if invited { mails.append(try acceptance(of: event, at: now)) }
            let when = EventDescription(event: event, calendar: try await ports.readCalendar(event)).when
            let text = NoticeText.created(event, when: when, publicURL: publicURL)
            mails.append(try mail(text, answering: notice, at: now))
        case .enrolled:
            mails.append(
                try mail(NoticeText.enrolled(addresses.create, order: notice.message), answering: notice, at: now))
        case .campaignFinished(let uid, let id):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            guard let campaign = try await ports.readCampaign(id) else { throw Failure.unknownCampaign(id) }
            let progress = CampaignProgress(
                campaign: campaign, counters: try await ports.readCounters(.campaign(id)), now: now)
            let text = NoticeText.campaignFinished(event, progress, publicURL: publicURL)
            mails.append(try mail(text, answering: notice, at: now))
        case .campaignPaused(let uid, let campaign, let reason):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            let text = NoticeText.campaignPaused(event, campaign: campaign, reason: reason, publicURL: publicURL)
            mails.append(try mail(text, answering: notice, at: now))
        case .listFailed(let uid, let reason):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            let text = NoticeText.listFailed(
                event, campaign: notice.message, reason: reason, publicURL: publicURL)
            mails.append(try mail(text, answering: notice, at: now))
        case .listTaken(let receipt):
            let report = OutgoingMail.Attachment(
                filename: "result.csv", contentType: "text/csv; charset=utf-8",
                bytes: try await ports.readListReport(notice.message))
            let text = NoticeText.listTaken(receipt, subject: notice.subject, publicURL: publicURL)
            mails.append(try mail(text, answering: notice, attachments: [report], at: now))
        case .listRefused(let reason):
            guard try await ports.admitRefusal(notice.organizer, now / 3600) else { return .tooMany }
            mails.append(try mail(NoticeText.listRefused(reason, subject: notice.subject), answering: notice, at: now))
        case .accepted(let uid):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            mails.append(try acceptance(of: event, at: now))
        case .refused(let reason):
            guard try await ports.admitRefusal(notice.organizer, now / 3600) else { return .tooMany }
            let original = try await ports.readMail(notice.message)
            let text = NoticeText.refused(reason, subject: notice.subject)
            mails.append(try mail(text, answering: notice, original: original, at: now))
        case .proposed(let uid, let proposed):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            // A large audience can propose more than anybody reads in an hour; the API shows them all.
            guard try await ports.admitRefusal(notice.organizer, now / 3600) else { return .tooMany }
            mails.append(
                try mail(NoticeText.proposed(proposed, for: event, publicURL: publicURL), answering: notice, at: now))
        case .unread(let uid, let link):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            guard try await ports.admitRefusal(notice.organizer, now / 3600) else { return .tooMany }
            let text = NoticeText.unread(event, link: link, PublicLinks(url: publicURL))
            mails.append(try mail(text, answering: notice, at: now))
        case .limitReached(let uid, let limit):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            let text = NoticeText.limitReached(event, limit: limit, publicURL: publicURL)
            mails.append(try mail(text, answering: notice, at: now))
        case .unprovenChange(let uid, _):
            guard let event = try await ports.readEvent(uid) else { throw Failure.unknownEvent(uid) }
            guard try await ports.admitRefusal(notice.organizer, now / 3600) else { return .tooMany }
            // Not the mail itself: it may be anybody's.
            var alone = notice
            alone.inReplyTo = nil
            let text = NoticeText.unprovenChange(event, subject: notice.subject)
            mails.append(try mail(text, answering: alone, at: now))
        }
        for mail in mails {
            switch try await ports.send(mail) {
            case .sent: continue
            case .refused(let reason): return .refusedBySES(reason)
            case .throttled, .quotaExhausted, .accountRefused, .unknown: throw Failure.notAccepted
            }
        }
        try await ports.markSent(notice.id)
        return .sent
    }

    /// Larger mails are not sent back with an answer.
    private static let originalLimit = 4 << 20

    private func mail(
        _ text: NoticeText, answering notice: Notice, attachments: [OutgoingMail.Attachment] = [],
        original: [UInt8]? = nil, at now: Int64
    ) throws -> OutgoingInvitation {
        try NoticeMail(addresses: addresses, branding: branding).message(
            text, to: notice.organizer, id: notice.id, inReplyTo: notice.inReplyTo, attachments: attachments,
            original: original.flatMap { $0.count <= Self.originalLimit ? $0 : nil }, at: now)
    }

    private func acceptance(of event: Event, at now: Int64) throws -> OutgoingInvitation {
        guard let sender = EmailAddress(addresses.create) else { throw Failure.unusableDomain }
        let calendar = AcceptingReply.bytes(
            uid: event.clientUID, organizer: event.originalOrganizer, attendee: addresses.create,
            sequence: event.sourceSequence, summary: event.summary, stamp: now)
        let text = "This event was taken by the calendar invite server.\n"
        var mail = OutgoingMail(
            from: Mailbox(name: branding.name, address: sender), to: Mailbox(address: event.organizer),
            subject: "Accepted: \(event.summary)", date: Int(now), body: PreparedBody(plain: text, html: nil))
        mail.messageID = "<accepted.\(event.uid).\(event.revision)@\(addresses.domain)>"
        mail.extraHeaders.append(("Auto-Submitted", "auto-replied"))
        mail.calendar = OutgoingMail.CalendarContent(method: Method.reply.rawValue, bytes: calendar)
        mail.boundarySeed = BoundarySeed.of("accepted.\(event.uid)")
        return OutgoingInvitation(
            to: event.organizer, from: addresses.create, message: mail.bytes(), tags: [("notice", "accepted")])
    }
}
