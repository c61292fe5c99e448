import AWSClients
import InviteService
import MailMessage

/// Sends finished mails through SES, telling apart whose fault a refusal is.
package struct MailSender: Sendable {
    private let ses: SES
    private let configurationSet: String?

    package init(ses: SES, configurationSet: String?) {
        self.ses = ses
        self.configurationSet = configurationSet
    }

    /// Throws when SES refuses for a reason that lies with the account: it is paused or still in SES's sandbox, the
    /// domain is not verified, a permission is missing.
    package func send(_ mail: OutgoingInvitation) async throws -> SendResult {
        let email = SES.Email(
            message: mail.message, from: mail.from, to: [mail.to.description], configurationSet: configurationSet,
            tags: mail.tags.map { SES.Tag($0.name, $0.value) })
        do {
            return .sent(messageID: try await ses.sendEmail(email))
        } catch let error {
            if error.isDailyQuotaExhausted { return .quotaExhausted }
            switch error.kind {
            case .throttled, .transient, .deadline: return .throttled
            case .unknownOutcome, .cancelled: return .unknown
            // SES calls it a rejected message as well when the sender is not verified, or the recipient while the
            // account may send to verified addresses only: neither is the recipient's fault, nor lasts.
            case .client where error.message.contains("not verified"): throw error
            case .client where ["MessageRejected", "BadRequestException"].contains(error.code):
                return .refused(reason: error.code)
            case .client, .conditionFailed, .transactionCanceled: throw error
            }
        }
    }
}
