/// Joins parameters that RFC 2231 lets a sender cut up (`name*0`, `name*1`) and encode (`name*=utf-8''…`).
struct HeaderParameterSections {
    private struct Section {
        var number: Int
        var isEncoded: Bool
        var bytes: [UInt8]
    }

    // A bound on the sections of one field: a name of 1,000 sections has 70,000 octets.
    private static let maximumSections = 1000

    private var plain: [String: [UInt8]] = [:]
    private var sections: [String: [Section]] = [:]
    private var names: [String] = []
    private var count = 0

    mutating func add(name: String, value: [UInt8]) {
        guard count < Self.maximumSections else { return }
        count += 1
        let pieces = name.utf8.split(separator: UInt8(ascii: "*"), maxSplits: 2, omittingEmptySubsequences: false)
        let base = String(decoding: pieces[0], as: UTF8.self)
        if plain[base] == nil, sections[base] == nil { names.append(base) }
        if pieces.count == 1 {
            if plain[base] == nil { plain[base] = value }
            return
        }
        let digits = pieces[1]
        let number = digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self)) ?? Self.maximumSections
        let isEncoded = digits.isEmpty || pieces.count == 3
        sections[base, default: []].append(Section(number: number, isEncoded: isEncoded, bytes: value))
    }

    func joined() -> [HeaderParameters.Parameter] {
        names.map { name in
            if let sections = sections[name] {
                return HeaderParameters.Parameter(name: name, value: Self.join(sections))
            }
            let bytes = plain[name] ?? []
            // RFC 2047 forbids encoded words here; most products write them nevertheless.
            return HeaderParameters.Parameter(
                name: name, value: EncodedWord.decode(String(decoding: bytes, as: UTF8.self)))
        }
    }

    private static func join(_ sections: [Section]) -> String {
        var charset: String?
        var bytes: [UInt8] = []
        var isFirst = true
        var lastNumber = -1
        for section in sections.sorted(by: { $0.number < $1.number }) where section.number != lastNumber {
            lastNumber = section.number
            var value = section.bytes[...]
            if section.isEncoded, isFirst {
                let pieces = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
                if pieces.count == 3 {
                    charset = String(decoding: pieces[0], as: UTF8.self)
                    value = pieces[2]
                }
            }
            isFirst = false
            bytes.append(contentsOf: section.isEncoded ? PercentEncoding.decode(value) : Array(value))
        }
        guard let charset, !charset.isEmpty else { return Charset.lenient(bytes) }
        return Charset.decode(bytes, name: charset)
    }
}
