import Foundation
import HTTPTransport
import JSON
import SigV4

/// The whole product on one machine, from the template that is deployed: MiniStack with the functions, the mail
/// service, the HTTP API gateway. Everything listens on the loopback interface only.
package final class LocalStack: Sendable {
    package struct Configuration: Sendable {
        package var template: URL
        /// Folder with the functions' executables, such as `.build/release`.
        package var executables: URL
        /// The `ministack` program of the project's `.venv`.
        package var miniStack: URL
        package var directory: StackDirectory
        /// Whether the folder's state is taken up at the start and kept by a clean stop; otherwise it is cleared first.
        package var keepsState: Bool
        /// Of the gateway. Nil is that of the kept state, else 8080, else any free one.
        package var port: Int?
        /// Of the SMTP door. Nil is 2525, or any when that is taken.
        package var smtpPort: Int?
        package var mailDomain: String
        package var parameters: [String: String]
        /// Recipients a second.
        package var maximumSendRate: Double
        package var maximum24HourSend: Double

        package init(
            template: URL, executables: URL, miniStack: URL, directory: StackDirectory, keepsState: Bool = false,
            port: Int? = nil, smtpPort: Int? = nil, mailDomain: String = "calendar.example.com",
            parameters: [String: String] = [:],
            maximumSendRate: Double = 100, maximum24HourSend: Double = 50_000
        ) {
            self.template = template
            self.executables = executables
            self.miniStack = miniStack
            self.directory = directory
            self.keepsState = keepsState
            self.port = port
            self.smtpPort = smtpPort
            self.mailDomain = mailDomain
            self.parameters = parameters
            self.maximumSendRate = maximumSendRate
            self.maximum24HourSend = maximum24HourSend
        }
    }

    package let state: StackState
    package let mail: MailService
    package let pinpoint: PinpointService
    package let smtp: SMTPListener
    /// Addresses that take mail, as the receipt rules have them.
    package let addresses: [String]
    private let miniStack: MiniStackProcess
    private let gateway: HTTPAPIGateway
    private let aws: LocalAWS
    private let keepsState: Bool
    private let lock: FileHandle

    /// Name of the CloudFormation stack.
    private static let name = "calinvite"

    /// Starts everything and waits until it can be used.
    ///
    /// - Parameter progress: gets a line before each step that takes a while.
    package static func start(
        _ configuration: Configuration, progress: @Sendable (String) -> Void = { _ in }
    ) async throws -> LocalStack {
        let directory = configuration.directory
        let lock = try directory.lock()
        let earlier = configuration.keepsState ? try directory.state() : nil
        if configuration.keepsState {
            try SavedState.forgetStreamPositions(in: directory.miniStack)
        } else {
            try directory.clear()
        }
        try FileManager.default.createDirectory(at: directory.miniStack, withIntermediateDirectories: true)
        let template = try Template(yaml: String(contentsOf: configuration.template, encoding: .utf8))
        let gatewayPort = try LocalStack.gatewayPort(configuration, earlier: earlier)
        // The functions learn this address before the service behind it can be configured from the deployed stack.
        let (mailPort, pinpointPort) = (try FreePort.any(), try FreePort.any())
        progress("Starting MiniStack")
        let miniStack = try await MiniStackProcess(
            MiniStackProcess.Configuration(
                program: configuration.miniStack, directory: directory.miniStack,
                // Queues keep the address they were made with.
                port: earlier.flatMap { LocalStack.port(of: $0.endpoint) } ?? 0, keepsState: configuration.keepsState,
                functionEnvironment: [
                    "AWS_ENDPOINT_URL_SESV2": "http://127.0.0.1:\(mailPort)",
                    "AWS_ENDPOINT_URL_PINPOINT": "http://127.0.0.1:\(pinpointPort)",
                ]))
        do {
            let gatewayURL = "http://127.0.0.1:\(gatewayPort)"
            let transport = HTTPTransport()
            let root = LocalAWS(
                endpoint: miniStack.url, region: miniStack.region, credentials: miniStack.rootCredentials,
                transport: transport)
            let aws = root.signed(with: try await AccountUser(root: root, name: name).credentials())
            progress("Deploying \(configuration.template.lastPathComponent)")
            let stack = try await Deployment(
                stackName: name, aws: aws, template: template,
                parameters: try LocalParameters.values(
                    for: template, mailDomain: configuration.mailDomain, gateway: gatewayURL,
                    overrides: configuration.parameters),
                executables: configuration.executables
            ).deploy()
            let lambda = LambdaFunctions(aws: aws)
            let reception = try LocalStack.reception(stack: stack, aws: aws, lambda: lambda)
            let mail = try await LocalStack.mailService(
                configuration, stack: stack, aws: aws, reception: reception, port: mailPort)
            let smtp = try await SMTPDoor.open(
                port: configuration.smtpPort, domain: configuration.mailDomain, reception: reception)
            let pinpoint = try await PinpointService(port: pinpointPort) { bytes, bucket, key in
                try await ObjectStore(aws: aws).put(bytes, bucket: bucket, key: key)
            }
            let functions = stack.resources
            let gateway = try await HTTPAPIGateway(api: try stack.httpAPI(), port: gatewayPort) { function, payload in
                try await lambda.invoke(functions[function] ?? function, payload: payload, timeout: .seconds(30))
            }
            for mapping in try await EventSourceMappings(aws: aws).list() where !mapping.isEnabled {
                // Left so by the clean stop.
                try await EventSourceMappings(aws: aws).setEnabled(true, mapping)
            }
            let state = StackState(
                region: aws.region, endpoint: aws.endpoint, mailEndpoint: mail.url, gateway: gateway.url,
                credentials: aws.credentials, mailDomain: configuration.mailDomain, outbox: directory.outbox.path,
                outputs: stack.outputs, resources: stack.resources)
            try directory.write(state)
            return LocalStack(
                state: state, mail: mail, pinpoint: pinpoint, smtp: smtp,
                addresses: try stack.receiptRules().flatMap(\.recipients),
                miniStack: miniStack, gateway: gateway, aws: aws, keepsState: configuration.keepsState, lock: lock)
        } catch {
            await miniStack.stop()
            throw error
        }
    }

    private init(
        state: StackState, mail: MailService, pinpoint: PinpointService, smtp: SMTPListener, addresses: [String],
        miniStack: MiniStackProcess, gateway: HTTPAPIGateway, aws: LocalAWS, keepsState: Bool, lock: FileHandle
    ) {
        self.state = state
        self.mail = mail
        self.pinpoint = pinpoint
        self.smtp = smtp
        self.addresses = addresses
        self.miniStack = miniStack
        self.gateway = gateway
        self.aws = aws
        self.keepsState = keepsState
        self.lock = lock
    }

    /// Stops everything; nothing is left running. When the state is kept, what is under way is finished first.
    package func stop() async {
        await gateway.stop()
        await smtp.stop()
        if keepsState { await comeToRest() }
        await miniStack.stop()
        await mail.stop()
        await pinpoint.stop()
        try? lock.close()
    }

    package var isRunning: Bool { miniStack.isRunning }

    /// The processes that run functions.
    package var processes: FunctionProcesses { miniStack.processes }

    /// MiniStack does not save what is in the tables' streams, so they have to be read to their end: the queues' event
    /// sources are switched off, and then the functions left to finish.
    private func comeToRest() async {
        await mail.account.events?.drain()
        let mappings = EventSourceMappings(aws: aws)
        for mapping in (try? await mappings.list()) ?? [] where mapping.source.hasPrefix("arn:aws:sqs:") {
            try? await mappings.setEnabled(false, mapping)
        }
        await processes.waitUntilIdle(atMost: .seconds(20))
    }

    private static func reception(
        stack: DeployedStack, aws: LocalAWS, lambda: LambdaFunctions
    ) throws -> MailReception {
        let store = ObjectStore(aws: aws)
        return MailReception(region: aws.region, rules: try stack.receiptRules()) { bucket, key, content in
            try await store.put(content, bucket: bucket, key: key)
        } invoke: { function, invocationType, payload in
            if invocationType == "RequestResponse" {
                _ = try await lambda.invoke(function, payload: payload, timeout: .seconds(30))
            } else {
                try await lambda.invokeAsynchronously(function, payload: payload)
            }
        }
    }

    private static func mailService(
        _ configuration: Configuration, stack: DeployedStack, aws: LocalAWS, reception: MailReception, port: Int
    ) async throws -> MailService {
        let events = SendEvents(destinations: try stack.eventDestinations()) { topic, event in
            _ = try await aws.query(
                "sns", version: "2010-03-31", action: "Publish", [("TopicArn", topic), ("Message", event.text)])
        }
        let account = try MailAccount(
            configuration: MailAccount.Configuration(
                region: aws.region, domain: configuration.mailDomain, configurationSets: stack.configurationSets(),
                maximumSendRate: configuration.maximumSendRate, maximum24HourSend: configuration.maximum24HourSend),
            outbox: Outbox(directory: configuration.directory.outbox), events: events)
        return try await MailService(account: account, reception: reception, port: port)
    }

    private static func gatewayPort(_ configuration: Configuration, earlier: StackState?) throws -> Int {
        // Links in mails already sent lead to the port that was used before.
        let wanted = configuration.port ?? earlier.flatMap { LocalStack.port(of: $0.gateway) }
        if let wanted, wanted != 0 {
            guard FreePort.isFree(wanted) else { throw HTTPListenerError.cannotListen(port: wanted) }
            return wanted
        }
        return configuration.port == nil && FreePort.isFree(8080) ? 8080 : try FreePort.any()
    }

    private static func port(of url: String) -> Int? { url.split(separator: ":").last.flatMap { Int($0) } }
}
