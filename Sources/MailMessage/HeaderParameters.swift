/// The value of a structured MIME field: what stands before the first semicolon, and the parameters behind it
/// (RFC 2045 section 5.1, RFC 2231).
package struct HeaderParameters: Sendable, Hashable {
    package struct Parameter: Sendable, Hashable {
        /// Lower case.
        package var name: String
        package var value: String
    }

    /// The part before the parameters, without comments.
    package var value: String
    /// Continued and encoded parameters joined; the first of several of one name.
    package private(set) var parameters: [Parameter] = []

    /// The value of the parameter, whose name is given in lower case.
    package subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// Reads the unfolded value of a field. Missing semicolons and unclosed quotation marks are put up with.
    package init(parsing text: String) {
        var scanner = HeaderParameterScanner(text)
        value = scanner.leadingValue()
        var sections = HeaderParameterSections()
        while let (name, value) = scanner.next() { sections.add(name: name, value: value) }
        parameters = sections.joined()
    }
}
