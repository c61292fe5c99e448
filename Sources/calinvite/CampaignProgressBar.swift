import ArgumentParser
import Foundation
import JSON

/// Draws a campaign's progress on the terminal.
struct CampaignProgressBar {
    let access: StackAccess
    let event: String
    let key: String

    func show(_ campaign: String) async throws {
        Terminal.line(try Self.line(await progress(of: campaign), width: 30))
    }

    /// Redraws until the campaign is finished, or stands still; fails unless it is finished.
    func follow(_ campaign: String) async throws {
        let isTerminal = isatty(STDERR_FILENO) == 1
        var last = ""
        while true {
            let progress = try await progress(of: campaign)
            let line = Self.line(progress, width: 30)
            if line != last {
                let text = isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n"
                try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
                last = line
            }
            let status = progress["status"]?.string ?? "?"
            guard status == "importing" || status == "sending" else {
                if isTerminal { try? FileHandle.standardError.write(contentsOf: Data("\n".utf8)) }
                if status == "checked" { return Terminal.line(Self.findings(of: progress)) }
                if status != "finished" { throw ExitCode.failure }
                return
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func progress(of campaign: String) async throws -> JSON {
        try await access.call("GET", "/event/\(event)/campaigns/\(campaign)", key: key)
    }

    /// What a trial found, a line each.
    private static func findings(of progress: JSON) -> String {
        let found = progress["import"]
        func number(_ name: String) -> Int { found?[name]?.int ?? 0 }
        var lines = ["\(number("rows")) rows read, \(number("accepted")) would be invited"]
        for (reason, count) in (found?["dropped"]?.object ?? [:]).map({ ($0.name, $0.value.int ?? 0) }) where count > 0
        {
            lines.append("  left out: \(reason) \(count)")
        }
        lines += (found?["sample"]?.array ?? []).compactMap(\.string).map { "  such as \($0)" }
        return lines.joined(separator: "\n")
    }

    private static func line(_ progress: JSON, width: Int) -> String {
        let status = progress["status"]?.string ?? "?"
        if let failure = progress["failure"]?.string { return "\(status): \(failure)" }
        if status == "checked" { return status }
        let total = progress["import"]?["accepted"]?.int ?? 0
        let skipped = (progress["skipped"]?.object ?? [:]).reduce(0) { $0 + ($1.value.int ?? 0) }
        let (sent, failed) = (progress["sent"]?.int ?? 0, progress["failed"]?.int ?? 0)
        let done = min(sent + failed + skipped, max(total, 0))
        let filled = total > 0 ? width * done / total : 0
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        var text = "\(bar) \(done)/\(total) \(status), \(sent) sent"
        if failed > 0 { text += ", \(failed) failed" }
        if skipped > 0 { text += ", \(skipped) skipped" }
        if status == "sending", let rate = progress["rate"]?.number.flatMap(Double.init) {
            text += ", \(Int(rate.rounded()))/s"
        }
        if let reason = progress["paused_because"]?.string { text += ": \(reason)" }
        if let seconds = progress["seconds_left"]?.int {
            text += ", \(Duration.seconds(seconds).formatted(.units(allowed: [.hours, .minutes, .seconds]))) left"
        }
        return text
    }
}
