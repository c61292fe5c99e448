import InviteService

extension ReplyIntake.Ports {
    package static func live(_ environment: Environment) throws -> ReplyIntake.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let prefix = try environment.required("MAIL_PREFIX")
        return ReplyIntake.Ports(
            readMail: { try await bucket.readMail($0, prefix: prefix) },
            readEvent: { try await table.readEvent($0) },
            record: { try await table.record($0) },
            addShared: { try await table.addShared($0) })
    }
}
