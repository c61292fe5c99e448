import Audience
import MailMessage

extension InvitationSending {
    package struct Ports: Sendable {
        /// Strongly consistent; what somebody answered to single dates, by their original start in epoch seconds.
        package typealias DateAnswers =
            @Sendable (EventUID, EmailAddress, _ dates: [Int64]) async throws -> [Int64: ReplyIntake.InstanceAnswer]

        /// Strongly consistent.
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var readCalendar: @Sendable (Event) async throws -> [UInt8]
        /// Strongly consistent.
        package var readHeads: @Sendable (_ organizer: EmailAddress, _ campaign: String?) async throws -> Heads
        package var readChunk: @Sendable (_ campaign: String, _ number: Int) async throws -> [Recipient]
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        /// Strongly consistent; without those who have no record.
        package var readStandings: @Sendable (EventUID, [EmailAddress]) async throws -> [EmailAddress: Standing]
        package var readDateAnswers: DateAnswers
        package var claim: @Sendable (Claim) async throws -> ClaimResult
        /// Makes an answer to an earlier time of the event none, for somebody who is not mailed.
        package var forgetAnswer: @Sendable (Event, EmailAddress) async throws -> Void
        /// Ends early enough before the deadline for what is left to be put back.
        package var send: @Sendable (OutgoingInvitation) async throws -> SendResult
        package var recordSent: @Sendable (Claim, _ messageID: String, _ at: Int64) async throws -> Void
        package var recordFailed: @Sendable (Claim, _ reason: String) async throws -> Void
        /// Gives a claim back before anything was sent; whoever it made a campaign's is no longer.
        package var release: @Sendable (Claim, _ before: Standing) async throws -> Void
        /// Stops a campaign until somebody resumes it.
        package var pause: @Sendable (_ campaign: String, _ reason: String) async throws -> Void
        package var enqueue: @Sendable (SendJob, _ delay: Duration) async throws -> Void
        package var markDone: @Sendable (FinishedChunk) async throws -> Void
        /// Waits until the SES sending rate allows one more message; false at once when that is later than the given time.
        package var waitForTurn: @Sendable (_ latest: ContinuousClock.Instant) async throws -> Bool
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            readCalendar: @escaping @Sendable (Event) async throws -> [UInt8],
            readHeads: @escaping @Sendable (_ organizer: EmailAddress, _ campaign: String?) async throws -> Heads,
            readChunk: @escaping @Sendable (_ campaign: String, _ number: Int) async throws -> [Recipient],
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            readStandings: @escaping @Sendable (EventUID, [EmailAddress]) async throws -> [EmailAddress: Standing],
            readDateAnswers: @escaping DateAnswers,
            claim: @escaping @Sendable (Claim) async throws -> ClaimResult,
            forgetAnswer: @escaping @Sendable (Event, EmailAddress) async throws -> Void,
            send: @escaping @Sendable (OutgoingInvitation) async throws -> SendResult,
            recordSent: @escaping @Sendable (Claim, _ messageID: String, _ at: Int64) async throws -> Void,
            recordFailed: @escaping @Sendable (Claim, _ reason: String) async throws -> Void,
            release: @escaping @Sendable (Claim, _ before: Standing) async throws -> Void,
            pause: @escaping @Sendable (_ campaign: String, _ reason: String) async throws -> Void,
            enqueue: @escaping @Sendable (SendJob, _ delay: Duration) async throws -> Void,
            markDone: @escaping @Sendable (FinishedChunk) async throws -> Void,
            waitForTurn: @escaping @Sendable (_ latest: ContinuousClock.Instant) async throws -> Bool,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readEvent = readEvent
            self.readCalendar = readCalendar
            self.readHeads = readHeads
            self.readChunk = readChunk
            self.readPersons = readPersons
            self.readStandings = readStandings
            self.readDateAnswers = readDateAnswers
            self.claim = claim
            self.forgetAnswer = forgetAnswer
            self.send = send
            self.recordSent = recordSent
            self.recordFailed = recordFailed
            self.release = release
            self.pause = pause
            self.enqueue = enqueue
            self.markDone = markDone
            self.waitForTurn = waitForTurn
            self.now = now
        }
    }

    /// What is known of those on whose account a mail is sent.
    package struct Heads: Sendable {
        /// nil for an organizer of whom nothing was settled.
        package var organizer: Organizer?
        /// nil without a campaign, or when there is none of that id.
        package var campaign: Campaign?

        package init(organizer: Organizer?, campaign: Campaign?) {
            self.organizer = organizer
            self.campaign = campaign
        }
    }
}
