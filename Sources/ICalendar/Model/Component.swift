/// A component: what stands between `BEGIN:name` and `END:name` (RFC 5545 section 3.6).
///
/// Two components are equal when they say the same; the line they were read from does not count.
package struct Component: Sendable {
    /// In upper case.
    package var name: String
    /// In the order received.
    package var properties: [Property]
    /// In the order received.
    package var components: [Component]
    /// The line of `BEGIN`, counted from 1; 0 for a component that was made, not read.
    package var line: Int

    package init(_ name: String, properties: [Property] = [], components: [Component] = []) {
        self.init(upperCased: name.asciiUppercased, properties: properties, components: components, line: 0)
    }

    init(upperCased name: String, properties: [Property] = [], components: [Component] = [], line: Int) {
        self.name = name
        self.properties = properties
        self.components = components
        self.line = line
    }

    /// The first property of that name, which is in upper case.
    package func first(_ name: String) -> Property? {
        for property in properties where property.name == name { return property }
        return nil
    }

    /// All properties of that name, which is in upper case.
    package func all(_ name: String) -> [Property] { properties.filter { $0.name == name } }

    /// The direct subcomponents of that name, which is in upper case.
    package func components(_ name: String) -> [Component] { components.filter { $0.name == name } }

    /// Removes every property of that name, which is in upper case.
    package mutating func remove(_ name: String) { properties.removeAll { $0.name == name } }

    /// Puts the property where the first of its name stands and removes the others of that name; appends it if
    /// there is none.
    package mutating func set(_ property: Property) {
        guard let index = properties.firstIndex(where: { $0.name == property.name }) else {
            properties.append(property)
            return
        }
        remove(property.name)
        properties.insert(property, at: index)
    }
}

extension Component: Equatable {
    package static func == (one: Component, other: Component) -> Bool {
        one.name == other.name && one.properties == other.properties && one.components == other.components
    }
}
