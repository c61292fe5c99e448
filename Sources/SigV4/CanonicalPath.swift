/// The path as it is signed.
enum CanonicalPath {
    static func make(_ path: String, options: SigningOptions) -> String {
        if path.isEmpty || path == "/" { return "/" }
        let normal = options.normalizesPath ? normalized(path) : path
        return options.doubleEncodesPath ? PercentEncoding.encode(normal, keepingSlashes: true) : normal
    }

    /// Resolves dot segments (RFC 3986 section 5.2.4) and drops empty ones, which the services do not count either.
    private static func normalized(_ path: String) -> String {
        var segments: [Substring.UTF8View] = []
        for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
            if segment.elementsEqual("..".utf8) {
                _ = segments.popLast()
            } else if !segment.elementsEqual(".".utf8) {
                segments.append(segment)
            }
        }
        var output: [UInt8] = []
        for segment in segments {
            output.append(UInt8(ascii: "/"))
            output.append(contentsOf: segment)
        }
        if output.isEmpty || path.utf8.last == UInt8(ascii: "/") { output.append(UInt8(ascii: "/")) }
        return String(decoding: output, as: UTF8.self)
    }
}
