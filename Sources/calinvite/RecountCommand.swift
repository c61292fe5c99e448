import ArgumentParser
import InviteService
import JSON
import LocalCloud
import Store

struct RecountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recount", abstract: "Compare an event's statistics with a count of its attendees' records.",
        discussion: "Prints both as JSON; exit status 1 when they differ.")

    @Argument(help: "UID of the event.")
    var event: String

    @OptionGroup var stack: StackOptions

    func run() async throws {
        guard let uid = EventUID(event) else { throw ValidationError("\(event) is not an event UID (40 hex digits).") }
        let environment = try StackAccess(state: try stack.state()).environment()
        let counted = try await environment.statisticsTable().readCounters(.event(uid)).filter { $0.value != 0 }
        let attendees = try await environment.mainTable().allAttendees(of: uid)
        let recounted = Recount.counters(of: uid, attendees: attendees)
        let isEqual = counted == recounted
        let report: JSON = [
            "equal": .bool(isEqual), "statistics": Self.object(counted), "recount": Self.object(recounted),
        ]
        print(report.text)
        if !isEqual { throw ExitCode.failure }
    }

    private static func object(_ counters: [CounterName: Int]) -> JSON {
        var object = JSONObject()
        for (name, value) in counters.sorted(by: { $0.key.text < $1.key.text }) { object[name.text] = .int(value) }
        return .object(object)
    }
}
