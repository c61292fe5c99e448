import Handlers
import InviteService

/// The APIs as most tests want them: without what a link is made with.
extension EventAPI {
    init(access: EventAccess, campaigns: CampaignControl) {
        let links = EventLinkMaker(landingHosts: LandingHosts("www.acme.example"), oneClickSecret: nil)
        self.init(access: access, campaigns: campaigns, links: links, publicURL: nil)
    }
}

extension OrganizerAPI {
    init(access: OrganizerAccess) throws {
        self.init(
            access: access, publicURL: "https://api.example.com", secret: try Samples.secret())
    }
}
