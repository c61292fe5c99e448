import JSON

extension Template {
    /// The receipt rules, in the order of their rule set (`After`, else that of the file), every name resolved.
    package func receiptRules(_ expression: TemplateExpression) throws(TemplateError) -> [ReceiptRule] {
        let resources = resources(ofType: "AWS::SES::ReceiptRule")
        var expression = expression
        for resource in resources {
            // `Ref` of a rule is its name, and the rules themselves are not in the local stack.
            expression.physicalIDs[resource.id] =
                try expression.string(resource.properties["Rule"]?["Name"]) ?? resource.id
        }
        var rules: [(name: String, after: String?, rule: ReceiptRule)] = []
        for resource in resources {
            if let condition = resource.condition, try !expression.holds(condition: condition) { continue }
            guard let properties = resource.properties["Rule"] else {
                throw .unexpected(resource: resource.id, "the receipt rule has no Rule")
            }
            let rule = try expression.resolve(properties)
            guard rule["Enabled"]?.bool == true else { continue }
            let name = expression.physicalIDs[resource.id] ?? resource.id
            var actions: [ReceiptRule.Action] = []
            for action in rule["Actions"]?.array ?? [] {
                actions.append(try Template.action(action, of: resource.id))
            }
            let recipients = rule["Recipients"]?.array?.compactMap(\.string) ?? []
            let after = try expression.string(resource.properties["After"])
            rules.append((name, after, ReceiptRule(name: name, recipients: recipients, actions: actions)))
        }
        return Template.ordered(rules)
    }

    private static func action(_ action: JSON, of resource: String) throws(TemplateError) -> ReceiptRule.Action {
        if let s3 = action["S3Action"], let bucket = s3["BucketName"]?.string {
            return .s3(bucket: bucket, prefix: s3["ObjectKeyPrefix"]?.string ?? "")
        }
        if let lambda = action["LambdaAction"], let function = lambda["FunctionArn"]?.string {
            return .lambda(functionARN: function, invocationType: lambda["InvocationType"]?.string ?? "Event")
        }
        throw .unexpected(resource: resource, "the local mail service carries out S3 and Lambda actions only")
    }

    /// Those without `After`, or after a rule of somebody else's, first.
    private static func ordered(_ rules: [(name: String, after: String?, rule: ReceiptRule)]) -> [ReceiptRule] {
        let names = Set(rules.map(\.name))
        var output = rules.filter { rule in rule.after.map { !names.contains($0) } ?? true }
        var pending = rules.filter { rule in rule.after.map(names.contains) ?? false }
        while let next = pending.firstIndex(where: { rule in output.contains { $0.name == rule.after } }) {
            let rule = pending.remove(at: next)
            let index = output.firstIndex { $0.name == rule.after } ?? output.endIndex
            output.insert(rule, at: min(index + 1, output.endIndex))
        }
        return output.map(\.rule)
    }
}
