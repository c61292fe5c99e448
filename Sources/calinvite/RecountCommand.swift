import ArgumentParser
import InviteService
import JSON
import LocalCloud
import Store

struct RecountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recount", abstract: "Compare statistics with a count of the records, and repair them.",
        discussion: """
            Of one event, or of everything without one. Prints both as JSON; exit status 1 when they differ. With --repair \
            the difference is added to the statistics, once it has been the same for ten seconds: the stream counts what \
            changes meanwhile. One event's repair includes its organizer and the domain; campaigns and days are repaired \
            by a recount of everything. Do not repair while AggregateStatistics is behind or stands still: what it counts \
            later would count twice.

            A deployed stack is named by --table, --statistics-table and --domain. Every attendee's record of what is \
            recounted is read, by queries, not a scan; --repair also writes to the statistics table.
            """)

    @Argument(help: "UID of the event; all events without it.")
    var event: String?

    @Flag(help: "Make the statistics equal to the count.")
    var repair = false

    @Option(
        name: .long,
        help: "Main table of a deployed stack, in the account and region that AWS_REGION and so on name.")
    var table: String?

    @Option(name: .long, help: "Statistics table of that stack.")
    var statisticsTable: String?

    @Option(name: .long, help: "Mail domain of that stack.")
    var domain: String?

    @OptionGroup var stack: StackOptions

    func validate() throws {
        guard (table == nil) == (statisticsTable == nil), (table == nil) == (domain == nil) else {
            throw ValidationError("A deployed stack takes all of --table, --statistics-table and --domain.")
        }
    }

    private func tables() throws -> (environment: Environment, domain: String) {
        guard let table, let statisticsTable, let domain else {
            let state = try stack.state()
            return (try StackAccess(state: state).environment(), state.mailDomain)
        }
        return (
            try DeployedTables.environment(["MAIN_TABLE": table, "STATISTICS_TABLE": statisticsTable]),
            domain.lowercased()
        )
    }

    func run() async throws {
        let (environment, domain) = try tables()
        let table = try environment.mainTable()
        let audit = StatisticsAudit(table: table, statistics: try environment.statisticsTable())
        var subject: Event?
        if let event {
            guard let uid = EventUID(event) else {
                throw ValidationError("\(event) is not an event UID (40 hex digits).")
            }
            subject = try await table.readEvent(uid)
            if subject == nil { throw ValidationError("There is no event \(event).") }
        }
        func find() async throws -> StatisticsAudit.Finding {
            if let subject { return try await audit.event(subject.uid) }
            return try await audit.all(domain: domain)
        }
        var finding = try await find()
        // A mistyped domain would pass for statistics without a fault.
        if subject == nil, self.table != nil, finding.recounted == Counters() {
            throw ValidationError("The table has no events of \(domain): is that the stack's parameter MailDomain?")
        }
        if repair, finding.difference != Counters() {
            let before = finding.difference
            try await Task.sleep(for: .seconds(10))
            guard try await find().difference == before else {
                throw ValidationError("The statistics are changing. Try again when nothing is sent or answered.")
            }
            if let subject {
                try await audit.repair(Recount.spread(before[.event(subject.uid)], of: subject))
            } else {
                try await audit.repair(before)
            }
            finding = try await find()
        }
        let isEqual = finding.difference == Counters()
        let report: JSON = [
            "equal": .bool(isEqual), "statistics": Self.document(finding.counted, of: subject),
            "recount": Self.document(finding.recounted, of: subject),
        ]
        print(report.text)
        if !isEqual { throw ExitCode.failure }
    }

    /// Of one event its counters; of everything an object of them by scope.
    private static func document(_ counters: Counters, of event: Event?) -> JSON {
        if let event { return object(counters[.event(event.uid)]) }
        var scopes = JSONObject()
        for (name, scope) in counters.values.keys.map({ ($0.text, $0) }).sorted(by: { $0.0 < $1.0 }) {
            scopes[name] = object(counters[scope])
        }
        return .object(scopes)
    }

    private static func object(_ counters: [CounterName: Int]) -> JSON {
        var object = JSONObject()
        for (name, value) in counters.sorted(by: { $0.key.text < $1.key.text }) { object[name.text] = .int(value) }
        return .object(object)
    }
}
