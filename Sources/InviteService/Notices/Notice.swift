import JSON
import MailMessage
import Scheduling

/// A message of the notice queue: something an organizer is told by mail.
package struct Notice: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// `invited` when the server's address was an attendee, whose acceptance the organizer's calendar waits for.
        case created(EventUID, invited: Bool)
        /// The server takes a changed event, as its organizer's calendar asked it to.
        case accepted(EventUID)
        case refused(RefusalReason)
        /// The organizer has a subscriber's limits now; `message` is the order's id.
        case enrolled
        /// A campaign was stopped because of what became of its mails; `message` tells one stop from another.
        case campaignPaused(EventUID, campaign: String, reason: String)
        /// All of a campaign's recipients were dealt with.
        case campaignFinished(EventUID, campaign: String)
        /// An attendee would rather have another time.
        case proposed(EventUID, ProposedTime)
        /// A campaign's list could not be used; `message` is the campaign's id.
        case listFailed(EventUID, reason: String)
        /// A list came by mail; its rows' report is stored under `message`.
        case listTaken(ListReceipt)
        /// A mail to the address for lists held none that can be used.
        case listRefused(RefusalReason)
        /// Somebody who is not proven to be the organizer would have changed the event; days since 1970.
        case unprovenChange(EventUID, day: Int64)
        /// An attendee wrote words where only calendars' answers are read; the link is their `AttendeeLink`. The notice is
        /// theirs, not the organizer's.
        case unread(EventUID, link: String)
        /// As many were invited to the event as may be.
        case limitReached(EventUID, limit: Int)
    }

    package var kind: Kind
    package var organizer: EmailAddress
    /// SES message id of the mail this answers; with the kind it makes the notice unique.
    package var message: String
    /// Subject and Message-ID of that mail, to thread the answer.
    package var subject: String?
    package var inReplyTo: String?

    package init(kind: Kind, organizer: EmailAddress, message: String, subject: String?, inReplyTo: String?) {
        self.kind = kind
        self.organizer = organizer
        self.message = message
        self.subject = subject
        self.inReplyTo = inReplyTo
    }

    /// Answers no mail, and is sent once for each limit.
    static func limitReached(_ event: Event, limit: Int) -> Notice {
        Notice(
            kind: .limitReached(event.uid, limit: limit), organizer: event.organizer, message: event.uid.description,
            subject: nil, inReplyTo: nil)
    }

    /// The same for every delivery of the same notice.
    package var id: String {
        switch kind {
        case .created: "created.\(message)"
        case .accepted: "accepted.\(message)"
        case .refused: "refused.\(message)"
        case .enrolled: "enrolled.\(message)"
        case .campaignPaused: "paused.\(message)"
        case .campaignFinished(_, let campaign): "finished.\(campaign)"
        case .proposed: "proposed.\(message)"
        case .listFailed: "list-failed.\(message)"
        case .listTaken, .listRefused: "list.\(message)"
        case .unprovenChange(let event, let day): "unproven.\(event).\(day)"
        case .unread: "unread.\(message)"
        case .limitReached(let event, let limit): "limit.\(event).\(limit)"
        }
    }

    package var json: JSON {
        var object: JSONObject = ["organizer": .string(organizer.description), "message": .string(message)]
        object["subject"] = subject.map { .string($0) }
        object["in_reply_to"] = inReplyTo.map { .string($0) }
        switch kind {
        case .created(let event, let invited):
            object["created"] = .string(event.description)
            object["invited"] = .bool(invited)
        case .accepted(let event): object["accepted"] = .string(event.description)
        case .limitReached(let event, let limit):
            object["full"] = .string(event.description)
            object["limit"] = .int(limit)
        case .unprovenChange(let event, let day):
            object["unproven"] = .string(event.description)
            object["day"] = .int(day)
        case .unread(let event, let link):
            object["unread"] = ["event": .string(event.description), "link": .string(link)]
        case .refused(let reason):
            object["refused"] = ["code": .string(reason.code), "explanation": .string(reason.explanation)]
        case .enrolled: object["enrolled"] = true
        case .campaignPaused(let event, let campaign, let reason):
            object["campaign_paused"] = [
                "event": .string(event.description), "campaign": .string(campaign), "reason": .string(reason),
            ]
        case .campaignFinished(let event, let campaign):
            object["campaign_finished"] = ["event": .string(event.description), "campaign": .string(campaign)]
        case .proposed(let event, let proposed):
            object["proposed"] = .string(event.description)
            object["time"] = proposed.json
        case .listFailed(let event, let reason):
            object["list_failed"] = ["event": .string(event.description), "reason": .string(reason)]
        case .listTaken(let receipt): object["list_taken"] = receipt.json
        case .listRefused(let reason):
            object["list_refused"] = ["code": .string(reason.code), "explanation": .string(reason.explanation)]
        }
        return .object(object)
    }

    package init(json: JSON) throws(MessageError) {
        guard let organizer = json["organizer"]?.string.flatMap({ EmailAddress($0) }),
            let message = json["message"]?.string
        else { throw MessageError(queue: "notice", body: json) }
        if let event = json["created"]?.string.flatMap({ EventUID($0) }) {
            kind = .created(event, invited: json["invited"]?.bool ?? false)
        } else if let event = json["accepted"]?.string.flatMap({ EventUID($0) }) {
            kind = .accepted(event)
        } else if let event = json["unproven"]?.string.flatMap({ EventUID($0) }), let day = json["day"]?.int {
            kind = .unprovenChange(event, day: Int64(day))
        } else if let event = json["full"]?.string.flatMap({ EventUID($0) }), let limit = json["limit"]?.int {
            kind = .limitReached(event, limit: limit)
        } else if let unread = json["unread"], let event = unread["event"]?.string.flatMap({ EventUID($0) }),
            let link = unread["link"]?.string
        {
            kind = .unread(event, link: link)
        } else if let code = json["refused"]?["code"]?.string {
            kind = .refused(RefusalReason(code: code, explanation: json["refused"]?["explanation"]?.string ?? ""))
        } else if json["enrolled"] == true {
            kind = .enrolled
        } else if let paused = json["campaign_paused"], let event = paused["event"]?.string.flatMap({ EventUID($0) }),
            let campaign = paused["campaign"]?.string
        {
            kind = .campaignPaused(event, campaign: campaign, reason: paused["reason"]?.string ?? "")
        } else if let finished = json["campaign_finished"],
            let event = finished["event"]?.string.flatMap({ EventUID($0) }), let campaign = finished["campaign"]?.string
        {
            kind = .campaignFinished(event, campaign: campaign)
        } else if let event = json["proposed"]?.string.flatMap({ EventUID($0) }), let time = json["time"],
            let proposed = ProposedTime(json: time)
        {
            kind = .proposed(event, proposed)
        } else if let failed = json["list_failed"], let event = failed["event"]?.string.flatMap({ EventUID($0) }) {
            kind = .listFailed(event, reason: failed["reason"]?.string ?? "")
        } else if let taken = json["list_taken"] {
            kind = .listTaken(ListReceipt(json: taken))
        } else if let refused = json["list_refused"], let code = refused["code"]?.string {
            kind = .listRefused(RefusalReason(code: code, explanation: refused["explanation"]?.string ?? ""))
        } else {
            throw MessageError(queue: "notice", body: json)
        }
        self.organizer = organizer
        self.message = message
        subject = json["subject"]?.string
        inReplyTo = json["in_reply_to"]?.string
    }
}
