/// One element of an S3 answer: its text, or its children.
///
/// Attributes, comments, processing instructions and namespaces carry nothing in these answers and are passed over;
/// document types are refused.
struct XMLElement: Sendable, Hashable {
    var name: String
    /// Character data outside of children, references and CDATA sections resolved.
    var text = ""
    var children: [XMLElement] = []

    /// The first child of that name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    init(name: String) { self.name = name }

    init(parsing bytes: [UInt8]) throws(XMLError) {
        var parser = XMLParser(bytes: bytes)
        self = try parser.document()
    }
}

struct XMLError: Error, Sendable, Equatable {
    /// Bytes from the start.
    let offset: Int
}
