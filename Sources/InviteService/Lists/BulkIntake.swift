import Audience
import MailMessage
import SigV4

/// Takes lists that organizers send by mail: each row is checked and answered for, and the accepted ones are imported.
///
/// Everything is named after the mail, so a mail that is delivered again makes the same campaigns and the same answer.
package struct BulkIntake: Sendable {
    package struct Ports: Sendable {
        /// The message that SES stored; nil when it is not there.
        package var readMail: @Sendable (_ messageID: String) async throws -> [UInt8]?
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        /// People counted against the event's limit so far.
        package var readReserved: @Sendable (EventUID) async throws -> Int
        /// Which of at most 100 people were invited before, and count no more.
        package var readInvited: @Sendable (EventUID, [EmailAddress]) async throws -> Set<EmailAddress>
        /// Stores a list of the organizer's under a name; returns where.
        package var writeList: @Sendable (EmailAddress, _ name: String, [UInt8]) async throws -> ListSource
        /// Stores the rows' report, for the answer.
        package var writeReport: @Sendable (_ messageID: String, [UInt8]) async throws -> Void
        /// Makes the campaign unless there is one of its id; returns what is there.
        package var createCampaign: @Sendable (Campaign) async throws -> Campaign
        package var enqueueImport: @Sendable (ImportJob) async throws -> Void
        package var notify: @Sendable (Notice) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readMail: @escaping @Sendable (_ messageID: String) async throws -> [UInt8]?,
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            readReserved: @escaping @Sendable (EventUID) async throws -> Int,
            readInvited: @escaping @Sendable (EventUID, [EmailAddress]) async throws -> Set<EmailAddress>,
            writeList: @escaping @Sendable (EmailAddress, _ name: String, [UInt8]) async throws -> ListSource,
            writeReport: @escaping @Sendable (_ messageID: String, [UInt8]) async throws -> Void,
            createCampaign: @escaping @Sendable (Campaign) async throws -> Campaign,
            enqueueImport: @escaping @Sendable (ImportJob) async throws -> Void,
            notify: @escaping @Sendable (Notice) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readMail = readMail
            self.readOrganizer = readOrganizer
            self.readEvent = readEvent
            self.readPersons = readPersons
            self.readReserved = readReserved
            self.readInvited = readInvited
            self.writeList = writeList
            self.writeReport = writeReport
            self.createCampaign = createCampaign
            self.enqueueImport = enqueueImport
            self.notify = notify
            self.now = now
        }
    }

    package enum Outcome: Sendable, Equatable {
        case taken(accepted: Int, rejected: Int)
        case refused(code: String)
        /// Not answered, because the sender is not proven or the mail is harmful or automatic.
        case ignored(reason: String)
    }

    package enum Failure: Error, Sendable, Equatable {
        case mailNotStored(messageID: String)
    }

    private let ports: Ports
    private let inviteLimit: Int

    /// - Parameter inviteLimit: people one event may invite where nothing else was settled for its organizer.
    package init(ports: Ports, inviteLimit: Int) {
        self.ports = ports
        self.inviteLimit = inviteLimit
    }

    /// - Parameter recipients: the addresses SES took the mail for; `bulk+<uid>@` names the event.
    package func receive(
        messageID: String, recipients: [String], verdicts: SenderAuthentication.Verdicts
    ) async throws -> Outcome {
        guard let bytes = try await ports.readMail(messageID) else {
            throw Failure.mailNotStored(messageID: messageID)
        }
        let mail = MailParser.parse(bytes)
        switch SenderAuthentication.of(mail, verdicts: verdicts) {
        case .harmful: return .ignored(reason: "spam or virus")
        case .unproven: return .ignored(reason: "sender not authenticated")
        case .authenticated(let organizer):
            guard !mail.isAutomatic else { return .ignored(reason: "automatic mail") }
            return try await receive(mail, from: organizer, recipients: recipients, messageID: messageID)
        }
    }

    private func receive(
        _ mail: ParsedMail, from organizer: EmailAddress, recipients: [String], messageID: String
    ) async throws -> Outcome {
        func notify(_ kind: Notice.Kind) async throws {
            try await ports.notify(
                Notice(
                    kind: kind, organizer: organizer, message: messageID, subject: mail.subject?.cut(toUTF8: 500),
                    inReplyTo: mail.messageID.flatMap { $0.utf8.count <= 500 ? $0 : nil }))
        }
        func refuse(_ reason: RefusalReason) async throws -> Outcome {
            try await notify(.listRefused(reason))
            return .refused(code: reason.code)
        }
        let profile = try await ports.readOrganizer(organizer)
        if profile?.isSuspended == true { return try await refuse(.suspended) }
        guard profile?.mayBulk == true else { return try await refuse(.listsNotAllowed) }
        let files = mail.attachedFiles.filter(\.mayBeList)
        guard !files.isEmpty else { return try await refuse(.noList) }
        var list = BulkList(files, standard: Self.event(of: mail, recipients: recipients))
        if list.isTooLong { return try await refuse(.listTooLong) }
        guard !list.rows.isEmpty else { return try await refuse(.emptyList) }

        var events: [EventUID: Event] = [:]
        for uid in list.events {
            // What does not exist and what belongs to somebody else are not told apart.
            guard let event = try await ports.readEvent(uid), event.organizer == organizer else {
                list.reject(event: uid, "you have no event of that UID")
                continue
            }
            if event.status == .cancelled { list.reject(event: uid, "the event was cancelled") }
            events[uid] = event
        }
        list.rejectDuplicates()
        try await rejectRefusing(&list, organizer: organizer)
        let limit = profile?.inviteLimit ?? inviteLimit
        for uid in list.events { try await rejectSurplus(&list, of: uid, limit: limit) }

        var started: [ListReceipt.Started] = []
        for uid in list.events {
            guard let event = events[uid] else { continue }
            let campaign = try await start(list.recipients(of: uid), for: event, mail, messageID: messageID)
            started.append(
                ListReceipt.Started(
                    event: uid, summary: event.summary.cut(toUTF8: 200), campaign: campaign,
                    recipients: list.recipients(of: uid).count))
        }
        try await ports.writeReport(messageID, list.report)
        let accepted = list.acceptedCount
        try await notify(
            .listTaken(
                ListReceipt(accepted: accepted, rejected: list.rows.count - accepted, campaigns: started)))
        return .taken(accepted: accepted, rejected: list.rows.count - accepted)
    }

    private func rejectRefusing(_ list: inout BulkList, organizer: EmailAddress) async throws {
        let addresses = list.events.flatMap { list.recipients(of: $0).map(\.address) }
        var persons: [EmailAddress: Person] = [:]
        for thousand in addresses.pieces(of: 1000) {
            let hundreds = thousand.pieces(of: 100).map { Array(Set($0)) }
            let ports = ports
            try await withThrowingTaskGroup(of: [EmailAddress: Person].self) { tasks in
                for hundred in hundreds { tasks.addTask { try await ports.readPersons(hundred) } }
                for try await found in tasks { persons.merge(found) { $1 } }
            }
        }
        list.rejectRefusing(persons, organizer: organizer)
    }

    /// Rejects those for whom there is no room now. The import is what counts them, and may find less.
    private func rejectSurplus(_ list: inout BulkList, of uid: EventUID, limit: Int) async throws {
        let reserved = try await ports.readReserved(uid)
        let addresses = list.recipients(of: uid).map(\.address)
        guard reserved + addresses.count > limit else { return }
        var invited: Set<EmailAddress> = []
        if reserved > 0 {
            for hundred in addresses.pieces(of: 100) {
                invited.formUnion(try await ports.readInvited(uid, hundred))
            }
        }
        list.rejectSurplus(of: uid, room: max(0, limit - reserved), invited: invited, limit: limit)
    }

    private func start(
        _ recipients: [Recipient], for event: Event, _ mail: ParsedMail, messageID: String
    ) async throws -> String {
        let id = Campaign.id(derivedFrom: ["mail", messageID, event.uid.description])
        let source = try await ports.writeList(event.organizer, "mail/\(id).jsonl", RecipientList.encode(recipients))
        let campaign = try await ports.createCampaign(
            Campaign(
                id: id, event: event.uid, organizer: event.organizer, domain: event.domain, origin: .bulk,
                source: source, status: .importing, created: ports.now(),
                consent: "as stated by the organizer, who sent the list by mail"))
        if campaign.status == .importing { try await ports.enqueueImport(ImportJob(campaign: id)) }
        return id
    }

    /// The event the mail as a whole is about: by the address it was sent to, its subject, or its text.
    private static func event(of mail: ParsedMail, recipients: [String]) -> EventUID? {
        for recipient in recipients {
            if let detail = MailAddresses.detail(of: recipient), let uid = EventUID(detail) { return uid }
        }
        return [mail.subject, mail.textBody].compactMap { $0.flatMap(EventUID.first) }.first
    }
}

extension AttachedFile {
    /// Whether the sender can have meant it as a list. What is no list after all is answered with what to send instead.
    fileprivate var mayBeList: Bool {
        let name = filename?.lowercased() ?? ""
        if [".ics", ".vcf", ".html", ".htm", ".p7s", ".asc"].contains(where: name.hasSuffix) { return false }
        let kind = mediaType.split(separator: "/").first ?? ""
        if ["image", "audio", "video", "message", "multipart"].contains(kind) { return false }
        return ![
            "text/calendar", "text/html", "text/vcard", "application/ics", "application/pkcs7-signature",
            "application/pgp-signature", "application/pgp-keys",
        ].contains(mediaType)
    }
}
