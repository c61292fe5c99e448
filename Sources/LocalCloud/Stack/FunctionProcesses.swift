import Foundation

/// The processes that MiniStack runs functions in, as the kernel tells of them.
package struct FunctionProcesses: Sendable {
    package struct Process: Sendable, Equatable {
        package let id: pid_t
        /// Physical name of the function.
        package let function: String
        /// Processor time so far, in clock ticks of 10 ms.
        package let ticks: Int
    }

    /// The process group they are all in.
    let group: pid_t

    /// Those that run now.
    package func all() -> [Process] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.sorted().compactMap(process)
    }

    /// Waits until none of them has used the processor for a second and a half, for at most the given time.
    func waitUntilIdle(atMost limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        var ticks = all().map(\.ticks)
        var unchangedSince = ContinuousClock.now
        while ContinuousClock.now < deadline, ContinuousClock.now - unchangedSince < .milliseconds(1500) {
            try? await Task.sleep(for: .milliseconds(100))
            let current = all().map(\.ticks)
            if current != ticks {
                ticks = current
                unchangedSince = .now
            }
        }
    }

    private func process(_ id: pid_t) -> Process? {
        // `pid (name) state ppid pgrp …`; the name may have spaces and parentheses.
        guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
            let close = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[close...].split(separator: " ").dropFirst()
        guard fields.count > 13, pid_t(fields[fields.startIndex + 2]) == group,
            let user = Int(fields[fields.startIndex + 11]), let system = Int(fields[fields.startIndex + 12]),
            let environment = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/environ"))
        else { return nil }
        let prefix = Data("AWS_LAMBDA_FUNCTION_NAME=".utf8)
        guard let variable = environment.split(separator: 0).first(where: { $0.starts(with: prefix) }) else {
            return nil
        }
        let name = String(decoding: variable.dropFirst(prefix.count), as: UTF8.self)
        return Process(id: id, function: name, ticks: user + system)
    }
}
