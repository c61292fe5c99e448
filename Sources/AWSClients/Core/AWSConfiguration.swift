import SigV4

/// Region, credentials and endpoints, from a function's environment.
package struct AWSConfiguration: Sendable {
    package let region: String
    package let credentials: Credentials
    private let endpointURLs: [String: String]

    /// Lambda sets region and credentials when it starts an execution environment and replaces the environment when
    /// they expire, so one reading is enough.
    ///
    /// - Parameter environment: `AWS_REGION` (or `AWS_DEFAULT_REGION`), `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    ///   `AWS_SESSION_TOKEN` if there is one; `AWS_ENDPOINT_URL_<SERVICE>` goes before `AWS_ENDPOINT_URL`, which goes
    ///   before the public endpoint.
    package init(environment: [String: String]) throws(AWSConfigurationError) {
        func value(_ name: String) -> String? {
            guard let value = environment[name], !value.isEmpty else { return nil }
            return value
        }
        func required(_ name: String) throws(AWSConfigurationError) -> String {
            guard let value = value(name) else { throw .missing(variable: name) }
            return value
        }
        guard let region = value("AWS_REGION") ?? value("AWS_DEFAULT_REGION") else {
            throw .missing(variable: "AWS_REGION")
        }
        self.region = region
        credentials = Credentials(
            accessKeyID: try required("AWS_ACCESS_KEY_ID"), secretAccessKey: try required("AWS_SECRET_ACCESS_KEY"),
            sessionToken: value("AWS_SESSION_TOKEN"))
        var urls: [String: String] = [:]
        for (name, url) in environment where name.hasPrefix("AWS_ENDPOINT_URL") && !url.isEmpty {
            guard AWSEndpoint(url: url) != nil else { throw .notAnEndpoint(variable: name) }
            urls[name] = url
        }
        endpointURLs = urls
    }

    func endpoint(of service: AWSService) -> AWSEndpoint {
        let url = endpointURLs["AWS_ENDPOINT_URL_\(service.variableSuffix)"] ?? endpointURLs["AWS_ENDPOINT_URL"]
        return url.flatMap { AWSEndpoint(url: $0) } ?? AWSEndpoint(service: service, region: region)
    }
}

/// What the environment lacks.
package enum AWSConfigurationError: Error, Sendable, Equatable {
    case missing(variable: String)
    case notAnEndpoint(variable: String)
}
