import AWSClients
import InviteService
import Store
import Testing

@Suite("A function's environment")
struct EnvironmentTests {
    private let base = [
        "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
    ]

    private func environment(_ more: [String: String] = [:]) throws -> Environment {
        try Environment(variables: base.merging(more) { $1 })
    }

    @Test("names a variable that is missing or empty")
    func missing() throws {
        #expect(throws: Environment.Failure.missing("MAIN_TABLE")) { try environment().required("MAIN_TABLE") }
        #expect(throws: Environment.Failure.missing("MAIN_TABLE")) { try environment(["MAIN_TABLE": ""]).mainTable() }
        #expect(Environment.Failure.missing("MAIN_TABLE").description.contains("MAIN_TABLE"))
        #expect(try environment(["A": "x"])["A"] == "x")
        #expect(try environment(["A": ""])["A"] == nil)
        #expect(try environment()["A"] == nil)
    }

    @Test("reads whole numbers")
    func numbers() throws {
        #expect(try environment(["N": "90"]).number("N") == 90)
        for text in ["", "ninety", "1.5", " 9"] {
            #expect(throws: Environment.Failure.self) { try environment(["N": text]).number("N") }
        }
    }

    @Test("gives each function's ports, or says what it lacks")
    func ports() throws {
        let all = [
            "MAIN_TABLE": "main", "STATISTICS_TABLE": "stats", "DATA_BUCKET": "data", "MAIL_PREFIX": "inbound/create/",
            "NOTICE_QUEUE_URL": "https://q/n", "SEND_QUEUE_URL": "https://q/s", "IMPORT_QUEUE_URL": "https://q/i",
            "PRIORITY_QUEUE_URL": "https://q/p", "SEND_WORKERS": "4", "MAIL_DOMAIN": "Calendar.Example.com",
            "STAGE_QUEUE_URL": "https://q/st", "UPDATE_QUEUE_URL": "https://q/u",
        ]
        let makers: [(Set<String>, (Environment) throws -> Void)] = [
            (
                ["MAIN_TABLE", "DATA_BUCKET", "NOTICE_QUEUE_URL", "STAGE_QUEUE_URL", "MAIL_PREFIX"],
                { _ = try EventIntake.Ports.live($0) }
            ),
            (["MAIN_TABLE", "DATA_BUCKET", "STAGE_QUEUE_URL"], { _ = try EventEditing.Ports.live($0) }),
            (["MAIN_TABLE", "STAGE_QUEUE_URL", "UPDATE_QUEUE_URL"], { _ = try AttendeeStaging.Ports.live($0) }),
            (
                ["MAIN_TABLE", "DATA_BUCKET", "MAIL_PREFIX", "PRIORITY_QUEUE_URL", "NOTICE_QUEUE_URL"],
                { _ = try ReplyIntake.Ports.live($0) }
            ),
            (
                ["MAIN_TABLE", "DATA_BUCKET", "SEND_QUEUE_URL", "IMPORT_QUEUE_URL", "NOTICE_QUEUE_URL"],
                { _ = try SegmentImport.Ports.live($0) }
            ),
            (
                [
                    "MAIN_TABLE", "DATA_BUCKET", "SEND_QUEUE_URL", "PRIORITY_QUEUE_URL", "UPDATE_QUEUE_URL",
                    "SEND_WORKERS",
                ],
                { _ = try InvitationSending.Ports.live($0) }
            ),
            (["STATISTICS_TABLE"], { _ = try StatisticsAggregation.Ports.live($0) }),
            (
                ["MAIN_TABLE", "STATISTICS_TABLE", "DATA_BUCKET", "MAIL_PREFIX"],
                { _ = try OrganizerNotification.Ports.live($0) }
            ),
            (["MAIN_TABLE", "STATISTICS_TABLE", "NOTICE_QUEUE_URL"], { _ = try ReportMailing.Ports.live($0) }),
            (
                ["MAIN_TABLE", "DATA_BUCKET", "MAIL_PREFIX", "IMPORT_QUEUE_URL", "NOTICE_QUEUE_URL"],
                { _ = try BulkIntake.Ports.live($0) }
            ),
            (["MAIN_TABLE", "STATISTICS_TABLE"], { _ = try EventAccess.Ports.live($0) }),
            (["MAIN_TABLE", "DATA_BUCKET", "IMPORT_QUEUE_URL"], { _ = try CampaignStart.Ports.live($0) }),
            (["MAIN_TABLE", "SEND_QUEUE_URL", "NOTICE_QUEUE_URL"], { _ = try DirectInvitation.Ports.live($0) }),
            (["MAIN_TABLE", "STATISTICS_TABLE"], { _ = try OrganizerAccess.Ports.live($0) }),
            (["MAIN_TABLE", "STATISTICS_TABLE"], { _ = try SystemAccess.Ports.live($0) }),
            (
                ["MAIN_TABLE", "DATA_BUCKET", "PRIORITY_QUEUE_URL", "NOTICE_QUEUE_URL"],
                { _ = try SingleInvitation.Ports.live($0) }
            ),
            (["MAIN_TABLE", "DATA_BUCKET"], { _ = try AttendeeChoice.Ports.live($0) }),
        ]
        for (needed, make) in makers {
            let given = all.filter { needed.contains($0.key) }
            try make(try environment(given))
            for name in needed {
                var lacking = given
                lacking[name] = nil
                #expect(throws: Environment.Failure.missing(name)) { try make(try environment(lacking)) }
            }
        }
        let limits = [
            "INVITES_PER_ADDRESS": "1", "INVITES_PER_EVENT": "2", "INVITES_PER_SOURCE": "3", "INVITE_LIMIT": "4",
        ]
        #expect(
            try environment(limits).inviteRules().limits == RateLimits(perAddress: 1, perEvent: 2, perSource: 3))
        #expect(throws: Environment.Failure.missing("INVITES_PER_ADDRESS")) { try environment().inviteRules() }
        #expect(throws: Environment.Failure.missing("PUBLIC_URL")) { try environment().links() }
        #expect(try environment().branding() == .standard)
        #expect(try environment(["BRAND_NAME": "Acme"]).branding().name == "Acme")
        #expect(try environment().value("P", standard: SenderPolicy.strict) == .strict)
        #expect(try environment(["P": "relaxed"]).value("P", standard: SenderPolicy.strict) == .relaxed)
        #expect(throws: Environment.Failure.unknownValue("P")) {
            try environment(["P": "lax"]).value("P", standard: SenderPolicy.strict)
        }
        #expect(try environment(all).addresses().domain == "calendar.example.com")
    }
}
