import JSON

/// A stack that is up: what its template says, with every name resolved.
package struct DeployedStack: Sendable {
    package let name: String
    package let region: String
    package let template: Template
    package let outputs: [String: String]
    /// Logical id -> physical id.
    package let resources: [String: String]
    private let expression: TemplateExpression

    init(
        name: String, region: String, template: Template, parameters: [String: String], outputs: [String: String],
        resources: [String: String]
    ) {
        self.name = name
        self.region = region
        self.template = template
        self.outputs = outputs
        self.resources = resources
        var values = template.parameterDefaults.compactMapValues { $0.string ?? $0.number }
        values.merge(parameters) { _, given in given }
        values["AWS::Region"] = region
        values["AWS::AccountId"] = Deployment.accountID
        values["AWS::StackName"] = name
        values["AWS::Partition"] = "aws"
        values["AWS::URLSuffix"] = "amazonaws.com"
        var attributes: [String: String] = [:]
        for function in template.resources(ofType: "AWS::Serverless::Function") {
            attributes["\(function.id).Arn"] = resources[function.id].map {
                "arn:aws:lambda:\(region):\(Deployment.accountID):function:\($0)"
            }
        }
        expression = TemplateExpression(
            parameters: values, physicalIDs: resources, attributes: attributes,
            conditions: template.json["Conditions"] ?? .object([:]))
    }

    package func receiptRules() throws -> [ReceiptRule] { try template.receiptRules(expression) }

    package func httpAPI() throws -> HTTPAPI { try template.httpAPI(expression, accountID: Deployment.accountID) }

    package func eventDestinations() throws -> [EventDestination] { try template.eventDestinations(expression) }

    /// Names of the SES configuration sets.
    package func configurationSets() -> Set<String> {
        Set(template.resources(ofType: "AWS::SES::ConfigurationSet").compactMap { resources[$0.id] })
    }
}
