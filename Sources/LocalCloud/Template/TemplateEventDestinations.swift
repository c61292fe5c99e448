import JSON

extension Template {
    /// The SNS event destinations of the SES configuration sets that are enabled, every name resolved.
    package func eventDestinations(_ expression: TemplateExpression) throws(TemplateError) -> [EventDestination] {
        var destinations: [EventDestination] = []
        for resource in resources(ofType: "AWS::SES::ConfigurationSetEventDestination") {
            let properties = try expression.resolve(resource.properties)
            guard let set = properties["ConfigurationSetName"]?.string,
                let destination = properties["EventDestination"],
                let topic = destination["SnsDestination"]?["TopicARN"]?.string
            else {
                throw .unexpected(resource: resource.id, "the local mail service publishes events to SNS topics only")
            }
            guard destination["Enabled"]?.bool == true else { continue }
            destinations.append(
                EventDestination(
                    configurationSet: set,
                    types: Set(destination["MatchingEventTypes"]?.array?.compactMap(\.string) ?? []), topicARN: topic))
        }
        return destinations
    }
}
