import ArgumentParser
import Foundation
import LocalCloud

struct LocalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "local",
        abstract: "Run the whole server on this machine until Ctrl-C.",
        discussion: """
            Deploys template.yaml to MiniStack with the functions built beside this tool, and starts the mail service \
            and the HTTP API gateway. Everything listens on the loopback interface only.
            """)

    @Option(name: .long, help: "Keep all state in this folder and go on from it next time.")
    var data: String?

    @Option(name: .long, help: "Port of the HTTP API (default: 8080, or any when that is taken).")
    var port: Int?

    @Option(name: .long, help: "Port that takes mail over SMTP (default: 2525, or any when that is taken).")
    var smtpPort: Int?

    @Option(name: .long, help: "Domain that mail is sent from and received at.")
    var domain = "calendar.example.com"

    @Option(name: .long, help: "Recipients a second that the mail service accepts.")
    var sendRate: Double = 100

    @Option(name: .long, help: "Recipients in 24 hours that the mail service accepts.")
    var dailyQuota: Double = 50_000

    @Option(
        name: .customLong("parameter"), help: ArgumentHelp("Set a parameter of the template.", valueName: "name=value"))
    var parameters: [String] = []

    func run() async throws {
        let project = ProjectFolder().url
        let folder = data.map { URL(fileURLWithPath: $0) } ?? project.appendingPathComponent(".local")
        let signals = Interruption.signals()
        let configuration = LocalStack.Configuration(
            template: project.appendingPathComponent("template.yaml"), executables: ProjectFolder.builtProducts,
            miniStack: project.appendingPathComponent(".venv/bin/ministack"), directory: StackDirectory(folder),
            keepsState: data != nil, port: port, smtpPort: smtpPort, mailDomain: domain, parameters: try values(),
            maximumSendRate: sendRate, maximum24HourSend: dailyQuota)
        let starting = Task { try await LocalStack.start(configuration) { Terminal.line("\($0) …") } }
        let stopping = Task {
            for await _ in signals { break }
            starting.cancel()
        }
        let stack: LocalStack
        do {
            stack = try await starting.value
        } catch  where starting.isCancelled {
            throw ExitCode(130)
        }
        Terminal.line(summary(of: stack))
        await waitForEnd(of: stack, stopping)
        Terminal.line("Stopping …")
        let wasRunning = stack.isRunning
        await stack.stop()
        if !wasRunning {
            throw ValidationError(
                "MiniStack ended unexpectedly; see \(folder.appendingPathComponent("ministack/ministack.log").path)")
        }
    }

    private func values() throws -> [String: String] {
        try parameters.reduce(into: [:]) { values, parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("\(parameter) is not name=value") }
            values[parts[0]] = parts[1]
        }
    }

    /// Returns when the user wants the stack to stop or it is broken.
    private func waitForEnd(of stack: LocalStack, _ stopping: Task<Void, Never>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stopping.value }
            group.addTask {
                while stack.isRunning, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(500)) }
            }
            await group.next()
            group.cancelAll()
            stopping.cancel()
        }
    }

    private func summary(of stack: LocalStack) -> String {
        let state = stack.state
        return """

            The Calendar Invite Server is up.
              HTTP API   \(state.gateway)
              dashboard  \(state.gateway)/dashboard  (its key: calinvite key create --owner)
              takes mail \(stack.addresses.joined(separator: ", "))  (calinvite deliver FILE.eml --to ADDRESS)
              SMTP       127.0.0.1:\(stack.smtp.port), without encryption  (for a mail program; any name and password)
              outbox     \(state.outbox)  (calinvite outbox list)
              AWS        \(state.endpoint)
            Ctrl-C stops everything.
            """
    }
}
