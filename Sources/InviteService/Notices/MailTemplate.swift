/// A file of Sources/Templates/mail: text with `{{name}}` where a value goes, `{{{name}}}` where one goes as it is,
/// `{{#name}}…{{/name}}` around what is there only with that value, and `{{^name}}…{{/name}}` only without.
struct MailTemplate: Sendable {
    private let text: String

    init(_ text: StaticString) { self.text = text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }

    /// - Parameter escape: makes a value safe to stand in the text.
    func filled(_ values: [String: String], escape: (String) -> String = { $0 }) -> String {
        var output = ""
        append(text[...], values, escape, to: &output)
        return output
    }

    private func append(
        _ text: Substring, _ values: [String: String], _ escape: (String) -> String, to output: inout String
    ) {
        var rest = text
        while let mark = rest.firstRange(of: "{{") {
            output += rest[..<mark.lowerBound]
            rest = rest[mark.upperBound...]
            guard let end = rest.firstRange(of: rest.first == "{" ? "}}}" : "}}") else { return }
            let tag = rest[..<end.lowerBound]
            let name = String(tag.drop { "{#^".contains($0) })
            rest = rest[end.upperBound...]
            let value = values[name] ?? ""
            switch tag.first {
            case "{": output += value
            case "#", "^":
                guard let close = rest.firstRange(of: "{{/\(name)}}") else { return }
                if value.isEmpty == (tag.first == "^") {
                    append(rest[..<close.lowerBound], values, escape, to: &output)
                }
                rest = rest[close.upperBound...]
            default: output += escape(value)
            }
        }
        output += rest
    }
}
