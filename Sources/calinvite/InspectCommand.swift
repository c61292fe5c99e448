import ArgumentParser
import Foundation
import JSON

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show how the server understands mails (.eml) and calendar files (.ics).")

    @Flag(name: .long, help: "One JSON object a line for each file.")
    var json = false

    @Argument(help: "The files; one that cannot be read does not stop the others, and makes the status 1.")
    var files: [String]

    func run() throws {
        var isUnread = false
        for file in files {
            let inspection: Inspection
            do {
                inspection = Inspection(file: file, bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))))
            } catch {
                inspection = Inspection(file: file, unreadable: InputFile.reason(error))
                isUnread = true
            }
            Terminal.line(json ? inspection.json.text : InspectCommand.report(inspection.json))
        }
        if isUnread { throw ExitCode.failure }
    }

    /// The same facts for people.
    private static func report(_ inspection: JSON) -> String {
        var lines = [inspection["file"]?.string ?? ""]
        if let error = inspection["error"]?.string { lines.append("  error: \(error)") }
        if let method = inspection["method"]?.string { lines.append("  METHOD \(method)") }
        for (event, details) in zip(inspection["events"]?.array ?? [], inspection["details"]?.array ?? []) {
            lines.append("  \(event["type"]?.string ?? "") \(event["summary"]?.string ?? "(no title)")")
            for name in [
                "uid", "recurrence_id", "dtstart", "dtend", "duration", "tzid", "rrule", "status", "location",
                "organizer",
            ] {
                if let value = event[name]?.string { lines.append("    \(name): \(value)") }
            }
            for conference in details["conferences"]?.array ?? [] {
                lines.append("    online: \(conference["uri"]?.string ?? "")")
            }
            for attendee in event["attendees"]?.array ?? [] {
                lines.append("    attendee: \(attendee["email"]?.string ?? "") \(attendee["partstat"]?.string ?? "")")
            }
        }
        for problem in inspection["problems"]?.array ?? [] {
            let line = problem["line"]?.int.map { "line \($0): " } ?? ""
            lines.append("  problem: \(line)\(problem["message"]?.string ?? "")")
        }
        return lines.joined(separator: "\n")
    }
}
