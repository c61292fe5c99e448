import MailMessage

/// The owner's view of the addresses that nothing is sent to.
package struct SuppressionAccess: Sendable {
    package struct Ports: Sendable {
        package var readKey: @Sendable (_ hash: String) async throws -> APIKey?
        package var recordKeyUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
        package var list: @Sendable (_ after: EmailAddress?, _ limit: Int) async throws -> SuppressionPage
        /// A page of the list that SES keeps for the account, which SES sends nothing to by itself.
        package var listAccount: @Sendable (_ after: String?, _ limit: Int) async throws -> AccountSuppressionPage
        /// False when the address was not suppressed.
        package var lift: @Sendable (EmailAddress, _ now: Int64) async throws -> Bool
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readKey: @escaping @Sendable (_ hash: String) async throws -> APIKey?,
            recordKeyUse: @escaping @Sendable (_ hash: String, _ now: Int64) async throws -> Void,
            list: @escaping @Sendable (_ after: EmailAddress?, _ limit: Int) async throws -> SuppressionPage,
            listAccount: @escaping @Sendable (_ after: String?, _ limit: Int) async throws -> AccountSuppressionPage,
            lift: @escaping @Sendable (EmailAddress, _ now: Int64) async throws -> Bool,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readKey = readKey
            self.recordKeyUse = recordKeyUse
            self.list = list
            self.listAccount = listAccount
            self.lift = lift
            self.now = now
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        case notSuppressed
    }

    private let ports: Ports

    package init(ports: Ports) { self.ports = ports }

    package func list(after address: EmailAddress?, limit: Int, key: String?) async throws -> SuppressionPage {
        try await authorize(key)
        return try await ports.list(address, limit)
    }

    package func listAccount(after cursor: String?, limit: Int, key: String?) async throws -> AccountSuppressionPage {
        try await authorize(key)
        return try await ports.listAccount(cursor, limit)
    }

    package func lift(_ address: EmailAddress, key: String?) async throws {
        try await authorize(key)
        guard try await ports.lift(address, ports.now()) else { throw Failure.notSuppressed }
    }

    private func authorize(_ key: String?) async throws {
        let check = KeyCheck(read: ports.readKey, recordUse: ports.recordKeyUse, now: ports.now)
        guard try await check.holder(of: key).scope == .owner else { throw SystemAccess.Failure.ownerOnly }
    }
}

package struct SuppressionPage: Sendable, Equatable {
    package var suppressions: [Suppression]
    /// The address the next page comes after; nil on the last.
    package var next: EmailAddress?

    package init(suppressions: [Suppression], next: EmailAddress?) {
        self.suppressions = suppressions
        self.next = next
    }
}

/// What SES keeps of the account's suppressed addresses, in its own words.
package struct AccountSuppressionPage: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package var address: String
        /// `bounce` or `complaint`.
        package var reason: String
        /// Epoch seconds.
        package var since: Int64

        package init(address: String, reason: String, since: Int64) {
            self.address = address
            self.reason = reason
            self.since = since
        }
    }

    package var entries: [Entry]
    /// SES's own cursor; nil on the last page.
    package var next: String?

    package init(entries: [Entry], next: String?) {
        self.entries = entries
        self.next = next
    }
}
