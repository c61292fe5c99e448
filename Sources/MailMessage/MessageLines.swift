import SwiftGlibc

// The lines of a message: where they end, and which of them delimit the parts of a multipart.
extension MessageScanner {
    /// Moves behind the next delimiter line of any open multipart.
    /// - Returns: the octets before it; the line end in front of a delimiter belongs to the delimiter.
    mutating func contentUntilDelimiter() -> (Range<Int>, Ending) {
        let start = position
        guard !boundaries.isEmpty else {
            position = bytes.count
            return (start..<bytes.count, .endOfMessage)
        }
        var line = start
        while line < bytes.count {
            if let ending = delimiter(at: line) {
                position = lineAfter(line)
                return (start..<max(start, contentEnd(beforeLine: line)), ending)
            }
            line = lineAfter(line)
        }
        position = bytes.count
        return (start..<bytes.count, .endOfMessage)
    }

    /// What the line means to the open multiparts, the innermost first (RFC 2046 section 5.1.1).
    func delimiter(at line: Int) -> Ending? {
        guard line + 2 < bytes.count, bytes[line] == UInt8(ascii: "-"), bytes[line + 1] == UInt8(ascii: "-")
        else { return nil }
        var end = lineAfter(line)
        while end > line, bytes[end - 1].isBlank || bytes[end - 1].isLineEnd { end -= 1 }
        let text = bytes[min(line + 2, end)..<end]
        for (level, boundary) in boundaries.enumerated().reversed() where text.starts(with: boundary) {
            let rest = text.dropFirst(boundary.count)
            if rest.isEmpty { return .delimiter(level: level, isClosing: false) }
            if rest.elementsEqual("--".utf8) { return .delimiter(level: level, isClosing: true) }
        }
        return nil
    }

    /// The start of the line behind the one that `index` lies in.
    func lineAfter(_ index: Int) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            guard index < buffer.count, let base = buffer.baseAddress,
                let found = memchr(base + index, 0x0A, buffer.count - index)
            else { return buffer.count }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
        }
    }

    /// The boundary the body seems to use when the header names none, or one that does not occur: the first line of
    /// two hyphens and more that an empty line or a field of a part follows.
    func likelyBoundary() -> [UInt8]? {
        // A preamble is short; a whole body need not be searched.
        let end = min(bytes.count, position + 65536)
        var line = position
        while line < end, delimiter(at: line) == nil {
            let next = lineAfter(line)
            let text = bytes[line..<max(line, contentEnd(beforeLine: next))]
            let isCandidate = text.starts(with: "--".utf8) && text.count > 2 && text.count <= 200
            if isCandidate, next < bytes.count,
                bytes[next].isLineEnd
                    || bytes[next...].prefix(8).elementsEqual("content-".utf8, by: { $0.lowercased == $1 })
            {
                var boundary = Array(text.dropFirst(2))
                while boundary.last?.isBlank == true { boundary.removeLast() }
                if !boundary.isEmpty { return boundary }
            }
            line = next
        }
        return nil
    }

    /// The index behind the last octet of the line before the one that starts at `line`.
    func contentEnd(beforeLine line: Int) -> Int {
        var end = line
        if end > 0, bytes[end - 1] == 0x0A { end -= 1 }
        if end > 0, end < line, bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }
}
