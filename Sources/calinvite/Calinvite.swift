import ArgumentParser

@main
struct Calinvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calinvite",
        abstract: "Run the Calendar Invite Server on this machine, and use it.",
        subcommands: [LocalCommand.self, DeliverCommand.self, OutboxCommand.self, InvokeCommand.self])
}
