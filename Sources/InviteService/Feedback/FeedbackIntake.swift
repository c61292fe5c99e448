import MailMessage

/// Takes what SES reports about sent mail to the attendee's record and, where the address is no good, to the person's.
///
/// Every step may be repeated and come in any order: outcomes are ordered among themselves, suppression is set once.
package struct FeedbackIntake: Sendable {
    package struct Ports: Sendable {
        /// Writes the outcome if it stands above the stored one; false when it does not, or there is no such attendee.
        package var recordOutcome: @Sendable (EventUID, EmailAddress, DeliveryOutcome) async throws -> Bool
        /// Keeps the first time.
        package var recordOpening: @Sendable (EventUID, EmailAddress, _ at: Int64) async throws -> Void
        /// Does nothing when the suppression was lifted after what it is for.
        package var suppress: @Sendable (Suppression) async throws -> Void
        /// Adds an epoch day to those on which mail to the address bounced, and returns them all.
        package var addSoftBounce: @Sendable (EmailAddress, _ day: Int) async throws -> [Int]
        package var forgetSoftBounces: @Sendable (EmailAddress, _ days: [Int]) async throws -> Void
        package var unsubscribe: @Sendable (EmailAddress, _ at: Int64) async throws -> Void
        /// Has a campaign's rates checked once they are counted.
        package var scheduleCheck: @Sendable (_ campaign: String) async throws -> Void

        package init(
            recordOutcome: @escaping @Sendable (EventUID, EmailAddress, DeliveryOutcome) async throws -> Bool,
            recordOpening: @escaping @Sendable (EventUID, EmailAddress, _ at: Int64) async throws -> Void,
            suppress: @escaping @Sendable (Suppression) async throws -> Void,
            addSoftBounce: @escaping @Sendable (EmailAddress, _ day: Int) async throws -> [Int],
            forgetSoftBounces: @escaping @Sendable (EmailAddress, _ days: [Int]) async throws -> Void,
            unsubscribe: @escaping @Sendable (EmailAddress, _ at: Int64) async throws -> Void,
            scheduleCheck: @escaping @Sendable (_ campaign: String) async throws -> Void
        ) {
            self.recordOutcome = recordOutcome
            self.recordOpening = recordOpening
            self.suppress = suppress
            self.addSoftBounce = addSoftBounce
            self.forgetSoftBounces = forgetSoftBounces
            self.unsubscribe = unsubscribe
            self.scheduleCheck = scheduleCheck
        }
    }

    package enum Outcome: Sendable, Equatable {
        case recorded(Delivery)
        /// What is stored stands above it, or the mail was about no event.
        case nothingNew
        case opened
        case unsubscribed
        case ignored
    }

    private let ports: Ports
    private let softBounces: SoftBouncePolicy

    package init(ports: Ports, softBounces: SoftBouncePolicy) {
        self.ports = ports
        self.softBounces = softBounces
    }

    package func run(_ feedback: SendFeedback) async throws -> Outcome {
        switch feedback.kind {
        case .none: return .ignored
        case .delivered: return try await record(.delivered, of: feedback)
        case .rejected: return try await record(.failed, of: feedback)
        case .complained:
            try await ports.suppress(
                Suppression(address: feedback.recipient, reason: .complaint, since: feedback.time))
            return try await recordTrouble(.complained, of: feedback)
        case .bounced(let bounce):
            try await judge(bounce, feedback)
            return try await recordTrouble(.bounced, of: feedback, detail: bounce.detail)
        case .opened:
            guard let event = feedback.event else { return .ignored }
            try await ports.recordOpening(event, feedback.recipient, feedback.time)
            return .opened
        case .unsubscribed:
            try await ports.unsubscribe(feedback.recipient, feedback.time)
            return .unsubscribed
        }
    }

    private func judge(_ bounce: SendFeedback.Bounce, _ feedback: SendFeedback) async throws {
        var suppression = Suppression(address: feedback.recipient, reason: .bounce, since: feedback.time)
        switch bounce.weight {
        case .content: return
        case .permanent: break
        case .listed: suppression.reason = .accountList
        case .transient:
            let day = Int(feedback.time / 86_400)
            let days = try await ports.addSoftBounce(feedback.recipient, day)
            let (isExceeded, outdated) = softBounces.judge(days, latest: day)
            if !outdated.isEmpty { try await ports.forgetSoftBounces(feedback.recipient, outdated) }
            guard isExceeded else { return }
            suppression.reason = .softBounces
        }
        try await ports.suppress(suppression)
    }

    /// Bounces and complaints count against their campaign.
    private func recordTrouble(
        _ delivery: Delivery, of feedback: SendFeedback, detail: String? = nil
    ) async throws -> Outcome {
        let outcome = try await record(delivery, of: feedback, detail: detail)
        if let campaign = feedback.campaign { try await ports.scheduleCheck(campaign) }
        return outcome
    }

    private func record(
        _ delivery: Delivery, of feedback: SendFeedback, detail: String? = nil
    ) async throws -> Outcome {
        guard let event = feedback.event else { return .nothingNew }
        let outcome = DeliveryOutcome(
            delivery: delivery, revision: feedback.revision, detail: detail, time: feedback.time)
        let isRecorded = try await ports.recordOutcome(event, feedback.recipient, outcome)
        return isRecorded ? .recorded(delivery) : .nothingNew
    }
}
