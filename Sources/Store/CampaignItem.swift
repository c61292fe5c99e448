import AWSClients
import Audience
import InviteService
import JSON
import MailMessage

/// The stored form of a campaign head.
enum CampaignItem {
    static func encode(_ campaign: Campaign) -> DynamoDB.Item {
        var item = Key.campaign(campaign.id)
        item["event"] = .s(campaign.event.description)
        item["organizer"] = .s(campaign.organizer.description)
        item["domain"] = .s(campaign.domain)
        item["origin"] = .s(campaign.origin.rawValue)
        item["source"] = .s(campaign.source.url)
        item["status"] = .s(campaign.status.rawValue)
        item["created"] = .int(campaign.created)
        item["import"] = .s(campaign.summary.json.text)
        item["chunks"] = .int(campaign.chunks)
        item["failure"] = campaign.failure.map { .s($0) }
        item["pause"] = campaign.pause.map { .s($0) }
        if campaign.pauses > 0 { item["pauses"] = .int(campaign.pauses) }
        if campaign.judged != DeliveryTally() { item.merge(judged(campaign.judged)) { $1 } }
        item["nameField"] = campaign.options.nameField.map { .s($0) }
        if campaign.options.dropsRoles { item["dropsRoles"] = true }
        if campaign.options.dropsDisposable { item["dropsDisposable"] = true }
        if campaign.isDryRun { item["dryRun"] = true }
        item["consent"] = campaign.consent.map { .s($0) }
        item["checkpoint"] = campaign.checkpoint.map { .s($0) }
        item["segmentApplication"] = campaign.segment.map { .s($0.application) }
        item["segment"] = campaign.segment.map { .s($0.id) }
        item["segmentVersion"] = campaign.segment?.version.map { .int($0) }
        return item
    }

    private static func segment(_ item: DynamoDB.Item) -> PinpointSegment? {
        guard let application = item["segmentApplication"]?.string, let id = item["segment"]?.string else { return nil }
        return PinpointSegment(application: application, id: id, version: item["segmentVersion"]?.int)
    }

    /// The job that exports the segment; nil when there is none yet.
    static func export(_ item: DynamoDB.Item) -> SegmentExportJob? {
        guard let id = item["exportJob"]?.string, let folder = item["exportFolder"]?.string else { return nil }
        return SegmentExportJob(id: id, folder: folder)
    }

    static func decode(_ item: DynamoDB.Item, id: String) throws(ItemError) -> Campaign {
        let reader = ItemReader(item, kind: "campaign")
        let summary = try reader.value("import") { try? JSON(parsing: $0) }
        var campaign = Campaign(
            id: id, event: try reader.value("event") { EventUID($0) }, organizer: try reader.address("organizer"),
            domain: try reader.string("domain"), origin: try reader.value("origin", Origin.init(rawValue:)),
            source: try reader.value("source") { ListSource(url: $0) },
            status: try reader.value("status", Campaign.Status.init(rawValue:)), created: try reader.time("created"),
            summary: ImportSummary(json: summary), chunks: try reader.int("chunks"), failure: item["failure"]?.string,
            options: ListOptions(
                nameField: item["nameField"]?.string, dropsRoles: item["dropsRoles"]?.bool ?? false,
                dropsDisposable: item["dropsDisposable"]?.bool ?? false),
            isDryRun: item["dryRun"]?.bool ?? false, consent: item["consent"]?.string,
            checkpoint: item["checkpoint"]?.string, segment: segment(item))
        campaign.export = export(item)
        campaign.pause = item["pause"]?.string
        campaign.pauses = item["pauses"]?.int ?? 0
        campaign.judged = DeliveryTally(
            sent: item["judgedSent"]?.int ?? 0, bounced: item["judgedBounced"]?.int ?? 0,
            complained: item["judgedComplained"]?.int ?? 0)
        return campaign
    }

    /// Attributes of what the guard judged.
    static func judged(_ tally: DeliveryTally) -> DynamoDB.Item {
        [
            "judgedSent": .int(tally.sent), "judgedBounced": .int(tally.bounced),
            "judgedComplained": .int(tally.complained),
        ]
    }
}
