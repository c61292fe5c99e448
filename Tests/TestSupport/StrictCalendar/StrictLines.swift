/// The physical lines of a calendar object by the letter of RFC 5545 section 3.1, and its unfolded lines.
struct StrictLines {
    private(set) var lines: [[UInt8]] = []
    private(set) var faults: [String] = []

    init(_ bytes: [UInt8]) {
        if !bytes.suffix(15).elementsEqual("END:VCALENDAR\r\n".utf8) {
            faults.append("does not end with END:VCALENDAR and CRLF")
        }
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0D) ?? bytes.count
            let line = bytes[start..<end]
            if end + 1 >= bytes.count || bytes[end + 1] != 0x0A { faults.append("CR without LF: \(Self.text(line))") }
            add(line)
            start = end + 2
        }
    }

    private mutating func add(_ line: ArraySlice<UInt8>) {
        if line.count > 75 { faults.append("\(line.count) octets in a line: \(Self.text(line))") }
        if line.isEmpty { faults.append("a blank line") }
        if line.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
            faults.append("a control character: \(Self.text(line))")
        }
        if String(validating: line, as: UTF8.self) == nil {
            faults.append("a line that is not UTF-8, or a fold inside a character: \(Self.text(line))")
        }
        guard line.first == 0x20 || line.first == 0x09 else {
            lines.append(Array(line))
            return
        }
        guard let last = lines.indices.last else {
            faults.append("begins with a fold")
            return
        }
        if line.count < 2 { faults.append("a fold with nothing behind it") }
        for (escape, name) in [(UInt8(ascii: "\\"), "backslash"), (UInt8(ascii: "^"), "caret")] {
            let run = lines[last].reversed().prefix { $0 == escape }.count
            if run % 2 == 1 { faults.append("a fold behind a \(name): \(Self.text(lines[last][...]))") }
        }
        lines[last] += line.dropFirst()
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(120), as: UTF8.self)
    }
}
