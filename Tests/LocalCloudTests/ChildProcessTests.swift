import Foundation
import LocalCloud
import Testing

@Suite("A child process")
final class ChildProcessTests {
    private let output = FileManager.default.temporaryDirectory.appendingPathComponent("child-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: output) }

    private func written(_ text: String) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if try String(contentsOf: output, encoding: .utf8).contains(text) { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    @Test("is asked to end, may clean up, and takes its own children with it")
    func stop() async throws {
        let script = "trap 'echo ended; exit 0' TERM; sleep 1000 & echo child $!; wait"
        let child = try ChildProcess(
            "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], output: output, grace: 10)
        #expect(try await written("child"))
        #expect(child.isRunning)
        await child.stop()
        let text = try String(contentsOf: output, encoding: .utf8)
        #expect(text.contains("ended"))
        #expect(!child.isRunning)
        let grandchild = try #require(text.firstMatch(of: /child (\d+)/).flatMap { Int32($0.1) })
        let state = try? String(contentsOfFile: "/proc/\(grandchild)/stat", encoding: .utf8)
        #expect(state.map { $0.contains(") Z ") } ?? true)
    }

    @Test("that does not listen is killed after its grace time")
    func stubborn() async throws {
        let child = try ChildProcess(
            "/bin/sh", arguments: ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"],
            environment: ["PATH": "/usr/bin:/bin"], output: output, grace: 1)
        #expect(try await written("ready"))
        await child.stop()
        #expect(!child.isRunning)
    }

    @Test("that ends by itself is noticed")
    func ownEnd() async throws {
        let child = try ChildProcess(
            "/bin/true", environment: ["PATH": "/usr/bin:/bin"], output: output, grace: 1)
        let deadline = ContinuousClock.now + .seconds(60)
        while child.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!child.isRunning)
    }

    @Test("inherits nothing but the variables it is given")
    func environment() async throws {
        setenv("CALINVITE_TEST_LEAK", "1", 1)
        let child = try ChildProcess(
            "/usr/bin/env", environment: ["ONLY": "this"], output: output, grace: 1)
        #expect(try await written("ONLY=this"))
        #expect(try !String(contentsOf: output, encoding: .utf8).contains("CALINVITE_TEST_LEAK"))
        await child.stop()
    }
}
