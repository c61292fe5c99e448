extension DynamoDB {
    /// The pages of a query, one request each.
    package struct QueryPages: AsyncSequence, Sendable {
        package typealias Element = QueryPage
        package typealias Failure = AWSError

        let dynamoDB: DynamoDB
        let query: Query

        package struct AsyncIterator: AsyncIteratorProtocol {
            let dynamoDB: DynamoDB
            var query: Query?

            package mutating func next() async throws(AWSError) -> QueryPage? { try await next(isolation: nil) }

            package mutating func next(
                isolation actor: isolated (any Actor)?
            ) async throws(AWSError) -> QueryPage? {
                guard let current = query else { return nil }
                let page = try await dynamoDB.query(current)
                query?.start = page.next
                if page.next == nil { query = nil }
                return page
            }
        }

        package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(dynamoDB: dynamoDB, query: query) }
    }
}
