import ArgumentParser

@main
struct Calinvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calinvite",
        abstract: "Run the Calendar Invite Server on this machine, and use it.",
        subcommands: [
            LocalCommand.self, DeliverCommand.self, OutboxCommand.self, CampaignCommand.self, KeyCommand.self,
            RecountCommand.self, InvokeCommand.self, InspectCommand.self,
        ])
}
