import AWSClients
import Audience
import InviteService
import JSON
import MailMessage

/// Reads and writes of the main table, one function for each port.
package struct MainTable: Sendable {
    let dynamoDB: DynamoDB
    let name: String

    package init(dynamoDB: DynamoDB, name: String) {
        self.dynamoDB = dynamoDB
        self.name = name
    }

    package func readEvent(_ uid: EventUID) async throws -> Event? {
        try await dynamoDB.getItem(table: name, key: Key.event(uid), consistent: true).map(EventItem.decode)
    }

    package func createEvent(_ event: Event, limit: Int) async throws -> EventRecording.Creation {
        let put = DynamoDB.PutItem(
            table: name, item: EventItem.encode(event), condition: "attribute_not_exists(pk)",
            returnsOldOnFailure: true)
        let count = DynamoDB.UpdateItem(
            table: name, key: Key.eventCount(event.organizer), update: "ADD created :one",
            condition: limit > 0 ? "attribute_not_exists(created) OR created < :limit" : "created < :limit",
            values: [":one": 1, ":limit": .int(limit)])
        do {
            try await dynamoDB.transactWrite([.put(put), .update(count)])
            return .created
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind, let first = reasons.first else { throw error }
            if first.isConditionFailure {
                return first.item.map { Self.isSame(event, $0) } == true ? .created : .exists
            }
            guard reasons.last?.isConditionFailure == true else { throw error }
            return .limitReached
        }
    }

    package func writeEvent(_ event: Event, replacing revision: Int) async throws -> Bool {
        let put = DynamoDB.PutItem(
            table: name, item: EventItem.encode(event), condition: "revision = :revision",
            values: [":revision": .int(revision)])
        return try await isWritten(put) { Self.isSame(event, $0) }
    }

    /// Whether what is stored is this very revision, from an attempt whose answer was lost.
    private static func isSame(_ event: Event, _ stored: DynamoDB.Item) -> Bool {
        stored["sourceMessage"]?.string == event.sourceMessage && stored["revision"]?.int == event.revision
    }

    package func recordSpread(_ event: EventUID, revision: Int) async throws {
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.event(event), update: "SET spreadRevision = :revision",
            condition: "attribute_exists(pk) AND spreadRevision < :revision", values: [":revision": .int(revision)])
        do {
            try await dynamoDB.updateItem(request)
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
        }
    }

    package func readCampaign(_ id: String) async throws -> Campaign? {
        // Callers of the API may write anything; DynamoDB refuses a key of more than 2048 bytes.
        guard id.utf8.count <= 100 else { return nil }
        guard let item = try await dynamoDB.getItem(table: name, key: Key.campaign(id), consistent: true) else {
            return nil
        }
        return try CampaignItem.decode(item, id: id)
    }

    /// Writes what an import knows of its campaign, as long as nobody else has ended it or brought it further. Of a
    /// cancelled campaign only that is written which is given as cancelled.
    package func advance(_ campaign: Campaign, from checkpoint: String?) async throws -> Bool {
        let expected = campaign.status == .cancelled ? campaign.status : .importing
        var values: DynamoDB.Item = [
            ":status": .s(campaign.status.rawValue), ":import": .s(campaign.summary.json.text),
            ":chunks": .int(campaign.chunks), ":expected": .s(expected.rawValue),
        ]
        var update = "SET #status = :status, #import = :import, chunks = :chunks"
        var condition = "#status = :expected AND attribute_not_exists(checkpoint)"
        if let checkpoint {
            condition = "#status = :expected AND checkpoint = :before"
            values[":before"] = .s(checkpoint)
        }
        if let next = campaign.checkpoint {
            update += ", checkpoint = :checkpoint"
            values[":checkpoint"] = .s(next)
        }
        if let failure = campaign.failure {
            update += ", failure = :failure"
            values[":failure"] = .s(failure)
        }
        do {
            try await dynamoDB.updateItem(
                DynamoDB.UpdateItem(
                    table: name, key: Key.campaign(campaign.id), update: update, condition: condition,
                    names: ["#status": "status", "#import": "import"], values: values, returnsOldOnFailure: true))
            return true
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            // The first attempt was stored and its answer lost.
            return campaign.checkpoint != nil && item?["checkpoint"]?.string == campaign.checkpoint
        }
    }

    package func markDone(_ done: FinishedChunk) async throws {
        var item = Key.chunk(done.campaign, done.chunk)
        item["campaign"] = .s(done.campaign)
        item["skipped"] = .s(done.skipped.json.text)
        try await dynamoDB.putItem(DynamoDB.PutItem(table: name, item: item))
    }

    package func wasNoticeSent(_ id: String) async throws -> Bool {
        try await dynamoDB.getItem(table: name, key: Key.notice(id), consistent: true) != nil
    }

    /// - Parameter now: epoch seconds; the mark is kept for two weeks, longer than any queue keeps a message.
    package func markNoticeSent(_ id: String, now: Int64) async throws {
        var item = Key.notice(id)
        item["ttl"] = .int(now + 14 * 86_400)
        try await dynamoDB.putItem(DynamoDB.PutItem(table: name, item: item))
    }

    /// Counts up to `limit`; false when it was reached before.
    package func admitRefusal(_ organizer: EmailAddress, hour: Int64, limit: Int = 20) async throws -> Bool {
        let update = DynamoDB.UpdateItem(
            table: name, key: Key.refusals(organizer, hour: hour), update: "ADD mails :one SET #ttl = :ttl",
            condition: "attribute_not_exists(mails) OR mails < :limit", names: ["#ttl": "ttl"],
            values: [":one": 1, ":limit": .int(limit), ":ttl": .int((hour + 2) * 3600)], isRepeatable: false)
        do {
            try await dynamoDB.updateItem(update)
            return true
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return false
        }
    }

    /// Carries out a conditional put; false when its condition failed, unless what is stored is this very item from an
    /// attempt whose answer was lost.
    func isWritten(_ put: DynamoDB.PutItem, unless isOwn: (DynamoDB.Item) -> Bool) async throws -> Bool {
        var put = put
        put.returnsOldOnFailure = true
        do {
            try await dynamoDB.putItem(put)
            return true
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            return item.map(isOwn) ?? false
        }
    }
}
