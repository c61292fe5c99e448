/// Where a service is reached.
struct AWSEndpoint: Sendable, Hashable {
    let scheme: String
    /// Host, and the port where it is not the scheme's own: what goes into the `Host` header.
    let authority: String
    /// In front of every path; empty or starting with a slash and not ending with one.
    let basePath: String
    /// Whether it was given by the environment: S3 then takes the bucket in the path, as a host name made from it
    /// would not resolve.
    let isCustom: Bool

    /// The public endpoint in the region.
    init(service: AWSService, region: String) {
        scheme = "https"
        authority = "\(service.hostLabel).\(region).amazonaws.com"
        basePath = ""
        isCustom = false
    }

    /// An endpoint from the environment; nil unless it is an `http` or `https` URL with a host.
    init?(url: String) {
        guard let colon = url.firstIndex(of: ":") else { return nil }
        let scheme = url[..<colon].lowercased()
        let rest = url[colon...]
        guard scheme == "http" || scheme == "https", rest.hasPrefix("://") else { return nil }
        let location = rest.dropFirst(3)
        var authority = location.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        var path = location.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
        while path.last == "/" { path.removeLast() }
        let defaultPort = scheme == "http" ? ":80" : ":443"
        if authority.hasSuffix(defaultPort) { authority.removeLast(defaultPort.count) }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        self.scheme = scheme
        self.authority = String(authority)
        basePath = String(path)
        isCustom = true
    }
}
