/// Where a configuration set publishes what becomes of its mails, as the template has it
/// (`AWS::SES::ConfigurationSetEventDestination` with an SNS topic), every name resolved.
package struct EventDestination: Sendable, Equatable {
    package var configurationSet: String
    /// As CloudFormation writes them: `bounce`, `deliveryDelay` and so on.
    package var types: Set<String>
    package var topicARN: String

    package init(configurationSet: String, types: Set<String>, topicARN: String) {
        self.configurationSet = configurationSet
        self.types = types
        self.topicARN = topicARN
    }
}
