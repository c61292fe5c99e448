import AWSClients
import InviteService
import SwiftGlibc

/// The parts that several functions are made of.
extension Environment {
    package func mainTable() throws -> MainTable {
        MainTable(dynamoDB: clients.dynamoDB, name: try required("MAIN_TABLE"))
    }

    package func statisticsTable() throws -> StatisticsTable {
        StatisticsTable(dynamoDB: clients.dynamoDB, name: try required("STATISTICS_TABLE"))
    }

    package func bucket() throws -> Bucket { Bucket(s3: clients.s3, name: try required("DATA_BUCKET")) }

    package func addresses() throws -> MailAddresses { MailAddresses(domain: try required("MAIL_DOMAIN")) }

    package func links() throws -> PublicLinks { PublicLinks(url: try required("PUBLIC_URL")) }

    /// Whether a signed link may act as soon as it is followed.
    package var allowsOneClick: Bool { self["ONE_CLICK_INVITES"] == "true" }

    package func branding() -> Branding {
        Branding(name: self["BRAND_NAME"], logoURL: self["BRAND_LOGO_URL"], colour: self["BRAND_COLOUR"])
    }

    package func inviteRules() throws -> InviteRules {
        InviteRules(
            landingHosts: LandingHosts(self["LANDING_HOSTS"] ?? ""), moreOrigins: self["MORE_ORIGINS"] ?? "",
            limits: RateLimits(
                perAddress: try number("INVITES_PER_ADDRESS"), perEvent: try number("INVITES_PER_EVENT"),
                perSource: try number("INVITES_PER_SOURCE")),
            invitesPerEvent: try number("INVITE_LIMIT"))
    }

    /// Whether webhooks may lead to this machine and take plain HTTP: in the local stack alone.
    package var allowsLoopback: Bool { self["LOOPBACK_WEBHOOKS"] == "true" }

    package func recordingPorts() throws -> EventRecording.Ports {
        let (table, bucket, queues) = (try mainTable(), try bucket(), Queues(sqs: clients.sqs))
        let stageQueue = try required("STAGE_QUEUE_URL")
        return EventRecording.Ports(
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await bucket.readCalendar($0) },
            writeCalendar: { try await bucket.writeCalendar($0, name: $1, $2) },
            readOrganizer: { try await table.readOrganizer($0) },
            createEvent: { try await table.createEvent($0, limit: $1) },
            writeEvent: { try await table.writeEvent($0, replacing: $1) },
            stage: { try await queues.send($0.json, to: stageQueue) }, now: Environment.now)
    }

    package func mailSender(isPaced: Bool = false) -> MailSender {
        MailSender(ses: clients.ses, configurationSet: self["CONFIGURATION_SET"], isPaced: isPaced)
    }

    /// Read once for the life of the process.
    package func secret() async throws -> ServiceSecret {
        try ServiceSecret(parsing: try await clients.secretsManager.getSecretValue(id: try required("SECRET_ID")))
    }

    /// Epoch seconds.
    static let now: @Sendable () -> Int64 = { Int64(time(nil)) }
}
