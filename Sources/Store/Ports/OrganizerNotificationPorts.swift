import InviteService

extension OrganizerNotification.Ports {
    package static func live(_ environment: Environment) throws -> OrganizerNotification.Ports {
        let table = try environment.mainTable()
        let statistics = try environment.statisticsTable()
        let bucket = try environment.bucket()
        let prefix = try environment.required("MAIL_PREFIX")
        let mail = environment.mailSender()
        return OrganizerNotification.Ports(
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await bucket.readCalendar($0) },
            readCampaign: { try await table.readCampaign($0) },
            readCounters: { try await statistics.readCounters($0) },
            wasSent: { try await table.wasNoticeSent($0) },
            readMail: { try await bucket.readMail($0, prefix: prefix) },
            admitRefusal: { try await table.admitRefusal($0, hour: $1) },
            readListReport: { try await bucket.readListReport($0) },
            send: { try await mail.send($0) },
            markSent: { try await table.markNoticeSent($0, now: Environment.now()) },
            now: Environment.now)
    }
}
