import Foundation
import HTTPTransport
import JSON
import LocalCloud

/// A folder with a small template and one function, `Echo`, that writes every event it gets into a journal and answers
/// with its event and environment.
struct StackBench {
    let folder: URL

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let miniStack = root.appendingPathComponent(".venv/bin/ministack")
    static var isMiniStackInstalled: Bool { FileManager.default.isExecutableFile(atPath: miniStack.path) }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("stack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("build"), withIntermediateDirectories: true)
        try Data(StackBench.template.utf8).write(to: folder.appendingPathComponent("template.yaml"))
        let executable = folder.appendingPathComponent("build/Echo")
        let python = StackBench.root.appendingPathComponent(".venv/bin/python3").path
        try Data("#!\(python)\n\(StackBench.program)".utf8).write(to: executable)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: executable.path)
    }

    func start(keepsState: Bool = false) async throws -> LocalStack {
        try await LocalStack.start(
            LocalStack.Configuration(
                template: folder.appendingPathComponent("template.yaml"),
                executables: folder.appendingPathComponent("build"), miniStack: StackBench.miniStack,
                directory: StackDirectory(folder.appendingPathComponent("data")), keepsState: keepsState,
                port: keepsState ? nil : 0, parameters: ["Journal": journalFile.path]))
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private var journalFile: URL { folder.appendingPathComponent("journal") }

    /// The events that the function got so far.
    func journal() -> [JSON] {
        let lines = (try? Data(contentsOf: journalFile)) ?? Data()
        return lines.split(separator: UInt8(ascii: "\n")).compactMap { try? JSON(parsing: [UInt8]($0)) }
    }

    /// The first journal entry that fits, as soon as it is there; nil when it does not come within 20 seconds.
    func event(where fits: (JSON) -> Bool) async throws -> JSON? {
        try await eventually { journal().first(where: fits) }
    }

    /// The first value that `find` comes to; nil when there is none within 20 seconds.
    func eventually<Value>(_ find: () async throws -> Value?) async throws -> Value? {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let value = try await find() { return value }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    private static let template = """
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          MailDomain: {Type: String}
          Journal: {Type: String}
          Workers: {Type: Number, Default: 2}
        Resources:
          Bucket: {Type: AWS::S3::Bucket}
          Secret: {Type: AWS::SecretsManager::Secret, Properties: {GenerateSecretString: {PasswordLength: 20}}}
          Queue: {Type: AWS::SQS::Queue}
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
              KeySchema: [{AttributeName: pk, KeyType: HASH}]
              StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
              TimeToLiveSpecification: {AttributeName: expires, Enabled: true}
          Echo:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: provided.al2023
              Handler: bootstrap
              CodeUri: build/Echo.zip
              Environment: {Variables: {JOURNAL: !Ref Journal, SECRET: !Ref Secret}}
              Events:
                Api: {Type: HttpApi, Properties: {Method: ANY, Path: "/echo/{name}"}}
                Jobs:
                  Type: SQS
                  Properties: {Queue: !GetAtt Queue.Arn, ScalingConfig: {MaximumConcurrency: !Ref Workers}}
                Changes: {Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: TRIM_HORIZON}}
          Rule:
            Type: AWS::SES::ReceiptRule
            Properties:
              RuleSetName: rules
              Rule:
                Name: rule
                Enabled: true
                Recipients: [!Sub "create@${MailDomain}"]
                Actions:
                  - S3Action: {BucketName: !Ref Bucket, ObjectKeyPrefix: inbound/}
                  - LambdaAction: {FunctionArn: !GetAtt Echo.Arn, InvocationType: Event}
        Outputs:
          Table: {Value: !Ref Table}
        """

    private static let program = """
        import json, os, urllib.request
        api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
        while True:
            with urllib.request.urlopen(api + "next") as request:
                id, event = request.headers["Lambda-Runtime-Aws-Request-Id"], json.load(request)
            with open(os.environ["JOURNAL"], "a") as journal:
                journal.write(json.dumps(event) + "\\n")
            answer = json.dumps({"event": event, "environment": dict(os.environ), "process": os.getpid()})
            urllib.request.urlopen(api + id + "/response", data=answer.encode()).close()
        """
}
