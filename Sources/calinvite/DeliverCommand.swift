import ArgumentParser
import LocalCloud

struct DeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Let a mail come in, as if its sender's server had brought it.")

    @Argument(help: "The message.", completion: .file(extensions: ["eml"]))
    var file: String

    @Option(name: .long, help: "Recipient; may be repeated.")
    var to: [String]

    @Option(
        name: .customLong("verdict"),
        help: ArgumentHelp(
            """
            What the checks of the mail find; may be repeated. spam, virus, spf, dkim, dmarc = PASS (as all are unless \
            told otherwise), FAIL, GRAY or PROCESSING_FAILED; dmarc-policy = none, quarantine or reject; dkim-domain = \
            DOMAIN and mail-from = ADDRESS for those of another sender than From.
            """, valueName: "name=value"))
    var verdicts: [String] = []

    @OptionGroup var stack: StackOptions

    func run() async throws {
        var checked = MailVerdicts()
        for verdict in verdicts {
            do {
                try checked.apply(verdict)
            } catch {
                throw ValidationError("\(error)")
            }
        }
        let message = try InputFile.bytes(of: file)
        print(try await MailDoor(state: try stack.state()).deliver(message, to: to, verdicts: verdicts))
    }
}
