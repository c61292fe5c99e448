/// One field of a header: the name as written, and the unfolded value without the blanks around it.
///
/// The value is UTF-8 where the octets were that, otherwise windows-1252; encoded words are still encoded.
package struct HeaderField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The fields of a header in their order; names are compared without regard to case.
package struct HeaderFields: Sendable, Hashable {
    package var fields: [HeaderField]

    package init(_ fields: [HeaderField] = []) {
        self.fields = fields
    }

    /// The raw value of the first field of this name.
    package func first(_ name: String) -> String? {
        fields.first { $0.name.isASCIICaseInsensitively(name) }?.value
    }

    /// The raw values of all fields of this name, topmost first.
    package func all(_ name: String) -> [String] {
        fields.filter { $0.name.isASCIICaseInsensitively(name) }.map(\.value)
    }

    /// The value of the first field of this name with its encoded words (RFC 2047) decoded.
    package func decoded(_ name: String) -> String? {
        first(name).map(EncodedWord.decode)
    }
}
