import JSON
import SigV4

extension SES {
    /// An address that SES itself sends nothing to for the account.
    package struct SuppressedDestination: Sendable, Hashable {
        package var address: String
        /// `BOUNCE` or `COMPLAINT`.
        package var reason: String
        /// Epoch seconds.
        package var lastUpdate: Int64
    }

    package struct SuppressedDestinationPage: Sendable, Hashable {
        package var destinations: [SuppressedDestination]
        package var nextToken: String?
    }

    /// `ListSuppressedDestinations`, one page of the account's suppression list.
    ///
    /// - Parameter limit: at most 1,000.
    package func listSuppressedDestinations(
        after token: String?, limit: Int
    ) async throws(AWSError) -> SuppressedDestinationPage {
        let operation = "ListSuppressedDestinations"
        var query = "PageSize=\(limit)"
        // In the order in which parameters are signed.
        if let token { query = "NextToken=\(PercentEncoding.encode(token))&" + query }
        let response = try await client.send(
            AWSRequest(operation: operation, method: "GET", path: "/v2/email/suppression/addresses", query: query))
        let output = try client.parse(response, operation: operation)
        var destinations: [SuppressedDestination] = []
        for summary in output["SuppressedDestinationSummaries"]?.array ?? [] {
            guard let address = summary["EmailAddress"]?.string, let reason = summary["Reason"]?.string,
                let updated = summary["LastUpdateTime"]?.number.flatMap({ Double($0) })
            else { throw client.malformed(operation, "a summary without address, reason or time") }
            destinations.append(
                SuppressedDestination(address: address, reason: reason, lastUpdate: Int64(updated)))
        }
        return SuppressedDestinationPage(destinations: destinations, nextToken: output["NextToken"]?.string)
    }
}
