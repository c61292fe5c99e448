import MailMessage

/// Stops a campaign whose list turns out bad, before its bounces and complaints cost the domain its reputation.
package struct CampaignGuard: Sendable {
    package struct Ports: Sendable {
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var readCounters: @Sendable (CounterScope) async throws -> [CounterName: Int]
        /// False when it is paused already.
        package var pause: @Sendable (_ campaign: String, _ reason: String, DeliveryTally) async throws -> Bool
        package var notify: @Sendable (Notice) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            readCounters: @escaping @Sendable (CounterScope) async throws -> [CounterName: Int],
            pause: @escaping @Sendable (_ campaign: String, _ reason: String, DeliveryTally) async throws -> Bool,
            notify: @escaping @Sendable (Notice) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readCampaign = readCampaign
            self.readCounters = readCounters
            self.pause = pause
            self.notify = notify
            self.now = now
        }
    }

    package struct Policy: Sendable {
        /// Mails below which a rate says nothing.
        package var leastSent: Int
        /// Percent of the mails sent.
        package var bounceLimit: Double
        package var complaintLimit: Double
        /// Told beside the organizer.
        package var owner: EmailAddress?

        package init(leastSent: Int, bounceLimit: Double, complaintLimit: Double, owner: EmailAddress?) {
            self.leastSent = leastSent
            self.bounceLimit = bounceLimit
            self.complaintLimit = complaintLimit
            self.owner = owner
        }

        /// Why sending has to stop; nil when it may go on.
        func objection(to tally: DeliveryTally) -> String? {
            let (sent, bounced, complained) = (tally.sent, tally.bounced, tally.complained)
            guard sent >= leastSent, sent > 0 else { return nil }
            func exceeds(_ count: Int, _ limit: Double) -> Bool { Double(count) * 100 > limit * Double(sent) }
            if exceeds(bounced, bounceLimit) {
                return "\(bounced) of \(sent) mails bounced, which is more than \(Self.text(bounceLimit)) %."
            }
            // A single complaint is no rate.
            if complained > 1, exceeds(complained, complaintLimit) {
                return "\(complained) of \(sent) mails were reported as unwanted, which is more than "
                    + "\(Self.text(complaintLimit)) %."
            }
            return nil
        }

        private static func text(_ percent: Double) -> String {
            percent == percent.rounded() ? String(Int(percent)) : String(percent)
        }
    }

    package enum Outcome: Sendable, Equatable {
        case goesOn
        case paused(reason: String)
        /// It was before, it is over, or there is no such campaign.
        case nothingToPause
    }

    private let ports: Ports
    private let policy: Policy

    package init(ports: Ports, policy: Policy) {
        self.ports = ports
        self.policy = policy
    }

    package func check(_ id: String) async throws -> Outcome {
        guard let campaign = try await ports.readCampaign(id), campaign.pause == nil,
            ![.failed, .cancelled].contains(campaign.status)
        else {
            return .nothingToPause
        }
        let counters = try await ports.readCounters(.campaign(id))
        let progress = CampaignProgress(campaign: campaign, counters: counters, now: ports.now())
        guard progress.status != "finished" else { return .nothingToPause }
        let tally = DeliveryTally(counters)
        guard let reason = policy.objection(to: tally.since(campaign.judged)) else { return .goesOn }
        // First the word, then the deed: whatever breaks off in between is repeated, and the notices are sent once.
        var recipients = [campaign.organizer]
        if let owner = policy.owner, owner != campaign.organizer { recipients.append(owner) }
        for (index, recipient) in recipients.enumerated() {
            try await ports.notify(
                Notice(
                    kind: .campaignPaused(campaign.event, campaign: id, reason: reason), organizer: recipient,
                    message: "\(id).\(campaign.pauses).\(index)", subject: nil, inReplyTo: nil))
        }
        return try await ports.pause(id, reason, tally) ? .paused(reason: reason) : .nothingToPause
    }
}
