import MailMessage

/// Addresses that stand for a function (RFC 2142 and common use). Mail to them is read by anybody or nobody, and
/// invitations to them draw complaints.
enum RoleAddress {
    private static let names: Set<String> = [
        "abuse", "admin", "administrator", "billing", "bounce", "bounces", "contact", "devnull", "donotreply",
        "hostmaster", "info", "mailer-daemon", "marketing", "no-reply", "noc", "noreply", "office", "postmaster",
        "root", "sales", "security", "spam", "support", "unsubscribe", "webmaster",
    ]

    static func matches(_ address: EmailAddress) -> Bool { names.contains(address.local.lowercased()) }
}
