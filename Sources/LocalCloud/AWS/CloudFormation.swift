import JSON

/// The stack operations of CloudFormation.
struct CloudFormation: Sendable {
    let aws: LocalAWS

    struct Stack: Sendable {
        let status: String
        let outputs: [String: String]
        let parameters: [String: String]
    }

    /// Nil when there is no such stack.
    func describe(_ name: String) async throws -> Stack? {
        do {
            let answer = try await call("DescribeStacks", [("StackName", name)])
            guard let stack = answer.members(of: "Stacks").first else { return nil }
            return Stack(
                status: stack.text(of: "StackStatus") ?? "",
                outputs: CloudFormation.pairs(stack, list: "Outputs", "OutputKey", "OutputValue"),
                parameters: CloudFormation.pairs(stack, list: "Parameters", "ParameterKey", "ParameterValue"))
        } catch let error as LocalAWSError where error.message.contains("does not exist") {
            return nil
        }
    }

    func create(_ name: String, templateURL: String, parameters: [String: String]) async throws {
        _ = try await call("CreateStack", CloudFormation.request(name, templateURL, parameters))
    }

    /// - Returns: false when there was nothing to change.
    func update(_ name: String, templateURL: String, parameters: [String: String]) async throws -> Bool {
        do {
            _ = try await call("UpdateStack", CloudFormation.request(name, templateURL, parameters))
            return true
        } catch let error as LocalAWSError where error.message.contains("No updates are to be performed") {
            return false
        }
    }

    /// Logical id -> physical id.
    func resources(_ name: String) async throws -> [String: String] {
        let answer = try await call("DescribeStackResources", [("StackName", name)])
        return CloudFormation.pairs(answer, list: "StackResources", "LogicalResourceId", "PhysicalResourceId")
    }

    /// What went wrong: the failed resources with their reasons, newest first.
    func failures(_ name: String) async throws -> [String] {
        try await call("DescribeStackEvents", [("StackName", name)]).members(of: "StackEvents").compactMap { event in
            guard let status = event.text(of: "ResourceStatus"), status.hasSuffix("FAILED") else { return nil }
            let resource = "\(event.text(of: "LogicalResourceId") ?? "?") (\(event.text(of: "ResourceType") ?? "?"))"
            return "\(resource): \(event.text(of: "ResourceStatusReason") ?? status)"
        }
    }

    private func call(_ action: String, _ parameters: [(String, String)]) async throws -> XMLTree {
        try await aws.query("cloudformation", version: "2010-05-15", action: action, parameters)
    }

    private static func request(
        _ name: String, _ templateURL: String, _ parameters: [String: String]
    ) -> [(String, String)] {
        var request = [
            ("StackName", name), ("TemplateURL", templateURL), ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"),
            ("Capabilities.member.2", "CAPABILITY_AUTO_EXPAND"),
        ]
        for (index, parameter) in parameters.sorted(by: { $0.key < $1.key }).enumerated() {
            request.append(("Parameters.member.\(index + 1).ParameterKey", parameter.key))
            request.append(("Parameters.member.\(index + 1).ParameterValue", parameter.value))
        }
        return request
    }

    private static func pairs(_ tree: XMLTree, list: String, _ key: String, _ value: String) -> [String: String] {
        tree.members(of: list).reduce(into: [:]) { pairs, member in
            if let key = member.text(of: key) { pairs[key] = member.text(of: value) }
        }
    }
}
