import JSON
import SigV4

extension AttributeValue {
    /// As on the wire: `{"S":"text"}`.
    package var wire: JSON {
        switch self {
        case .s(let value): ["S": .string(value)]
        case .n(let value): ["N": .string(value)]
        case .bool(let value): ["BOOL": .bool(value)]
        case .null: ["NULL": true]
        case .b(let value): ["B": .string(Base64.encode(value))]
        case .l(let values): ["L": .array(values.map(\.wire))]
        case .m(let values): ["M": values.wire]
        case .ss(let values): ["SS": .array(values.map { .string($0) })]
        case .ns(let values): ["NS": .array(values.map { .string($0) })]
        }
    }

    /// Nil for a type that is not known; streams write values in the same form.
    package init?(wire: JSON) {
        guard let object = wire.object, let member = object.members.first, object.members.count == 1 else { return nil }
        let value = member.value
        switch member.name {
        case "S":
            guard let text = value.string else { return nil }
            self = .s(text)
        case "N":
            guard let text = value.string else { return nil }
            self = .n(text)
        case "BOOL":
            guard let flag = value.bool else { return nil }
            self = .bool(flag)
        case "NULL":
            self = .null
        case "B":
            guard let bytes = value.string.flatMap({ Base64.decode($0) }) else { return nil }
            self = .b(bytes)
        case "L":
            guard let values = value.array?.map(AttributeValue.init(wire:)), !values.contains(nil) else { return nil }
            self = .l(values.compactMap { $0 })
        case "M":
            guard let values = [String: AttributeValue](wire: value) else { return nil }
            self = .m(values)
        case "SS":
            guard let values = AttributeValue.strings(value) else { return nil }
            self = .ss(values)
        case "NS":
            guard let values = AttributeValue.strings(value) else { return nil }
            self = .ns(values)
        default:
            return nil
        }
    }

    private static func strings(_ value: JSON) -> [String]? {
        guard let values = value.array?.map(\.string), !values.contains(nil) else { return nil }
        return values.compactMap { $0 }
    }
}

extension [String: AttributeValue] {
    /// An item as on the wire.
    package var wire: JSON {
        var object = JSONObject()
        for (name, value) in self { object[name] = value.wire }
        return .object(object)
    }

    /// Nil unless it is an object of values of known types.
    package init?(wire: JSON) {
        guard let object = wire.object else { return nil }
        self.init(minimumCapacity: object.members.count)
        for member in object {
            guard let value = AttributeValue(wire: member.value) else { return nil }
            self[member.name] = value
        }
    }
}
