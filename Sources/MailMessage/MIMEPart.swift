/// A node of a message's tree (RFC 2045): the message itself, or a part of a multipart.
package struct MIMEPart: Sendable {
    package indirect enum Body: Sendable {
        /// The octets with the transfer encoding taken off.
        case leaf([UInt8])
        case multipart([MIMEPart])
        /// `message/rfc822`: a message enclosed in this one.
        case message(MIMEPart)
    }

    package var headers: HeaderFields
    package var contentType: ContentType
    /// The Content-Disposition; its `value` as written.
    package var disposition: HeaderParameters?
    package var transferEncoding: TransferEncoding
    package var body: Body

    /// The octets of a leaf, none for other nodes.
    package var bytes: [UInt8] {
        if case .leaf(let bytes) = body { return bytes }
        return []
    }

    /// The text of a leaf, decoded by its charset.
    package var text: String { Charset.decode(bytes, name: contentType.charset) }

    /// The name of the file, from the disposition or else the media type; without any directories.
    package var filename: String? {
        guard let name = disposition?["filename"] ?? contentType.parameters["name"] else { return nil }
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
        return last.map(\.trimmed)
    }

    /// Whether the sender asked for it to be offered as a file rather than shown.
    package var isAttachment: Bool { disposition?.value.isASCIICaseInsensitively("attachment") ?? false }

    /// The leaves in the order in which they stand, each with its position in the tree. Enclosed messages are leaves of
    /// their own and not entered.
    package var leaves: [(path: [Int], part: MIMEPart)] {
        var leaves: [(path: [Int], part: MIMEPart)] = []
        collectLeaves(path: [], into: &leaves)
        return leaves
    }

    private func collectLeaves(path: [Int], into leaves: inout [(path: [Int], part: MIMEPart)]) {
        switch body {
        case .leaf, .message:
            leaves.append((path, self))
        case .multipart(let parts):
            for (index, part) in parts.enumerated() { part.collectLeaves(path: path + [index], into: &leaves) }
        }
    }
}

/// The content-transfer-encodings that are taken off while reading (RFC 2045 section 6).
package enum TransferEncoding: Sendable, Hashable {
    /// 7bit, 8bit, binary, or none given.
    case identity
    case base64
    case quotedPrintable
    case uuencode
    case unknown(String)

    init(parsing text: String?) {
        let token = String(decoding: (text ?? "").utf8.trimmed.prefix { $0.isToken }, as: UTF8.self).asciiLowercased
        switch token {
        case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "none": self = .identity
        case "base64": self = .base64
        case "quoted-printable", "quotedprintable": self = .quotedPrintable
        case "x-uuencode", "uuencode", "x-uue", "uue": self = .uuencode
        default: self = .unknown(token)
        }
    }
}
