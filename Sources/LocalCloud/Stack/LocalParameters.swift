/// Values of the template's parameters on one machine. Only those that the template declares are passed on.
enum LocalParameters {
    /// Short, so that recovery can be watched: a function that hangs is stopped after ten seconds, and what it had
    /// taken from a queue comes back after a minute. Visibility stays six times the time-out, as Lambda asks for.
    /// A sender's lease lies between the two.
    private static let timing = [
        "FunctionTimeout": "10", "QueueVisibilityTimeout": "60", "MaxReceiveCount": "5", "LeaseSeconds": "20",
        "SendWorkers": "2",
    ]

    /// MiniStack's streams have one shard each and its events do not name it.
    private static let stream = ["StreamShard": "only"]

    #if arch(arm64)
        private static let architecture = "arm64"
    #else
        private static let architecture = "x86_64"
    #endif

    /// - Parameters:
    ///   - gateway: URL of the HTTP API; mails link to it.
    ///   - overrides: win over everything.
    static func values(
        for template: Template, mailDomain: String, gateway: String, overrides: [String: String]
    ) throws(TemplateError) -> [String: String] {
        var values = timing.merging(stream) { $1 }
        values["Architecture"] = architecture
        values["MailDomain"] = mailDomain
        values["PublicURL"] = gateway
        let declared = Set(template.parameterNames)
        values = values.filter { declared.contains($0.key) }
        for (name, value) in overrides {
            guard declared.contains(name) else { throw .unresolved("parameter \(name)") }
            values[name] = value
        }
        return values
    }
}
