/// A DynamoDB value (API reference, `AttributeValue`).
package enum AttributeValue: Sendable, Hashable {
    case s(String)
    /// The number as text, up to 38 digits; DynamoDB returns it without leading or trailing zeros.
    case n(String)
    case bool(Bool)
    case null
    case b([UInt8])
    case l([AttributeValue])
    case m([String: AttributeValue])
    /// Never empty.
    case ss([String])
    /// Never empty.
    case ns([String])

    package static func int(_ value: some BinaryInteger) -> AttributeValue { .n(String(value)) }
}

extension AttributeValue {
    package var string: String? {
        if case .s(let value) = self { value } else { nil }
    }

    /// The number's text.
    package var number: String? {
        if case .n(let value) = self { value } else { nil }
    }

    /// Nil for a number with a fraction or an exponent, or beyond 64 bits.
    package var int: Int? { number.flatMap { Int($0) } }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var binary: [UInt8]? {
        if case .b(let value) = self { value } else { nil }
    }

    package var list: [AttributeValue]? {
        if case .l(let value) = self { value } else { nil }
    }

    package var map: [String: AttributeValue]? {
        if case .m(let value) = self { value } else { nil }
    }

    package var stringSet: [String]? {
        if case .ss(let value) = self { value } else { nil }
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .s(value) }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self = .int(value) }
}

extension AttributeValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
