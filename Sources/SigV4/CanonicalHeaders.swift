/// The headers as they are signed: lowercase names in order, white space squeezed, repeated names joined.
struct CanonicalHeaders {
    /// Names joined by `;`.
    let names: String
    /// One `name:value` line each, every line ended.
    let lines: [UInt8]

    /// Headers that a proxy or the HTTP library may add or change on the way.
    private static let unsigned: Set<String> = [
        "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
    ]

    init(_ headers: [SigningRequest.Header]) {
        var merged: [(name: String, value: [UInt8])] = []
        for header in headers {
            let name = header.name.lowercased()
            if CanonicalHeaders.unsigned.contains(name) { continue }
            let value = CanonicalHeaders.squeezed(header.value)
            if let index = merged.firstIndex(where: { $0.name == name }) {
                merged[index].value.append(UInt8(ascii: ","))
                merged[index].value.append(contentsOf: value)
            } else {
                merged.append((name, value))
            }
        }
        merged.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        names = merged.map(\.name).joined(separator: ";")
        var lines: [UInt8] = []
        for (name, value) in merged {
            lines.append(contentsOf: name.utf8)
            lines.append(UInt8(ascii: ":"))
            lines.append(contentsOf: value)
            lines.append(UInt8(ascii: "\n"))
        }
        self.lines = lines
    }

    /// Without white space around it and with one space for each run inside, a folded line's end included.
    private static func squeezed(_ value: String) -> [UInt8] {
        var output: [UInt8] = []
        var pendingSpace = false
        for byte in value.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                pendingSpace = !output.isEmpty
            } else {
                if pendingSpace { output.append(0x20) }
                pendingSpace = false
                output.append(byte)
            }
        }
        return output
    }
}
