/// The addr-spec as headers hold it, obsolete forms included (RFC 5322 section 4.4).
enum AddressSpecification {
    /// The address, or nil when there is none or it could mean several.
    static func read(_ bytes: [UInt8]) -> EmailAddress? {
        var text = bytes.trimmed
        if text.prefix(7).elementsEqual("mailto:".utf8, by: { $0.lowercased == $1 }) {
            text = text.dropFirst(7).trimmed
        }
        // A source route, `@relay.example:ann@example.com`.
        if text.first == UInt8(ascii: "@"), let colon = text.lastIndex(of: UInt8(ascii: ":")) {
            text = text[(colon + 1)...].trimmed
        }
        guard text.contains(UInt8(ascii: "@")) else { return nil }
        if text.contains(UInt8(ascii: "\"")) { return quoted(Array(text)) }
        // `Ann ann@example.com` lacks its brackets; `ann @ example . com` is merely spaced out.
        let words = text.split(whereSeparator: \.isBlank).filter { word in
            guard let at = word.firstIndex(of: UInt8(ascii: "@")) else { return false }
            return at > word.startIndex && at < word.endIndex - 1
        }
        if words.count > 1 { return nil }
        return unquoted(words.first.map { Array($0) } ?? text.filter { !$0.isBlank })
    }

    private static func unquoted(_ text: [UInt8]) -> EmailAddress? {
        do throws(EmailAddressError) {
            return try EmailAddress(parsing: String(decoding: text, as: UTF8.self))
        } catch .misplacedDot {
            // Japanese carriers handed out addresses with such dots, and clients do not quote them.
            guard let at = text.firstIndex(of: UInt8(ascii: "@")) else { return nil }
            return try? EmailAddress(
                unquotedLocal: Array(text[..<at]), domain: String(decoding: text[(at + 1)...], as: UTF8.self))
        } catch {
            return nil
        }
    }

    /// A local part of words, some of them quoted: `"ann smith"@…`, `ann."von x"@…`.
    private static func quoted(_ text: [UInt8]) -> EmailAddress? {
        var local: [UInt8] = []
        var index = 0
        while index < text.count, text[index] != UInt8(ascii: "@") {
            if text[index] == UInt8(ascii: "\"") {
                guard let (content, end) = QuotedString.read(text, from: index) else { return nil }
                local.append(contentsOf: content)
                index = end
            } else {
                // Unquoted words of a name before a quoted address cannot be told from its local part.
                if text[index].isBlank { return nil }
                local.append(text[index])
                index += 1
            }
        }
        let domain = text[index...].dropFirst().filter { !$0.isBlank }
        return try? EmailAddress(unquotedLocal: local, domain: String(decoding: domain, as: UTF8.self))
    }
}
