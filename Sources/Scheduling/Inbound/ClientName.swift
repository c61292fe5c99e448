/// The calendar client behind a PRODID, by its family: PRODIDs carry versions and languages, and statistics by them
/// would fall into hundreds of rows.
package enum ClientName {
    private static let families: [(mark: String, name: String)] = [
        ("google", "Google Calendar"),
        ("microsoft exchange", "Microsoft Exchange"),
        ("microsoft corporation//outlook", "Microsoft Outlook"),
        ("microsoft", "Microsoft Outlook"),
        ("apple", "Apple Calendar"),
        ("iphone", "Apple Calendar"),
        ("mozilla", "Thunderbird"),
        ("yahoo", "Yahoo Calendar"),
        ("zimbra", "Zimbra"),
        ("proton", "Proton Calendar"),
        ("fastmail", "Fastmail"),
        ("cyrus", "Fastmail"),
        ("samsung", "Samsung Calendar"),
    ]

    package static func of(productID: String) -> String {
        let lower = productID.lowercased()
        return families.first { lower.contains($0.mark) }?.name ?? "Other"
    }
}
