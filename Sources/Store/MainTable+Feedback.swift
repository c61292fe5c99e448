import AWSClients
import InviteService
import JSON
import MailMessage

/// What became of sent mail. It has attributes of its own, which senders and replies leave alone.
extension MainTable {
    /// What SES reports of a mail also proves that it was sent: a sender that never got SES's answer has left its claim,
    /// which is ended here, so that nobody sends the mail again.
    package func recordOutcome(
        _ event: EventUID, _ address: EmailAddress, _ outcome: DeliveryOutcome
    ) async throws -> Bool {
        let (isRecorded, item) = try await storeOutcome(event, address, outcome)
        if let item, let claim = item["claim"]?.string, (item["sentRevision"]?.int ?? 0) < outcome.revision {
            try await endClaim(claim, event, address, outcome)
        }
        return isRecorded
    }

    private func endClaim(
        _ claim: String, _ event: EventUID, _ address: EmailAddress, _ outcome: DeliveryOutcome
    ) async throws {
        _ = try await isChanged(
            DynamoDB.UpdateItem(
                table: name, key: Key.attendee(event, address),
                update: "SET sentRevision = :revision, delivery = :delivery, "
                    + "firstSent = if_not_exists(firstSent, :time) REMOVE lease, claim",
                condition: "claim = :claim",
                values: [
                    ":revision": .int(outcome.revision), ":delivery": .s(Delivery.sent.rawValue),
                    ":time": .int(outcome.time), ":claim": .s(claim),
                ]))
    }

    /// - Returns: whether it was stored, and the item as it is then.
    private func storeOutcome(
        _ event: EventUID, _ address: EmailAddress, _ outcome: DeliveryOutcome
    ) async throws -> (Bool, DynamoDB.Item?) {
        var update = "SET outcome = :outcome, outcomeOrder = :order, outcomeTime = :time"
        var values: DynamoDB.Item = [
            ":outcome": .s(outcome.delivery.rawValue), ":order": .int(outcome.order), ":time": .int(outcome.time),
        ]
        if let detail = outcome.detail {
            update += ", outcomeDetail = :detail"
            values[":detail"] = .s(detail)
        } else {
            update += " REMOVE outcomeDetail"
        }
        do {
            let item = try await dynamoDB.updateItem(
                DynamoDB.UpdateItem(
                    table: name, key: Key.attendee(event, address), update: update,
                    condition: "attribute_exists(pk) AND (attribute_not_exists(outcomeOrder) OR outcomeOrder < :order)",
                    values: values, returnValues: .allNew, returnsOldOnFailure: true))
            return (true, item)
        } catch let error {
            guard case .conditionFailed(let item) = error.kind else { throw error }
            return (false, item)
        }
    }

    package func recordOpening(_ event: EventUID, _ address: EmailAddress, at time: Int64) async throws {
        _ = try await isChanged(
            DynamoDB.UpdateItem(
                table: name, key: Key.attendee(event, address), update: "SET opened = :time",
                condition: "attribute_exists(pk) AND attribute_not_exists(opened)", values: [":time": .int(time)]))
    }

    package func suppress(_ suppression: Suppression) async throws {
        let values: DynamoDB.Item = [
            ":true": true, ":reason": .s(suppression.reason.rawValue), ":since": .int(suppression.since),
        ]
        let person = DynamoDB.UpdateItem(
            table: name, key: Key.person(suppression.address),
            update: "SET suppressed = :true, suppression = :reason, suppressedSince = :since",
            condition: "attribute_not_exists(suppressionLifted) OR suppressionLifted < :since", values: values)
        var listed = Key.suppression(suppression.address)
        listed["address"] = .s(suppression.address.description)
        listed["reason"] = .s(suppression.reason.rawValue)
        listed["since"] = .int(suppression.since)
        do {
            try await dynamoDB.transactWrite([
                .update(person), .put(DynamoDB.PutItem(table: name, item: listed)),
            ])
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind, reasons.first?.isConditionFailure == true else {
                throw error
            }
        }
    }

    /// False when the address was not suppressed.
    package func liftSuppression(_ address: EmailAddress, now: Int64) async throws -> Bool {
        let person = DynamoDB.UpdateItem(
            table: name, key: Key.person(address),
            update: "SET suppressionLifted = :now REMOVE suppressed, suppression, suppressedSince, softBounces",
            condition: "attribute_exists(suppressed)", values: [":now": .int(now)])
        do {
            try await dynamoDB.transactWrite([
                .update(person), .delete(DynamoDB.DeleteItem(table: name, key: Key.suppression(address))),
            ])
            return true
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind, reasons.first?.isConditionFailure == true else {
                throw error
            }
            return false
        }
    }

