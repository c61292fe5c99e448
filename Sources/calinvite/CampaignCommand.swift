import AWSClients
import ArgumentParser
import Foundation
import JSON
import LocalCloud
import Store

struct CampaignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign", abstract: "Send an event to a list.", subcommands: [Start.self, Status.self])

    struct Options: ParsableArguments {
        @Option(name: .long, help: "UID of the event, as the mail to its organizer says it.")
        var event: String

        @Option(name: .long, help: "API key (default: the variable CALINVITE_KEY).")
        var key: String?

        @OptionGroup var stack: StackOptions

        func requiredKey() throws -> String {
            guard let key = key ?? ProcessInfo.processInfo.environment["CALINVITE_KEY"], !key.isEmpty else {
                throw ValidationError(
                    "No API key: make one with `calinvite key create --owner`, then give it as --key.")
            }
            return key
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start a campaign, and print its id.",
            discussion: "Files are uploaded to the stack's bucket first; an s3:// prefix is used where it lies.")

        @OptionGroup var options: Options

        @Flag(name: .long, help: "Wait until everything is sent, showing how far it is.")
        var wait = false

        @Flag(name: .long, help: "Send nothing: show who would be invited, who would be left out, and why.")
        var dryRun = false

        @Option(name: .long, help: "Where the people's consent comes from; kept with the campaign.")
        var consent: String?

        @Option(name: .long, help: "What fills the greeting, such as Attributes.Nickname.")
        var nameField: String?

        @Argument(help: "The list: files of a Pinpoint segment export, or one s3:// prefix in the stack's bucket.")
        var list: [String]

        func run() async throws {
            let access = StackAccess(state: try options.stack.state())
            let key = try options.requiredKey()
            let source = list.count == 1 && list[0].hasPrefix("s3://") ? list[0] : try await upload(access, key: key)
            var body: JSONObject = ["source": .string(source)]
            if dryRun { body["dry_run"] = true }
            body["consent"] = consent.map { .string($0) }
            body["name_field"] = nameField.map { .string($0) }
            let campaign = try await access.call(
                "POST", "/event/\(options.event)/campaigns", key: key, body: .object(body))
            let id = campaign["id"]?.string ?? ""
            print(id)
            guard wait || dryRun else { return }
            try await CampaignProgressBar(access: access, event: options.event, key: key).follow(id)
        }

        private func upload(_ access: StackAccess, key: String) async throws -> String {
            let event = try await access.call("GET", "/event/\(options.event)", key: key)
            let environment = try access.environment()
            let bucket = try environment.required("DATA_BUCKET")
            let folder = "lists/\(event["organizer"]?.string ?? "")/\(UUID().uuidString.lowercased())/"
            for file in list {
                try await environment.clients.s3.putObject(
                    bucket: bucket, key: folder + URL(fileURLWithPath: file).lastPathComponent,
                    body: try InputFile.bytes(of: file))
            }
            return "s3://\(bucket)/\(folder)"
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how far a campaign is.")

        @OptionGroup var options: Options

        @Flag(name: .long, help: "Follow it to its end.")
        var watch = false

        @Flag(name: .long, help: "Print the API's answer.")
        var json = false

        @Argument(help: "Id of the campaign.")
        var campaign: String

        func run() async throws {
            let access = StackAccess(state: try options.stack.state())
            let key = try options.requiredKey()
            if json {
                let path = "/event/\(options.event)/campaigns/\(campaign)"
                return print(try await access.call("GET", path, key: key).text)
            }
            let bar = CampaignProgressBar(access: access, event: options.event, key: key)
            if watch { try await bar.follow(campaign) } else { try await bar.show(campaign) }
        }
    }
}
