import Foundation

/// Percent decoding of URL parts.
enum FormDecoding {
    /// A name or value of a query: `%XX` and `+`. What is not valid UTF-8 once decoded stays as it was.
    static func decode(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
