import JSON
import SwiftGlibc

/// Writes one JSON object a line to standard output, which Lambda takes to CloudWatch Logs.
///
/// Values must not hold addresses, tokens or message content.
package enum LambdaLog {
    package enum Level: String, Sendable {
        case info = "INFO"
        case warning = "WARN"
        case error = "ERROR"
    }

    package static func write(_ level: Level, _ message: String, _ fields: JSONObject = [:]) {
        var line = JSONObject()
        line["level"] = .string(level.rawValue)
        line["message"] = .string(message)
        for member in fields { line[member.name] = member.value }
        var bytes = JSON.object(line).bytes
        bytes.append(UInt8(ascii: "\n"))
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { SwiftGlibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
