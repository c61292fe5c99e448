import JSON

/// A batch of records from one shard of a table's stream (new and old images).
package struct DynamoDBStreamEvent: Sendable {
    package struct Record: Sendable {
        package var sequenceNumber: String
        /// Attribute values in DynamoDB's wire form; nil for a record that creates the item.
        package var oldImage: JSON?
        /// nil for a record that removes the item.
        package var newImage: JSON?
        /// The item's key in wire form.
        package var keys: JSON?
        /// Epoch seconds, about.
        package var time: Int64
    }

    package var records: [Record]
    /// Present when the event source has a tumbling window.
    package var shardID: String?

    package init(_ json: JSON) throws(PayloadError) {
        guard let records = json["Records"]?.array else {
            throw PayloadError(payload: "DynamoDB stream event", missing: "Records")
        }
        shardID = json["shardId"]?.string
        self.records = []
        for record in records {
            guard let change = record["dynamodb"], let sequence = change["SequenceNumber"]?.string else {
                throw PayloadError(payload: "DynamoDB stream event", missing: "dynamodb.SequenceNumber")
            }
            let time = change["ApproximateCreationDateTime"]?.number.flatMap { Double($0) } ?? 0
            self.records.append(
                Record(
                    sequenceNumber: sequence, oldImage: change["OldImage"], newImage: change["NewImage"],
                    keys: change["Keys"], time: Int64(exactly: time.rounded(.down)) ?? 0))
        }
    }
}
