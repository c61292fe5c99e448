import Foundation
import HTTPTransport
import SigV4

/// MiniStack: S3, DynamoDB, SQS, SNS, Secrets Manager, IAM, CloudFormation and the runner of the functions, in one
/// process on one loopback port.
package final class MiniStackProcess: Sendable {
    package struct Configuration: Sendable {
        /// The `ministack` program of the project's `.venv`.
        package var program: URL
        /// Holds logs, unpacked functions and, when the state is kept, the state.
        package var directory: URL
        /// 0 takes a free one.
        package var port: Int
        /// Whether state is loaded at the start and saved by a clean stop.
        package var keepsState: Bool
        package var region: String
        /// What all functions get on top of their own variables, such as the endpoint of the mail service.
        package var functionEnvironment: [String: String]

        package init(
            program: URL, directory: URL, port: Int = 0, keepsState: Bool = false, region: String = "us-east-1",
            functionEnvironment: [String: String] = [:]
        ) {
            self.program = program
            self.directory = directory
            self.port = port
            self.keepsState = keepsState
            self.region = region
            self.functionEnvironment = functionEnvironment
        }
    }

    package let port: Int
    package let region: String
    /// May do everything. Its secret is not checked by MiniStack, so it is used for nothing but making a real user.
    package let rootCredentials: Credentials
    package let log: URL
    private let child: ChildProcess

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Starts it and waits until it answers.
    package init(_ configuration: Configuration) async throws {
        guard FileManager.default.isExecutableFile(atPath: configuration.program.path) else {
            throw MiniStackError.notInstalled(configuration.program)
        }
        let directory = configuration.directory
        let temporary = directory.appendingPathComponent("tmp")
        let state = directory.appendingPathComponent("state")
        for folder in [temporary, state] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        let port = configuration.port == 0 ? try FreePort.any() : configuration.port
        guard FreePort.isFree(port) else { throw HTTPListenerError.cannotListen(port: port) }
        let root = Credentials(accessKeyID: "local-root", secretAccessKey: UUID().uuidString)
        // Everything it knows is listed here: functions inherit it, and one that works only because of a variable in
        // somebody's shell must not work here.
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory.path, "TMPDIR": temporary.path, "LANG": "C.UTF-8",
            "GATEWAY_PORT": String(port), "BIND_HOST": "127.0.0.1", "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_REGION": configuration.region, "AUTH": "true", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",
            "AWS_ACCESS_KEY_ID": root.accessKeyID, "AWS_SECRET_ACCESS_KEY": root.secretAccessKey,
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "STATE_DIR": state.path,
            "S3_DATA_DIR": directory.appendingPathComponent("s3").path,
        ]
        if configuration.keepsState {
            environment["PERSIST_STATE"] = "1"
            environment["S3_PERSIST"] = "1"
        }
        environment.merge(configuration.functionEnvironment) { own, _ in own }

        self.port = port
        region = configuration.region
        rootCredentials = root
        log = directory.appendingPathComponent("ministack.log")
        // Saving the state of a long campaign takes a few seconds.
        child = try ChildProcess(
            configuration.program.path, environment: environment, output: log, grace: configuration.keepsState ? 60 : 5)
        try await waitUntilReady()
    }

    /// Stops it with all functions it runs; state that is kept has been written when this returns.
    package func stop() async { await child.stop() }

    package var isRunning: Bool { child.isRunning }

    /// The processes that run functions.
    package var processes: FunctionProcesses { FunctionProcesses(group: child.processID) }

    private func waitUntilReady() async throws {
        let transport = HTTPTransport()
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            guard child.isRunning else { break }
            let request = HTTPRequest(url: "\(url)/_ministack/health", deadline: .now + .seconds(5))
            if let response = try? await transport.send(request), response.status == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        await child.stop()
        throw MiniStackError.notReady(log: log)
    }
}

package enum MiniStackError: Error, Sendable, CustomStringConvertible {
    case notInstalled(URL)
    case notReady(log: URL)
    /// It ended by itself.
    case died(log: URL)

    package var description: String {
        switch self {
        case .notInstalled(let program): "\(program.path) is not there: run Scripts/python-tools first"
        case .notReady(let log): "MiniStack did not start; see \(log.path)"
        case .died(let log): "MiniStack ended unexpectedly; see \(log.path)"
        }
    }
}
