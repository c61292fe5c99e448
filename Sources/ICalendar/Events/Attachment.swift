/// An ATTACH (RFC 5545 section 3.8.1.1): a document elsewhere, or one that is in the calendar.
package struct Attachment: Sendable, Equatable {
    /// The address; `nil` for what is in the calendar.
    package var uri: String?
    /// Octets of base64 in the calendar.
    package var inlineSize: Int?
    package var mediaType: String?
    package var filename: String?

    package init(_ property: Property) {
        let isInline =
            property.parameter("VALUE")?.equalsIgnoringASCIICase("BINARY") ?? false
            || property.parameter("ENCODING")?.equalsIgnoringASCIICase("BASE64") ?? false
        if isInline { inlineSize = property.value.utf8.count } else { uri = trimmed(property.value) }
        mediaType = property.parameter("FMTTYPE").map { $0.asciiLowercased }
        filename = property.parameter("FILENAME") ?? property.parameter("X-FILENAME")
    }
}
