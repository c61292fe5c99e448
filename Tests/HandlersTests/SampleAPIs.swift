import Handlers
import InviteService

/// The APIs as most tests want them: without what a link is made with.
extension EventAPI {
    init(
        access: EventAccess, campaigns: CampaignControl,
        campaignStart: CampaignStart = CampaignStart(ports: .unimplemented, bucket: "data"),
        editing: EventEditing? = nil
    ) throws {
        let links = EventLinkMaker(landingHosts: LandingHosts("www.acme.example"), oneClickSecret: nil)
        self.init(
            access: access, campaigns: campaigns, campaignStart: campaignStart,
            reports: ReportOrder(ports: .unimplemented, access: access), links: links,
            editing: try editing ?? .unimplemented(), publicURL: nil)
    }
}

extension OrganizerAPI {
    init(access: OrganizerAccess) throws {
        self.init(
            access: access, webhooks: .unimplemented, publicURL: "https://api.example.com", secret: try Samples.secret()
        )
    }
}

extension NotifyOrganizer {
    init(notification: OrganizerNotification) {
        let reports = ReportMailing(
            ports: .unimplemented, addresses: Samples.addresses, publicURL: "https://api.example.com")
        self.init(notification: notification, reports: reports, webhooks: .unimplemented)
    }
}

extension ReportOrder.Ports {
    static var unimplemented: Self {
        Self(enqueue: HandlersTests.unimplemented("enqueue"), now: { 1_795_348_800 })
    }
}

extension ReportMailing.Ports {
    static var unimplemented: Self {
        Self(
            readEvent: HandlersTests.unimplemented("readEvent"),
            listAttendees: HandlersTests.unimplemented("listAttendees"),
            readCounters: HandlersTests.unimplemented("readCounters"),
            wasSent: HandlersTests.unimplemented("wasSent"), send: HandlersTests.unimplemented("send"),
            enqueue: HandlersTests.unimplemented("enqueue"), markSent: HandlersTests.unimplemented("markSent"),
            now: { 1_795_348_800 })
    }
}
