/// HTML that text from outside cannot break out of: every text interpolated into it is escaped.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    private init(joined text: String) { self.text = text }

    package static func joined(_ parts: [HTML]) -> HTML { HTML(joined: parts.map(\.text).joined(separator: "\n")) }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(2 * literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: String) { text += HTMLText.escape(value) }

        package mutating func appendInterpolation(_ html: HTML) { text += html.text }
    }
}
