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

    /// Throws when SES refuses for a reason that no other recipient would change: a paused account, a domain that is
    /// not verified, a missing permission.
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
            // SES calls it a rejected message as well when it is the sender that is not verified.
            case .client where error.message.contains("not verified") && error.message.contains(mail.from): throw error
            case .client where ["MessageRejected", "BadRequestException"].contains(error.code):
                return .refused(reason: error.code)
            case .client, .conditionFailed, .transactionCanceled: throw error
            }
        }
    }
}
