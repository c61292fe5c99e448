import JSON

/// What MiniStack's CloudFormation is given instead of the template itself. All differences are here, each with its
/// reason; whatever is not here is deployed as it is.
package struct LocalTemplate: Sendable {
    /// The template to deploy.
    package let json: JSON
    /// Logical id of a table -> attribute with the time to live, to be set through the API: MiniStack accepts
    /// `TimeToLiveSpecification` in a template and ignores it.
    package let timeToLive: [String: String]

    package struct Code: Sendable, Equatable {
        package let bucket: String
        package let key: String

        package init(bucket: String, key: String) {
            self.bucket = bucket
            self.key = key
        }
    }

    /// MiniStack refuses the whole stack because of these. The mail service reads them from the template instead.
    private static let refusedTypes: Set<String> = ["AWS::SES::ReceiptRule", "AWS::SES::ReceiptRuleSet"]

    /// - Parameters:
    ///   - parameters: values that override the template's defaults.
    ///   - code: where the functions' packages are, by logical id.
    package init(_ template: Template, parameters: [String: String], code: [String: Code]) {
        var local = template
        let numbers = template.numbers(parameters)
        var removed: Set<String> = []
        var timeToLive: [String: String] = [:]
        for resource in template.resources {
            if LocalTemplate.refusedTypes.contains(resource.type) {
                local.setResource(resource.id, nil)
                removed.insert(resource.id)
            }
            if resource.type == "AWS::DynamoDB::Table",
                let attribute = resource.properties["TimeToLiveSpecification"]?["AttributeName"]?.string
            {
                timeToLive[resource.id] = attribute
            }
            if resource.type == "AWS::Serverless::Function" {
                let function = LocalTemplate.function(resource, code: code[resource.id], numbers: numbers)
                local.setResource(resource.id, function)
            }
            if resource.type == "AWS::S3::BucketPolicy" {
                local.setResource(resource.id, LocalTemplate.withoutTLSRule(resource.json))
            }
        }
        let secrets = Set(template.resources(ofType: "AWS::SecretsManager::Secret").map(\.id))
        for resource in local.resources {
            let json = LocalTemplate.withoutDependencies(on: removed, in: resource.json)
            local.setResource(resource.id, LocalTemplate.withIdentifiers(of: secrets, in: json))
        }
        let outputs = (local.json["Outputs"]?.object ?? [:]).filter { output in
            !LocalTemplate.mentions(output.value, of: removed)
        }
        if local.json["Outputs"] != nil {
            local.setSection(
                "Outputs",
                .object(outputs.reduce(into: JSONObject()) { object, output in object[output.name] = output.value }))
        }
        json = local.json
        self.timeToLive = timeToLive
    }

    private static func function(_ resource: Template.Resource, code: Code?, numbers: [String: JSON]) -> JSON {
        guard var properties = resource.properties.object, var function = resource.json.object else {
            return resource.json
        }
        // SAM takes packages from S3 only; on the way to AWS `aws cloudformation package` does this.
        if let code { properties["CodeUri"] = .string("s3://\(code.bucket)/\(code.key)") }
        // A parameter's value is text, which CloudFormation turns into the number a property needs. MiniStack does not
        // for event sources, and one with a textual MaximumConcurrency stops all of them.
        properties["Events"] = properties["Events"].map { withNumbers(numbers, in: $0) }
        properties["Policies"] = properties["Policies"].map(withBatchAction)
        function["Properties"] = .object(properties)
        return .object(function)
    }

    private static func withNumbers(_ numbers: [String: JSON], in value: JSON) -> JSON {
        switch value {
        case .array(let elements): .array(elements.map { withNumbers(numbers, in: $0) })
        case .object(let object):
            object["Ref"]?.string.flatMap { numbers[$0] }
                ?? .object(
                    object.reduce(into: JSONObject()) { copy, member in
                        copy[member.name] = withNumbers(numbers, in: member.value)
                    })
        default: value
        }
    }

    /// On AWS sqs:SendMessage allows SendMessageBatch, which is no action of its own; MiniStack asks for it.
    private static func withBatchAction(_ policies: JSON) -> JSON {
        switch policies {
        case .array(let elements): .array(elements.map(withBatchAction))
        case .object(let object):
            .object(
                object.reduce(into: JSONObject()) { copy, member in
                    let actions = member.value.array ?? [member.value]
                    if member.name == "Action", actions.contains("sqs:SendMessage") {
                        copy[member.name] = .array(actions + ["sqs:SendMessageBatch"])
                    } else {
                        copy[member.name] = withBatchAction(member.value)
                    }
                })
        default: policies
        }
    }

    /// MiniStack enforces bucket policies, the one that forbids plain HTTP included; here there is nothing else.
    private static func withoutTLSRule(_ resource: JSON) -> JSON {
        guard var policy = resource.object, var properties = policy["Properties"]?.object,
            var document = properties["PolicyDocument"]?.object, let statements = document["Statement"]?.array
        else { return resource }
        document["Statement"] = .array(statements.filter { $0["Condition"]?["Bool"]?["aws:SecureTransport"] == nil })
        properties["PolicyDocument"] = .object(document)
        policy["Properties"] = .object(properties)
        return .object(policy)
    }

    private static func withoutDependencies(on removed: Set<String>, in resource: JSON) -> JSON {
        guard var object = resource.object, let dependsOn = object["DependsOn"] else { return resource }
        let names = dependsOn.array?.compactMap(\.string) ?? dependsOn.string.map { [$0] } ?? []
        let kept = names.filter { !removed.contains($0) }
        object["DependsOn"] = kept.isEmpty ? nil : .array(kept.map { .string($0) })
        return .object(object)
    }

    /// On AWS `Ref` of a secret is its ARN; MiniStack makes it the name, and then no policy that allows reading the
    /// secret matches. The attribute is the ARN on both.
    private static func withIdentifiers(of secrets: Set<String>, in value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map { withIdentifiers(of: secrets, in: $0) })
        case .object(let object):
            if let name = object["Ref"]?.string, secrets.contains(name) {
                return ["Fn::GetAtt": [.string(name), "Id"]]
            }
            return .object(
                object.reduce(into: JSONObject()) { copy, member in
                    copy[member.name] = withIdentifiers(of: secrets, in: member.value)
                })
        default: return value
        }
    }

    /// Whether the value refers to one of the resources with `Ref` or `Fn::GetAtt`.
    private static func mentions(_ value: JSON, of resources: Set<String>) -> Bool {
        switch value {
        case .array(let elements): elements.contains { mentions($0, of: resources) }
        case .object(let object):
            object.contains { member in
                switch (member.name, member.value) {
                case ("Ref", .string(let name)): resources.contains(name)
                case ("Fn::GetAtt", .array(let parts)): parts.first?.string.map(resources.contains) ?? false
                default: mentions(member.value, of: resources)
                }
            }
        default: false
        }
    }
}
