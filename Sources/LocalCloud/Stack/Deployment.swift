import Foundation
import JSON

/// Brings a template up as a stack: packages, CloudFormation, and what has to be set through APIs besides.
package struct Deployment: Sendable {
    package let stackName: String
    let aws: LocalAWS
    let template: Template
    /// Overrides of the template's defaults.
    let parameters: [String: String]
    /// Where the functions' executables are.
    let executables: URL

    static let accountID = "000000000000"
    private static let templateKey = "template.json"
    private var bucket: String { "\(stackName)-code" }

    /// Creates the stack, or updates the one that is there, and waits until it is complete.
    func deploy() async throws -> DeployedStack {
        try await ObjectStore(aws: aws).createBucket(bucket)
        let code = try await uploadCode()
        let local = LocalTemplate(template, parameters: parameters, code: code)
        // CloudFormation takes 51,200 bytes in a request, and more from a bucket.
        try await ObjectStore(aws: aws).put(local.json.bytes, bucket: bucket, key: Self.templateKey)
        let templateURL = "\(aws.endpoint)/\(bucket)/\(Self.templateKey)"
        let cloudFormation = CloudFormation(aws: aws)
        if try await cloudFormation.describe(stackName) == nil {
            try await cloudFormation.create(stackName, templateURL: templateURL, parameters: parameters)
        } else {
            _ = try await cloudFormation.update(stackName, templateURL: templateURL, parameters: parameters)
        }
        let stack = try await completed(cloudFormation)
        let resources = try await cloudFormation.resources(stackName)
        for (table, attribute) in local.timeToLive {
            try await setTimeToLive(attribute, table: resources[table] ?? table)
        }
        return DeployedStack(
            name: stackName, region: aws.region, template: template, parameters: parameters, outputs: stack.outputs,
            resources: resources)
    }

    private func uploadCode() async throws -> [String: LocalTemplate.Code] {
        let functions = template.resources(ofType: "AWS::Serverless::Function")
        guard !functions.isEmpty else { return [:] }
        let store = ObjectStore(aws: aws)
        let packages = FunctionPackages(directory: executables)
        var code: [String: LocalTemplate.Code] = [:]
        for function in functions {
            let package = try packages.package(function.id)
            try await store.put(package.archive, bucket: bucket, key: package.key)
            code[function.id] = LocalTemplate.Code(bucket: bucket, key: package.key)
        }
        return code
    }

    private func completed(_ cloudFormation: CloudFormation) async throws -> CloudFormation.Stack {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            guard let stack = try await cloudFormation.describe(stackName) else { break }
            switch stack.status {
            case "CREATE_COMPLETE", "UPDATE_COMPLETE": return stack
            case let status where status.hasSuffix("IN_PROGRESS"): try await Task.sleep(for: .milliseconds(100))
            case let status:
                throw DeploymentError.failed(status: status, reasons: try await cloudFormation.failures(stackName))
            }
        }
        throw DeploymentError.failed(status: "no end in sight", reasons: try await cloudFormation.failures(stackName))
    }

    private func setTimeToLive(_ attribute: String, table: String) async throws {
        do {
            try await aws.json(
                "dynamodb", target: "DynamoDB_20120810.UpdateTimeToLive",
                [
                    "TableName": .string(table),
                    "TimeToLiveSpecification": ["Enabled": true, "AttributeName": .string(attribute)],
                ])
        } catch let error as LocalAWSError where error.message.contains("already enabled") {}
    }
}

package enum DeploymentError: Error, Sendable, CustomStringConvertible {
    case notBuilt(URL)
    case failed(status: String, reasons: [String])

    package var description: String {
        switch self {
        case .notBuilt(let executable):
            "\(executable.path) is not there: build everything first, in the same configuration as this tool"
        case .failed(let status, let reasons):
            (["the stack could not be deployed: \(status)"] + reasons).joined(separator: "\n  ")
        }
    }
}