    /// One page in the order of addresses.
    package func listSuppressions(
        after address: EmailAddress?, limit: Int
    ) async throws -> SuppressionPage {
        let page = try await dynamoDB.query(
            DynamoDB.Query(
                table: name, keyCondition: "pk = :pk", values: [":pk": .s(Key.suppressionPartition)], limit: limit,
                start: address.map(Key.suppression)))
        let suppressions = try page.items.map { item in
            let reader = ItemReader(item, kind: "suppression")
            return Suppression(
                address: try reader.address("address"),
                reason: try reader.value("reason", Suppression.Reason.init(rawValue:)),
                since: try reader.time("since"))
        }
        return SuppressionPage(
            suppressions: suppressions, next: page.next?["sk"]?.string.flatMap { EmailAddress($0) })
    }

    package func addSoftBounce(_ address: EmailAddress, day: Int) async throws -> [Int] {
        let person = try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: Key.person(address), update: "ADD softBounces :day",
                values: [":day": .ns([String(day)])], returnValues: .updatedNew))
        guard case .ns(let days)? = person?["softBounces"] else { return [day] }
        return days.compactMap { Int($0) }
    }

    package func forgetSoftBounces(_ address: EmailAddress, days: [Int]) async throws {
        try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: name, key: Key.person(address), update: "DELETE softBounces :days",
                values: [":days": .ns(days.map(String.init))]))
    }

    /// False when it is paused already, or there is no such campaign.
    ///
    /// - Parameter judged: what the reason is about, when that is its mails.
    package func pauseCampaign(_ id: String, reason: String, judged: DeliveryTally? = nil) async throws -> Bool {
        var changes = ["pause = :reason"]
        var values: DynamoDB.Item = [":reason": .s(reason), ":one": 1]
        let marks: DynamoDB.Item = if let judged { CampaignItem.judged(judged) } else { [:] }
        for (attribute, count) in marks {
            changes.append("\(attribute) = :\(attribute)")
            values[":\(attribute)"] = count
        }
        return try await isChanged(
            DynamoDB.UpdateItem(
                table: name, key: Key.campaign(id),
                update: "SET \(changes.joined(separator: ", ")) ADD pauses :one",
                condition: "attribute_exists(pk) AND attribute_not_exists(pause)", values: values))
    }

    package func endPause(_ id: String) async throws {
        _ = try await isChanged(
            DynamoDB.UpdateItem(
                table: name, key: Key.campaign(id), update: "REMOVE pause", condition: "attribute_exists(pk)"))
    }

    /// Stops a campaign for good; false when it has ended, true also when it was cancelled before.
    package func cancelCampaign(_ id: String) async throws -> Bool {
        try await isChanged(
            DynamoDB.UpdateItem(
                table: name, key: Key.campaign(id), update: "SET #status = :cancelled REMOVE pause",
                condition: "#status IN (:importing, :sending, :cancelled)", names: ["#status": "status"],
                values: [
                    ":cancelled": .s(Campaign.Status.cancelled.rawValue),
                    ":importing": .s(Campaign.Status.importing.rawValue),
                    ":sending": .s(Campaign.Status.sending.rawValue),
                ]))
    }

    /// Those of the numbers whose chunks have a done mark.
    package func doneChunks(_ campaign: String, among numbers: Range<Int>) async throws -> Set<Int> {
        let marks = try await dynamoDB.batchGet(
            table: name, keys: numbers.map { Key.chunk(campaign, $0) }, consistent: true, projection: "sk")
        return Set(marks.compactMap { $0["sk"]?.string.flatMap { Int($0.dropFirst("chunk#".count)) } })
    }

    package func finishedChunks(_ campaign: String) async throws -> [FinishedChunk] {
        var done: [FinishedChunk] = []
        let query = DynamoDB.Query(
            table: name, keyCondition: "pk = :pk AND begins_with(sk, :prefix)",
            values: [":pk": Key.campaign(campaign)["pk"] ?? "", ":prefix": .s("chunk#")], consistent: true)
        for try await page in dynamoDB.pages(query) {
            for item in page.items {
                guard let number = item["sk"]?.string.flatMap({ Int($0.dropFirst("chunk#".count)) }) else { continue }
                let skipped = try JSON(parsing: item["skipped"]?.string ?? "{}")
                done.append(FinishedChunk(campaign: campaign, chunk: number, skipped: SkipCounts(json: skipped)))
            }
        }
        return done
    }

    /// Carries out a conditional update; false when its condition failed.
    func isChanged(_ update: DynamoDB.UpdateItem) async throws -> Bool {
        do {
            try await dynamoDB.updateItem(update)
            return true
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
            return false
        }
    }
}
