import Foundation
import InviteService
import JSON
import Testing

private let long = "0123456789abcdef0123456789abcdef"
private let first = #"{"current":"a","uid":"a","a":"\#(long)"}"#
/// A secret that has a key of every id.
private let full =
    #"{"current":"a","uid":"a""#
    + "abcdefghijklmnopqrstuvwxyz234567".map { #","\#($0)":"\#(long)""# }.joined() + "}"

@Suite("Scripts/rotate-secret")
struct RotateSecretScriptTests {
    /// When a stand-in for the AWS CLI fails.
    struct Break: Sendable {
        var call: Int
        /// Whether it does what it was called for before.
        var done: Bool
    }

    /// A stand-in for the AWS CLI, with a secret and two functions; functions have a Timeout of 0 seconds.
    final class Account {
        private let folder: URL

        init(secret: String) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("rotate-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("bin"), withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("tmp"), withIntermediateDirectories: true)
            try Data(secret.utf8).write(to: folder.appendingPathComponent("secret"))
            for name in ["calls", "puts", "modes"] { try Data().write(to: folder.appendingPathComponent(name)) }
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func rotate(_ arguments: [String] = [], broken: Break? = nil) throws -> CommandRun {
            let aws = folder.appendingPathComponent("bin/aws")
            let script = """
                #!/bin/sh
                cd '\(folder.path)'
                echo "$*" >>calls
                fails() { [ "$(wc -l <calls)" -eq \(broken?.call ?? 0) ] && [ \(broken?.done ?? false) = "$1" ]; }
                if fails false; then exit 254; fi
                case "$1 $2" in
                "cloudformation describe-stack-resource") echo arn:secret ;;
                "cloudformation list-stack-resources") echo '["SendInvites-1", "ReceiveReplyMail-2"]' ;;
                "lambda update-function-configuration") echo 0 ;;
                "secretsmanager get-secret-value") cat secret; echo ;;
                "secretsmanager put-secret-value")
                    for last; do :; done
                    stat -c %a "${last#file://}" >>modes
                    cat "${last#file://}" >secret
                    cat secret >>puts
                    echo >>puts ;;
                esac
                if fails true; then exit 254; fi
                exit 0
                """
            try Data(script.utf8).write(to: aws)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: aws.path)
            return try CommandRun(
                Project.root.appendingPathComponent("Scripts/rotate-secret"), arguments,
                environment: [
                    "PATH": folder.appendingPathComponent("bin").path + ":/usr/bin:/bin",
                    "TMPDIR": folder.appendingPathComponent("tmp").path,
                ])
        }

        /// Each call of all runs, its arguments in a line.
        var calls: [String] { get throws { try lines("calls") } }
        /// What was put, in its order.
        var puts: [String] { get throws { try lines("puts") } }
        var modes: [String] { get throws { try lines("modes") } }
        var leftFiles: [String] {
            get throws {
                try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("tmp").path)
            }
        }

        private func lines(_ name: String) throws -> [String] {
            String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
                .split(separator: "\n").map(String.init)
        }
    }

    @Test("makes a key known to every function before tokens are made with it")
    func order() throws {
        let account = try Account(secret: first)
        let run = try account.rotate(["--stack", "invites"])
        #expect(run.status == 0, "\(run.output)")

        let calls = try account.calls
        try #require(calls.count == 12)
        #expect(
            calls.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "cloudformation describe-stack-resource", "cloudformation list-stack-resources",
                "secretsmanager get-secret-value", "secretsmanager put-secret-value",
                "lambda wait", "lambda update-function-configuration",
                "lambda wait", "lambda update-function-configuration",
                "lambda wait", "lambda wait",
                "secretsmanager get-secret-value", "secretsmanager put-secret-value",
            ])
        #expect(calls.prefix(2).allSatisfy { $0.contains("--stack-name invites ") })
        for function in ["SendInvites-1", "ReceiveReplyMail-2"] {
            #expect(calls.contains { $0.contains("update-function-configuration --function-name \(function) --desc") })
            #expect(calls[8..<10].contains("lambda wait function-updated-v2 --function-name \(function)"))
        }

        let puts = try account.puts
        try #require(puts.count == 2)
        let (added, changed) = (try JSON(parsing: puts[0]), try JSON(parsing: puts[1]))
        #expect(added["current"]?.string == "a")
        #expect(changed["current"]?.string == "b")
        #expect(changed["next"] == nil)
        let key = try #require(added["b"]?.string)
        #expect(changed["b"]?.string == key)
        let uidKey = try ServiceSecret(parsing: first).eventUIDKey
        for (text, secret) in [(puts[0], added), (puts[1], changed)] {
            let parsed = try ServiceSecret(parsing: text)
            #expect(parsed.eventUIDKey == uidKey)
            #expect(secret["a"]?.string == long)
        }

        let (modes, left) = (try account.modes, try account.leftFiles)
        #expect(modes == ["600", "600"])
        #expect(left.isEmpty)
        for text in calls + [run.output] {
            #expect(!text.contains(key) && !text.contains(long), "a secret was shown")
        }
    }

    @Test("goes on where it broke off, with the key that it added", arguments: 1...12, [false, true])
    func again(call: Int, done: Bool) throws {
        let account = try Account(secret: first)
        let broken = try account.rotate(broken: Break(call: call, done: done))
        #expect(broken.status != 0 && broken.output.contains("run this again"), "\(broken.output)")
        let left = try account.leftFiles
        #expect(left.isEmpty)
        // Nothing is left to do when the very last call did its work.
        if call == 12 && done { return }

        let run = try account.rotate()
        #expect(run.status == 0, "\(run.output)")
        let puts = try account.puts
        let secrets = try puts.map { try JSON(parsing: $0) }
        #expect(secrets.map { $0["current"]?.string } == ["a", "b"])
        #expect(secrets.allSatisfy { $0["c"] == nil && $0["b"] == secrets[0]["b"] })
        // The run that made the key current has started every function anew.
        let calls = try account.calls
        let last = try #require(calls.lastIndex { $0.hasPrefix("cloudformation describe-stack-resource") })
        #expect(calls[last...].count(where: { $0.hasPrefix("lambda update-function-configuration") }) == 2)
        for text in puts { _ = try ServiceSecret(parsing: text) }
    }

    @Test("the next rotation takes the next id")
    func twice() throws {
        let account = try Account(secret: first)
        for _ in 0..<2 {
            let run = try account.rotate()
            #expect(run.status == 0, "\(run.output)")
        }
        let last = try account.puts.last
        let secret = try JSON(parsing: try #require(last))
        #expect(secret["current"]?.string == "c")
        #expect(secret["uid"]?.string == "a")
        #expect(secret["b"]?.string != secret["c"]?.string)
    }

    @Test(
        "says what is wrong with a secret and leaves it alone",
        arguments: [
            ("nonsense", "not a JSON object"), (#"{"current":"a","uid":"a","a":"short"}"#, "fewer than 32"),
            (#"{"current":"b","uid":"a","a":"\#(long)"}"#, #""current" names no key"#),
            (#"{"current":"A","uid":"A","A":"\#(long)"}"#, "a-z and 2-7"),
            (full, "all 32 keys"),
        ])
    func unusable(secret: String, message: String) throws {
        let account = try Account(secret: secret)
        let run = try account.rotate()
        #expect(run.status != 0)
        #expect(run.output.contains(message), "\(run.output)")
        #expect(!run.output.contains(long) && !run.output.contains("Traceback"))
        let (puts, calls) = (try account.puts, try account.calls)
        #expect(puts.isEmpty)
        #expect(!calls.contains { $0.hasPrefix("lambda") })
    }
}
