import AWSClients
import InviteService

/// Campaigns: a head of their own, and beside their event an item by which they are listed.
extension MainTable {
    /// Makes the campaign unless there is one of its id; returns what is there.
    package func createCampaign(_ campaign: Campaign) async throws -> Campaign {
        let cursor = CampaignCursor(created: campaign.created, id: campaign.id)
        var head = DynamoDB.PutItem(table: name, item: CampaignItem.encode(campaign))
        head.condition = "attribute_not_exists(pk)"
        do {
            try await dynamoDB.transactWrite([
                .put(head), .put(DynamoDB.PutItem(table: name, item: Key.eventCampaign(campaign.event, cursor))),
            ])
            return campaign
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind, reasons.first?.isConditionFailure == true,
                let stored = try await readCampaign(campaign.id)
            else { throw error }
            return stored
        }
    }

    /// Notes the job that exports a campaign's segment, unless there is one; returns the one there is then.
    package func recordExport(_ campaign: String, _ job: SegmentExportJob) async throws -> SegmentExportJob {
        do {
            try await dynamoDB.updateItem(
                DynamoDB.UpdateItem(
                    table: name, key: Key.campaign(campaign), update: "SET exportJob = :job, exportFolder = :folder",
                    condition: "attribute_exists(pk) AND attribute_not_exists(exportJob)",
                    values: [":job": .s(job.id), ":folder": .s(job.folder)], returnsOldOnFailure: true))
            return job
        } catch let error {
            guard case .conditionFailed(let item) = error.kind, let known = item.flatMap(CampaignItem.export) else {
                throw error
            }
            return known
        }
    }

    /// The newest first.
    ///
    /// - Parameter limit: 100 at most, which is what one BatchGetItem takes.
    package func listCampaigns(
        of event: EventUID, after cursor: CampaignCursor?, limit: Int
    ) async throws -> CampaignPage {
        let page = try await dynamoDB.query(
            DynamoDB.Query(
                table: name, keyCondition: "pk = :pk AND begins_with(sk, :prefix)",
                values: [":pk": .s("event#\(event)"), ":prefix": .s(Key.eventCampaignPrefix)], forward: false,
                limit: limit, start: cursor.map { Key.eventCampaign(event, $0) }))
        let ids = page.items.compactMap { $0["sk"]?.string?.split(separator: "#").last.map(String.init) }
        guard !ids.isEmpty else { return CampaignPage(campaigns: [], next: nil) }
        let items = try await dynamoDB.batchGet(table: name, keys: ids.map(Key.campaign), consistent: false)
        let campaigns = try items.map { item in
            let id = try ItemReader(item, kind: "campaign").string("pk").dropFirst("campaign#".count)
            return try CampaignItem.decode(item, id: String(id))
        }
        .sorted { ($1.created, $1.id) < ($0.created, $0.id) }
        let next = page.next == nil ? nil : campaigns.last.map { CampaignCursor(created: $0.created, id: $0.id) }
        return CampaignPage(campaigns: campaigns, next: next)
    }
}
