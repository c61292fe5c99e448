import JSON

extension DynamoDB {
    /// Items of one partition, in the order of their sort key.
    package struct Query: Sendable, Hashable {
        package enum Select: Sendable, Hashable {
            case items
            /// Only how many; the items stay where they are.
            case count
        }

        package var table: String
        package var index: String?
        package var keyCondition: String
        /// Applied after reading: what it drops is paid for and counts towards `limit`.
        package var filter: String?
        /// The attributes to return; nil for all.
        package var projection: String?
        package var names: [String: String]
        package var values: Item
        /// By ascending sort key.
        package var forward: Bool
        /// Items read for one page; a page also ends at 1 MB.
        package var limit: Int?
        /// Not on a global index.
        package var consistent: Bool
        package var select: Select
        /// The key a former page ended with.
        package var start: Item?

        package init(
            table: String, index: String? = nil, keyCondition: String, filter: String? = nil,
            projection: String? = nil, names: [String: String] = [:], values: Item = [:], forward: Bool = true,
            limit: Int? = nil, consistent: Bool = false, select: Select = .items, start: Item? = nil
        ) {
            self.table = table
            self.index = index
            self.keyCondition = keyCondition
            self.filter = filter
            self.projection = projection
            self.names = names
            self.values = values
            self.forward = forward
            self.limit = limit
            self.consistent = consistent
            self.select = select
            self.start = start
        }

        var wire: JSONObject {
            var input: JSONObject = ["TableName": .string(table), "KeyConditionExpression": .string(keyCondition)]
            input["IndexName"] = index.map { .string($0) }
            input["FilterExpression"] = filter.map { .string($0) }
            input["ProjectionExpression"] = projection.map { .string($0) }
            input.setPlaceholders(names: names, values: values)
            if !forward { input["ScanIndexForward"] = false }
            input["Limit"] = limit.map { .int($0) }
            if consistent { input["ConsistentRead"] = true }
            if select == .count { input["Select"] = "COUNT" }
            input["ExclusiveStartKey"] = start?.wire
            return input
        }
    }

    package struct QueryPage: Sendable, Hashable {
        package var items: [Item]
        /// Items that passed the filter, also where only these are asked for.
        package var count: Int
        /// Where the next page starts; nil after the last. A page may be empty and yet have a next.
        package var next: Item?

        package init(items: [Item], count: Int, next: Item? = nil) {
            self.items = items
            self.count = count
            self.next = next
        }
    }

    /// One page (`Query`).
    package func query(_ query: Query) async throws(AWSError) -> QueryPage {
        let output = try await call("Query", query.wire)
        let items = try items(output["Items"], of: "Query")
        return QueryPage(
            items: items, count: output["Count"]?.int ?? items.count,
            next: try item(output["LastEvaluatedKey"], of: "Query"))
    }

    /// All pages from the query's start on, each read when it is asked for.
    package func pages(_ query: Query) -> QueryPages { QueryPages(dynamoDB: self, query: query) }

    /// How many items all pages hold.
    package func count(_ query: Query) async throws(AWSError) -> Int {
        var query = query
        query.select = .count
        query.projection = nil
        var pages = pages(query).makeAsyncIterator()
        var total = 0
        while let page = try await pages.next(isolation: nil) { total += page.count }
        return total
    }
}
