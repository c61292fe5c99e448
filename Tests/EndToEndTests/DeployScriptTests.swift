import Foundation
import Testing

@Suite("Scripts/deploy")
struct DeployScriptTests {
    private struct Run {
        var command: CommandRun
        /// Each call of the AWS CLI, its arguments in a line.
        var calls: [String]

        var status: Int32 { command.status }
        var output: String { command.output }
        var deployment: String? { calls.first { $0.hasPrefix("cloudformation deploy") } }
    }

    /// Runs a copy of the script, with stand-ins for the AWS CLI and for Scripts/package.
    ///
    /// - Parameters:
    ///   - account: what the AWS CLI does when it is asked whether SES is out of the sandbox, as a shell command.
    ///   - alarms: the same for which of the parameters for alarms have a value.
    private func deploy(
        _ arguments: [String], active: String = "None", verified: String = "True", account: String = "echo True",
        alarms: String = "echo"
    ) throws -> Run {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("deploy-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let scripts = folder.appendingPathComponent("Scripts")
        try FileManager.default.createDirectory(at: scripts, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Project.root.appendingPathComponent("Scripts/deploy"), to: scripts.appendingPathComponent("deploy"))
        let log = folder.appendingPathComponent("calls")
        try Data().write(to: log)
        try write("exit 0", to: scripts.appendingPathComponent("package"))
        try write(
            """
            echo "$*" >>'\(log.path)'
            case "$1 $2" in
            "sesv2 get-email-identity") echo \(verified) ;;
            "ses describe-active-receipt-rule-set") echo \(active) ;;
            "sesv2 get-account") \(account) ;;
            "cloudformation describe-stacks")
                case "$*" in
                *.Parameters*) \(alarms) ;;
                *) printf 'ApiUrl\\thttps://api\\nMainTable\\tmain-1\\nStatisticsTable\\tstatistics-1\\n' ;;
                esac
                ;;
            "configure get") echo eu-west-1 ;;
            esac
            """, to: folder.appendingPathComponent("bin/aws"))

        let command = try CommandRun(
            scripts.appendingPathComponent("deploy"), arguments,
            environment: ["PATH": folder.appendingPathComponent("bin").path + ":/usr/bin:/bin"])
        let calls = String(decoding: try Data(contentsOf: log), as: UTF8.self).split(separator: "\n").map(String.init)
        return Run(command: command, calls: calls)
    }

    private func write(_ script: String, to file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    private let arguments = ["--domain", "calendar.example.com", "--bucket", "packages"]

    @Test("makes its own receipt rule set active where none is")
    func first() throws {
        let run = try deploy(arguments + ["SendWorkers=20", "LandingHosts=*.example.com,a=b"])
        #expect(run.status == 0, "\(run.output)")
        let deployment = try #require(run.deployment)
        #expect(deployment.contains("--s3-bucket packages"), "the template is too long for the request")
        #expect(deployment.contains("MailDomain=calendar.example.com"))
        #expect(deployment.contains("ActiveRuleSet= SendWorkers=20 LandingHosts=*.example.com,a=b"))
        #expect(run.calls.contains("ses set-active-receipt-rule-set --rule-set-name calendar-invite-server"))
        #expect(run.output.contains("inbound-smtp.eu-west-1.amazonaws.com"))
        #expect(
            run.output.contains(
                #"AWS_REGION=eu-west-1; eval "$(aws configure export-credentials --format env)""#))
        #expect(run.output.contains("calinvite key create --owner --table main-1\n"))
        #expect(
            run.output.contains(
                "recount --table main-1 --statistics-table statistics-1 --domain calendar.example.com\n"))
    }

    @Test(
        "says so when SES is in the sandbox, and deploys all the same",
        arguments: [("echo False", true), ("echo True", false), ("exit 254", false)])
    func sandbox(account: String, isTold: Bool) throws {
        let run = try deploy(arguments, account: account)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.deployment != nil)
        #expect(run.output.contains("verified addresses only: request production access") == isTold, "\(run.output)")
    }

    @Test(
        "says so when alarms tell nobody, and deploys all the same",
        arguments: [
            ("echo", true), ("echo AlarmAddress", false), ("echo AlarmTopicArn", false), ("exit 254", false),
        ])
    func alarms(alarms: String, isTold: Bool) throws {
        let run = try deploy(arguments, alarms: alarms)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("Alarms tell nobody: deploy again with AlarmAddress=") == isTold, "\(run.output)")
    }

    @Test("adds its rules to the set that is active, and leaves that active")
    func existing() throws {
        let run = try deploy(arguments, active: "corporate")
        #expect(run.status == 0, "\(run.output)")
        #expect(try #require(run.deployment).contains("ActiveRuleSet=corporate"))
        #expect(!run.calls.contains { $0.contains("set-active-receipt-rule-set") })
    }

    @Test("goes on with its own set the second time")
    func again() throws {
        let run = try deploy(arguments, active: "calendar-invite-server")
        #expect(try #require(run.deployment).hasSuffix("ActiveRuleSet="))
        #expect(!run.calls.contains { $0.contains("set-active-receipt-rule-set") })
    }

    @Test(
        "says what is wrong and deploys nothing",
        arguments: [
            ([], "True", "usage"), (["--domain"], "True", "needs a value"),
            (["--nonsense"], "True", "unknown argument"),
            (["--domain", "a.example", "--bucket", "b", "a-b=c"], "True", "letters and digits"),
            (["--domain", "a.example", "--bucket", "b"], "False", "not a verified identity"),
        ])
    func mistakes(arguments: [String], verified: String, message: String) throws {
        let run = try deploy(arguments, verified: verified)
        #expect(run.status != 0)
        #expect(run.output.contains(message), "\(run.output)")
        #expect(run.deployment == nil)
    }
}
