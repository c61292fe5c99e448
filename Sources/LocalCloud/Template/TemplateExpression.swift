import JSON

/// Resolves intrinsic functions of a template against a deployed stack. Those that the product's template uses where
/// this stack reads it; anything else is an error rather than a guess.
package struct TemplateExpression: Sendable {
    /// Parameters and pseudo parameters (`AWS::Region`) by name.
    package var parameters: [String: String]
    /// Physical ids by logical id.
    package var physicalIDs: [String: String]
    /// `Resource.Attribute` -> value.
    package var attributes: [String: String]
    package var conditions: JSON

    package init(
        parameters: [String: String], physicalIDs: [String: String] = [:], attributes: [String: String] = [:],
        conditions: JSON = .object([:])
    ) {
        self.parameters = parameters
        self.physicalIDs = physicalIDs
        self.attributes = attributes
        self.conditions = conditions
    }

    /// The value with all functions resolved. `AWS::NoValue` removes the member or element it stands for.
    package func resolve(_ value: JSON) throws(TemplateError) -> JSON {
        try resolved(value) ?? .null
    }

    package func string(_ value: JSON?) throws(TemplateError) -> String? {
        guard let value else { return nil }
        switch try resolve(value) {
        case .string(let text): return text
        case .number(let text): return text
        case .bool(let value): return String(value)
        default: return nil
        }
    }

    /// Whether a condition of the template's `Conditions` holds.
    package func holds(condition name: String) throws(TemplateError) -> Bool {
        guard let condition = conditions[name] else { throw .unresolved("condition \(name)") }
        return try isTrue(condition)
    }

    private func resolved(_ value: JSON) throws(TemplateError) -> JSON? {
        switch value {
        case .array(let elements):
            var output: [JSON] = []
            for element in elements {
                if let element = try resolved(element) { output.append(element) }
            }
            return .array(output)
        case .object(let object):
            if let function = object.first(where: { _ in true }), object.count == 1,
                function.name == "Ref" || function.name.hasPrefix("Fn::")
            {
                return try call(function.name, function.value)
            }
            var output = JSONObject()
            for member in object { output[member.name] = try resolved(member.value) }
            return .object(output)
        default: return value
        }
    }

    private func call(_ name: String, _ argument: JSON) throws(TemplateError) -> JSON? {
        switch name {
        case "Ref":
            guard let name = argument.string else { throw .unresolved("Ref") }
            return name == "AWS::NoValue" ? nil : .string(try reference(name))
        case "Fn::GetAtt":
            let parts = argument.array?.compactMap(\.string) ?? argument.string.map { [$0] } ?? []
            let name = parts.joined(separator: ".")
            guard let value = attributes[name] else { throw .unresolved("Fn::GetAtt \(name)") }
            return .string(value)
        case "Fn::Sub": return .string(try substituted(argument))
        case "Fn::Join":
            guard let separator = argument[0]?.string, let list = argument[1], let parts = try resolve(list).array
            else { throw .unresolved("Fn::Join") }
            return .string(parts.compactMap(\.string).joined(separator: separator))
        case "Fn::Select":
            guard let index = argument[0]?.int ?? argument[0]?.string.flatMap(Int.init), let list = argument[1],
                let value = try resolve(list)[index]
            else { throw .unresolved("Fn::Select") }
            return value
        case "Fn::Split":
            guard let separator = argument[0]?.string, let text = try string(argument[1]) else {
                throw .unresolved("Fn::Split")
            }
            return .array(text.split(separator: separator).map { .string(String($0)) })
        case "Fn::If":
            guard let name = argument[0]?.string, let yes = argument[1], let no = argument[2] else {
                throw .unresolved("Fn::If")
            }
            return try resolved(try holds(condition: name) ? yes : no)
        default: throw .unresolved(name)
        }
    }

    private func reference(_ name: String) throws(TemplateError) -> String {
        guard let value = parameters[name] ?? physicalIDs[name] else { throw .unresolved("Ref \(name)") }
        return value
    }

    /// `${Name}`, `${Resource.Attribute}` and `${!Literal}` in a text, with variables of its own in the long form.
    private func substituted(_ argument: JSON) throws(TemplateError) -> String {
        guard let text = argument.string ?? argument[0]?.string else { throw .unresolved("Fn::Sub") }
        var output = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${") {
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { break }
            output += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end])
            rest = rest[rest.index(after: end)...]
            if name.hasPrefix("!") {
                output += "${\(name.dropFirst())}"
            } else if let own = argument[1]?[name] {
                output += try string(own) ?? ""
            } else if name.contains("."), let value = attributes[name] {
                output += value
            } else {
                output += try reference(name)
            }
        }
        return output + rest
    }

    private func isTrue(_ condition: JSON) throws(TemplateError) -> Bool {
        guard let function = condition.object?.first(where: { _ in true }) else { throw .unresolved("a condition") }
        switch function.name {
        case "Condition": return try holds(condition: function.value.string ?? "")
        case "Fn::Equals":
            guard let left = function.value[0], let right = function.value[1] else { throw .unresolved("Fn::Equals") }
            return try string(left) == string(right)
        case "Fn::Not":
            guard let operand = function.value[0] else { throw .unresolved("Fn::Not") }
            return try !isTrue(operand)
        case "Fn::And", "Fn::Or":
            let isAnd = function.name == "Fn::And"
            for operand in function.value.array ?? [] where try isTrue(operand) != isAnd { return !isAnd }
            return isAnd
        default: throw .unresolved(function.name)
        }
    }
}

extension JSONObject {
    fileprivate var count: Int { members.count }
}
