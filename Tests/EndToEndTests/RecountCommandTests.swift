import Foundation
import JSON
import LocalCloud
import Testing

@Suite("calinvite recount by the names of tables", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct RecountCommandTests {
    /// Runs the command with no variables of AWS but the given ones.
    private func recount(_ arguments: [String], variables: [String: String] = [:]) throws -> CommandRun {
        try CommandRun(
            Project.executables.appendingPathComponent("calinvite"), ["recount"] + arguments,
            environment: ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
                .merging(variables) { $1 })
    }

    private func tables(_ main: String, _ statistics: String, _ domain: String) -> [String] {
        ["--table", main, "--statistics-table", statistics, "--domain", domain]
    }

    @Test(
        "wants all three options or none", .timeLimit(.minutes(1)),
        arguments: [
            ["--table", "main"], ["--statistics-table", "statistics"], ["--domain", "calendar.example.com"],
            ["--table", "main", "--statistics-table", "statistics"],
            ["--table", "main", "--domain", "calendar.example.com"],
            ["--statistics-table", "statistics", "--domain", "calendar.example.com"],
        ])
    func incomplete(arguments: [String]) throws {
        let run = try recount(arguments)
        #expect(run.status != 0)
        #expect(run.output.contains("A deployed stack takes all of"), "\(run.output)")
    }

    @Test("says which variable is missing", .timeLimit(.minutes(1)))
    func noCredentials() throws {
        let arguments = tables("main", "statistics", "calendar.example.com")
        let nothing = try recount(arguments)
        #expect(nothing.status != 0)
        #expect(nothing.output.contains("AWS_REGION is not set"), "\(nothing.output)")
        let region = try recount(arguments, variables: ["AWS_REGION": "eu-west-1"])
        #expect(region.status != 0)
        #expect(region.output.contains("AWS_ACCESS_KEY_ID is not set"), "\(region.output)")
    }

    @Test("counts what the tables hold, and knows no other domain", .timeLimit(.minutes(4)))
    func deployed() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let (state, domain) = (test.stack.state, TestStack.domain)
            let main = try #require(state.outputs["MainTable"])
            let statistics = try #require(state.outputs["StatisticsTable"])
            let arguments = tables(main, statistics, domain.uppercased())
            let report = try await test.eventually("statistics equal to a recount") {
                let run = try recount(arguments, variables: state.environment)
                return run.status == 0 ? try JSON(parsing: [UInt8](run.output.utf8)) : nil
            }
            #expect(report["equal"] == true)
            #expect(report["recount"]?["domain#\(domain)"]?["events"] == 1, "\(report.text)")

            let one = try recount([event] + arguments, variables: state.environment)
            #expect(one.status == 0, "\(one.output)")

            let other = try recount(tables(main, statistics, "other.example"), variables: state.environment)
            #expect(other.status != 0)
            #expect(other.output.contains("no events of other.example"), "\(other.output)")
        }
    }
}
