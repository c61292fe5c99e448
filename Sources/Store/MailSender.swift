import AWSClients
import InviteService
import MailMessage

/// Sends finished mails through SES, telling apart whose fault a refusal is.
package struct MailSender: Sendable {
    private let ses: SES
    private let configurationSet: String?
    private let isPaced: Bool
    private static let accountRefusals: Set = [
        "AccountSuspendedException", "SendingPausedException", "MailFromDomainNotVerifiedException",
    ]

    /// - Parameter isPaced: whether mails are sent at the account's rate, so that one refused because of it is not tried
    ///   again here.
    package init(ses: SES, configurationSet: String?, isPaced: Bool = false) {
        self.ses = ses
        self.configurationSet = configurationSet
        self.isPaced = isPaced
    }

    /// Throws when SES refuses for another reason that lies with the account: it is still in SES's sandbox, or a
    /// permission is missing.
    package func send(_ mail: OutgoingInvitation) async throws -> SendResult {
        let email = SES.Email(
            message: mail.message, from: mail.from, to: [mail.to.description], configurationSet: configurationSet,
            tags: mail.tags.map { SES.Tag($0.name, $0.value) })
        do {
            return .sent(messageID: try await ses.sendEmail(email, isPaced: isPaced))
        } catch let error {
            if error.isDailyQuotaExhausted { return .quotaExhausted }
            switch error.kind {
            case .throttled, .transient, .deadline: return .throttled
            case .unknownOutcome, .cancelled: return .unknown
            case .client where Self.accountRefusals.contains(error.code): return .accountRefused(reason: error.code)
            // SES calls it a rejected message as well when the sender is not verified, or the recipient while the
            // account may send to verified addresses only: neither is the recipient's fault, nor lasts.
            case .client where error.message.contains("not verified"):
                if error.message.contains(mail.from) { return .accountRefused(reason: error.code) }
                throw error
            case .client where ["MessageRejected", "BadRequestException"].contains(error.code):
                return .refused(reason: error.code)
            case .client, .conditionFailed, .transactionCanceled: throw error
            }
        }
    }
}
