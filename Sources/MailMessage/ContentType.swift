/// A media type with its parameters (RFC 2045 section 5).
package struct ContentType: Sendable, Hashable {
    /// Lower case, such as `text`.
    package var type: String
    /// Lower case, such as `calendar`.
    package var subtype: String
    package var parameters: HeaderParameters

    /// `type/subtype` in lower case.
    package var mediaType: String { type + "/" + subtype }
    package var isMultipart: Bool { type == "multipart" }
    package var charset: String? { parameters["charset"] }

    /// Reads the unfolded value of a Content-Type field. A value that is no media type gives `text/plain`, as RFC 2045
    /// section 5.2 asks, with the parameters kept.
    package init(parsing text: String) {
        parameters = HeaderParameters(parsing: text)
        // `Content-Type: text/calendar charset=utf-8` lacks its semicolon; the type ends at the blank.
        let name = parameters.value.utf8.prefix { !$0.isBlank }
        let rest = parameters.value.utf8.dropFirst(name.count)
        if rest.contains(UInt8(ascii: "=")) {
            let repaired = String(decoding: name, as: UTF8.self) + ";" + text.utf8.trimmed.dropFirst(name.count).text
            parameters = HeaderParameters(parsing: repaired)
        }
        let pieces = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if pieces.count == 2, !pieces[0].isEmpty, !pieces[1].isEmpty {
            type = pieces[0].text.asciiLowercased
            subtype = pieces[1].text.asciiLowercased
        } else {
            type = "text"
            subtype = "plain"
        }
    }
}

extension Collection<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
