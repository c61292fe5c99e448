/// The query as it is signed: every name and value encoded alike, sorted by name, then by value.
enum CanonicalQuery {
    static func make(_ query: String) -> [UInt8] {
        if query.isEmpty { return [] }
        var parameters: [(name: [UInt8], value: [UInt8])] = query.utf8.split(separator: UInt8(ascii: "&")).map { part in
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            return (encodedOnce(name), encodedOnce(value))
        }
        // By name, not by the joined text: `Param` comes before `Param-3`, though `=` comes after `-`.
        parameters.sort { left, right in
            if left.name == right.name { return left.value.lexicographicallyPrecedes(right.value) }
            return left.name.lexicographicallyPrecedes(right.name)
        }
        var output: [UInt8] = []
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            output.append(contentsOf: parameter.name)
            output.append(UInt8(ascii: "="))
            output.append(contentsOf: parameter.value)
        }
        return output
    }

    private static func encodedOnce(_ part: Substring.UTF8View) -> [UInt8] {
        PercentEncoding.encode(PercentEncoding.decode(part), keepingSlashes: false)
    }
}
