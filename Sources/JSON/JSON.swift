/// A JSON value (RFC 8259).
///
/// Numbers keep the text they were written with: DynamoDB numbers have up to 38 digits and stream sequence numbers
/// more, so nothing is rounded until a caller asks for an `Int` or a `Double`.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as written, for example `1.50` or `-2e10`.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    package static func int(_ value: some BinaryInteger) -> JSON { .number(String(value)) }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The number's text.
    package var number: String? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The number as an integer; nil when it has a fraction or an exponent, or does not fit.
    package var int: Int? { number.flatMap { Int($0) } }

    package var isNull: Bool { self == .null }

    /// The member of an object; nil for anything that is not an object.
    package subscript(key: String) -> JSON? { object?[key] }

    /// The element of an array; nil outside its bounds.
    package subscript(index: Int) -> JSON? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self = .int(value) }
}

extension JSON: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
    /// A name given twice keeps its last value.
    package init(dictionaryLiteral elements: (String, JSON)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}
