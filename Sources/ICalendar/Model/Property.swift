/// One content line: a name, parameters and a value (RFC 5545 section 3.1).
///
/// Two properties are equal when they say the same; the line they were read from does not count.
package struct Property: Sendable {
    /// In upper case.
    package var name: String
    package var parameters: [ContentParameter]
    /// The value as text in the calendar: unfolded and decoded to Unicode, but with its escapes.
    package var value: String
    /// The first physical line this was read from, counted from 1; 0 for a property that was made, not read.
    package var line: Int

    package init(_ name: String, _ value: String, parameters: [ContentParameter] = []) {
        self.init(upperCased: name.asciiUppercased, value: value, parameters: parameters, line: 0)
    }

    /// For the parser, which has the name in upper case already.
    init(upperCased name: String, value: String, parameters: [ContentParameter], line: Int) {
        self.name = name
        self.parameters = parameters
        self.value = value
        self.line = line
    }

    /// The first value of a parameter; `name` in any case.
    package func parameter(_ name: String) -> String? {
        for parameter in parameters where parameter.isNamed(name) { return parameter.value }
        return nil
    }

    /// Replaces the parameter of that name, or adds it; `nil` removes it.
    package mutating func setParameter(_ name: String, _ value: String?) {
        parameters.removeAll { $0.isNamed(name) }
        if let value { parameters.append(ContentParameter(name, value)) }
    }
}

extension Property: Equatable {
    package static func == (one: Property, other: Property) -> Bool {
        one.name == other.name && one.value == other.value && one.parameters == other.parameters
    }
}
