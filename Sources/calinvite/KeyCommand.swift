import ArgumentParser
import Foundation
import InviteService
import LocalCloud
import MailMessage
import Store

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "API keys.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key and print it. Only its hash is stored, so it cannot be shown again.")

        @Option(name: .long, help: "The key sees this organizer's events alone.")
        var organizer: String?

        @Flag(name: .long, help: "The key sees every organizer of the domain.")
        var owner = false

        @Option(
            name: .long,
            help: "Main table of a deployed stack, in the account and region that AWS_REGION and so on name.")
        var table: String?

        @OptionGroup var stack: StackOptions

        func validate() throws {
            guard (organizer != nil) != owner else {
                throw ValidationError("Say who the key is for: either --organizer ADDRESS or --owner.")
            }
        }

        func run() async throws {
            let key = APIKey.generate()
            let table = try environment().mainTable()
            let created = Int64(Date().timeIntervalSince1970)
            try await table.writeKey(
                StoredKey(hash: APIKey.hash(of: key), key: APIKey(scope: try scope(), created: created)))
            print(key)
        }

        private func environment() throws -> Environment {
            guard let table else { return try StackAccess(state: try stack.state()).environment() }
            return try DeployedTables.environment(["MAIN_TABLE": table])
        }

        private func scope() throws -> APIKey.Scope {
            guard let organizer else { return .owner }
            do {
                return .organizer(try EmailAddress(parsing: organizer))
            } catch {
                throw ValidationError("--organizer: \(error)")
            }
        }
    }
}
