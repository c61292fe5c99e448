import Foundation
import Synchronization

/// A child in a process group of its own that does not outlive this process.
///
/// A shell stands between: it watches a pipe whose other end only this process holds. When the pipe closes, because
/// `stop` closed it or because this process died in whatever way, the shell ends the program with SIGTERM and, once it
/// is gone, what it left behind in the group with SIGKILL. (PR_SET_PDEATHSIG would fire when the *thread* that forked
/// ends, which here is one of a pool.)
package final class ChildProcess: Sendable {
    /// Of the watching shell, and the id of the process group.
    package let processID: pid_t
    private let lifeline: FileHandle
    private let hasEnded = Mutex(false)

    /// `$0` is the grace time in seconds, the rest the program.
    private static let watcher = """
        exec 3<&0 </dev/null
        "$@" 3<&- &
        program=$!
        {
            cat <&3 >/dev/null
            kill -TERM "$program" 2>/dev/null
            sleep "$0"
            kill -KILL "$program" 2>/dev/null
        } &
        wait "$program"
        kill -KILL 0
        """

    /// - Parameters:
    ///   - environment: all of it; nothing is inherited.
    ///   - output: file that gets what the program writes to its standard output and error.
    ///   - grace: seconds between SIGTERM and SIGKILL.
    package init(
        _ program: String, arguments: [String] = [], environment: [String: String], output: URL, grace: Int
    ) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ChildProcessError.cannotStart(program, errno: errno) }
        defer { close(ends[0]) }
        // No other child may hold the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        lifeline = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let command = ["/bin/sh", "-c", ChildProcess.watcher, String(grace), program] + arguments
        var child: pid_t = 0
        let status = ChildProcess.withCStrings(command) { command in
            ChildProcess.withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&child, "/bin/sh", &actions, &attributes, command, environment)
            }
        }
        guard status == 0 else { throw ChildProcessError.cannotStart(program, errno: status) }
        processID = child
    }

    /// Ends the program and waits until nothing of its group is left.
    package func stop() async {
        try? lifeline.close()
        while isRunning { try? await Task.sleep(for: .milliseconds(20)) }
    }

    /// Whether the program is still there. The shell goes last, and with it the whole group.
    package var isRunning: Bool {
        hasEnded.withLock { hasEnded in
            guard !hasEnded else { return false }
            var status: Int32 = 0
            hasEnded = waitpid(processID, &status, WNOHANG) != 0
            return !hasEnded
        }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

package enum ChildProcessError: Error, Sendable, CustomStringConvertible {
    case cannotStart(String, errno: Int32)

    package var description: String {
        switch self {
        case .cannotStart(let program, let number): "cannot start \(program): \(String(cString: strerror(number)))"
        }
    }
}
