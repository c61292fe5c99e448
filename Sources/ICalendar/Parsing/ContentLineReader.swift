import SwiftGlibc

/// Cuts the input into unfolded content lines (RFC 5545 section 3.1), as bytes: real folds split characters.
///
/// Lines may end with CR LF, LF or CR, mixed. A line that was not folded is handed out in place, without a copy.
struct ContentLineReader: ~Copyable {
    /// The unfolded line; valid until the next call of `advance`.
    private(set) var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The number of the first physical line of `line`, counted from 1.
    private(set) var number = 0
    /// The first place of each deviation, 0 where there is none.
    private(set) var deviations = Deviations()
    /// A line was longer than allowed; nothing is read after it.
    private(set) var overflowed = false

    struct Deviations {
        var lineEnding = 0
        var blankLine = 0
        var longLine = 0
        var splitCharacter = 0
        var softBreak = 0
    }

    private let input: UnsafeBufferPointer<UInt8>
    private let limit: Int
    private var position = 0
    private var physicalLine = 0
    /// The next LF and CR at or after `position`, `input.count` when there is none. Kept, so that input without one
    /// of them is searched for it only once.
    private var nextLF = -1
    private var nextCR = -1
    private var unfolded: UnsafeMutablePointer<UInt8>?
    private var unfoldedCount = 0

    init(_ input: UnsafeBufferPointer<UInt8>, limit: Int) {
        self.input = input
        self.limit = limit
    }

    deinit { unfolded?.deallocate() }

    /// Moves to the next line that is not blank. False at the end of the input.
    mutating func advance() -> Bool {
        var start = position
        var end = physicalLineEnd()
        while start == end {
            if start < input.count, deviations.blankLine == 0 { deviations.blankLine = physicalLine }
            guard position < input.count else { return false }
            start = position
            end = physicalLineEnd()
        }
        number = physicalLine
        line = UnsafeBufferPointer(rebasing: input[start..<end])
        if line[line.count - 1] == UInt8(ascii: "="), isQuotedPrintable(line) {
            joinSoftBreaks()
        } else {
            skipBlankLinesBeforeFold()
            if position < input.count, isFold(input[position]) { unfold() }
        }
        if line.count > limit { overflowed = true }
        return !overflowed
    }

    private func isFold(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Consumes one physical line and returns where its content ends.
    @inline(__always)
    private mutating func physicalLineEnd() -> Int {
        guard position < input.count, let base = input.baseAddress else { return position }
        let start = position
        if nextLF < start { nextLF = find(0x0A, from: start, base) }
        if nextCR < start { nextCR = find(0x0D, from: start, base) }
        physicalLine += 1
        let end = min(nextLF, nextCR)
        if end - start > 75, deviations.longLine == 0 { deviations.longLine = physicalLine }
        if nextCR == end, nextLF == end + 1 {
            position = end + 2
        } else {
            position = min(end + 1, input.count)
            if deviations.lineEnding == 0 { deviations.lineEnding = physicalLine }
        }
        return end
    }

    private func find(_ byte: UInt8, from start: Int, _ base: UnsafePointer<UInt8>) -> Int {
        guard let found = memchr(base + start, Int32(byte), input.count - start) else { return input.count }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private mutating func unfold() {
        collect(line, restart: true)
        while position < input.count, isFold(input[position]) {
            position += 1
            let start = position
            let end = physicalLineEnd()
            if start < end, input[start] & 0xC0 == 0x80, deviations.splitCharacter == 0 {
                deviations.splitCharacter = physicalLine
            }
            collect(UnsafeBufferPointer(rebasing: input[start..<end]), restart: false)
            skipBlankLinesBeforeFold()
        }
        line = UnsafeBufferPointer(start: unfolded, count: unfoldedCount)
    }

    /// CR CR LF, which some gateways make of CR LF, looks like a blank line; what is folded goes on after it.
    @inline(__always)
    private mutating func skipBlankLinesBeforeFold() {
        guard position < input.count, input[position] == 0x0D || input[position] == 0x0A else { return }
        var fold = position
        while fold < input.count, input[fold] == 0x0D || input[fold] == 0x0A { fold += 1 }
        guard fold < input.count, isFold(input[fold]) else { return }
        while position < fold { _ = physicalLineEnd() }
    }

    /// vCalendar 1.0 breaks quoted-printable values with `=` at the end of a line; what follows is no fold, even if
    /// it begins with a space.
    private mutating func joinSoftBreaks() {
        if deviations.softBreak == 0 { deviations.softBreak = physicalLine }
        collect(line, restart: true)
        while unfoldedCount > 0, let bytes = unfolded, bytes[unfoldedCount - 1] == UInt8(ascii: "="),
            position < input.count
        {
            unfoldedCount -= 1
            let start = position
            let end = physicalLineEnd()
            collect(UnsafeBufferPointer(rebasing: input[start..<end]), restart: false)
        }
        line = UnsafeBufferPointer(start: unfolded, count: unfoldedCount)
    }

    /// Whether a parameter says so, as `;ENCODING=QUOTED-PRINTABLE` or `;QUOTED-PRINTABLE`.
    private func isQuotedPrintable(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var quoted = false
        for (index, byte) in line.enumerated() {
            if byte == UInt8(ascii: "\"") { quoted.toggle() }
            if quoted { continue }
            if byte == UInt8(ascii: ":") { return false }
            guard byte == UInt8(ascii: ";") else { continue }
            for word: StaticString in ["ENCODING=QUOTED-PRINTABLE", "QUOTED-PRINTABLE"] {
                let end = index + 1 + word.utf8CodeUnitCount
                guard end < line.count, line[end] == UInt8(ascii: ":") || line[end] == UInt8(ascii: ";") else {
                    continue
                }
                let found = word.withUTF8Buffer {
                    zip(line[(index + 1)...], $0).allSatisfy { $0.asciiUppercased == $1 }
                }
                if found { return true }
            }
        }
        return false
    }

    private mutating func collect(_ part: UnsafeBufferPointer<UInt8>, restart: Bool) {
        // Unfolding only removes octets, so the input's size is enough for any line, and untouched pages cost nothing.
        let bytes = unfolded ?? .allocate(capacity: input.count)
        unfolded = bytes
        if restart { unfoldedCount = 0 }
        guard let source = part.baseAddress else { return }
        (bytes + unfoldedCount).update(from: source, count: part.count)
        unfoldedCount += part.count
    }
}
