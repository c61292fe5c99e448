import JSON

/// A SAM template, and the parts of it that this stack reads itself.
package struct Template: Sendable {
    package private(set) var json: JSON

    package struct Resource: Sendable {
        package let id: String
        package let type: String
        package let properties: JSON
        package let condition: String?
        /// The whole resource, `DependsOn` included.
        package let json: JSON
    }

    package init(_ json: JSON) { self.json = json }

    package init(yaml: String) throws { json = try TemplateYAML.json(yaml) }

    /// In the order of the file.
    package var resources: [Resource] {
        (json["Resources"]?.object ?? [:]).map { member in
            Resource(
                id: member.name, type: member.value["Type"]?.string ?? "",
                properties: member.value["Properties"] ?? .object([:]), condition: member.value["Condition"]?.string,
                json: member.value)
        }
    }

    package func resources(ofType type: String) -> [Resource] { resources.filter { $0.type == type } }

    /// Name -> default value, for those that have one.
    package var parameterDefaults: [String: JSON] {
        var defaults: [String: JSON] = [:]
        for member in json["Parameters"]?.object ?? [:] { defaults[member.name] = member.value["Default"] }
        return defaults
    }

    package var parameterNames: [String] { (json["Parameters"]?.object ?? [:]).map(\.name) }

    /// The parameters of type Number, as numbers.
    ///
    /// - Parameter overrides: of the defaults.
    func numbers(_ overrides: [String: String]) -> [String: JSON] {
        var numbers: [String: JSON] = [:]
        for member in json["Parameters"]?.object ?? [:] where member.value["Type"] == "Number" {
            let value = overrides[member.name].map { JSON.string($0) } ?? member.value["Default"]
            numbers[member.name] = (value?.number ?? value?.string).flatMap(Int.init).map { .int($0) }
        }
        return numbers
    }

    /// Replaces the resource, or removes it when nil.
    mutating func setResource(_ id: String, _ resource: JSON?) {
        guard var template = json.object, var resources = template["Resources"]?.object else { return }
        resources[id] = resource
        template["Resources"] = .object(resources)
        json = .object(template)
    }

    /// Replaces a member at the template's top.
    mutating func setSection(_ name: String, _ section: JSON?) {
        guard var template = json.object else { return }
        template[name] = section
        json = .object(template)
    }
}
