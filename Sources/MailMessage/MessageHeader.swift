// The header of a message or part: its lines, joined to fields.
extension MessageScanner {
    /// Fields that RFC 5322 section 3.6 and RFC 2045 allow once.
    private static let singleFields: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "message-id", "in-reply-to", "subject", "date", "mime-version",
        "content-type", "content-transfer-encoding", "content-disposition",
    ]

    /// Reads the fields from `position` on and moves behind the empty line that ends them.
    /// - Returns: an ending too, when the part is over before its body begins.
    mutating func header(isOutermost: Bool) -> (HeaderFields, Ending?) {
        if isOutermost { skipEnvelope() }
        var fields: [HeaderField] = []
        var name: String?
        var value: [UInt8] = []
        var seen: Set<String> = []
        let limit = limits.maximumHeaderFields

        func finishField(_ problems: inout MailProblems) {
            guard let complete = name else { return }
            name = nil
            guard fields.count < limit else {
                problems.add(.tooManyHeaderFields(limit: limit))
                return
            }
            fields.append(HeaderField(name: complete, value: Charset.lenient(value.trimmed)))
            guard isOutermost else { return }
            let key = complete.asciiLowercased
            if Self.singleFields.contains(key), !seen.insert(key).inserted { problems.add(.repeatedField(key)) }
        }

        while position < bytes.count {
            let next = lineAfter(position)
            let line = position..<max(position, contentEnd(beforeLine: next))
            if let ending = delimiter(at: position) {
                finishField(&problems)
                position = next
                return (HeaderFields(fields), ending)
            }
            if line.isEmpty || (name == nil && fields.isEmpty && bytes[line].allSatisfy(\.isBlank)) {
                finishField(&problems)
                position = next
                return (HeaderFields(fields), nil)
            }
            if bytes[line.lowerBound].isBlank {
                if name == nil {
                    problems.add(.malformedHeaderLine)
                } else {
                    value.append(contentsOf: bytes[line])
                }
            } else if let nameEnd = fieldNameEnd(line), !isCalendarStart(line) {
                finishField(&problems)
                name = String(decoding: bytes[line.lowerBound..<nameEnd.name], as: UTF8.self)
                value.removeAll(keepingCapacity: true)
                value.append(contentsOf: bytes[nameEnd.value..<line.upperBound])
            } else {
                finishField(&problems)
                problems.add(.missingBlankLine)
                return (HeaderFields(fields), nil)
            }
            position = next
        }
        finishField(&problems)
        return (HeaderFields(fields), .endOfMessage)
    }

    /// Where the name of the field on this line ends and its value starts; nil when the line is no field.
    private func fieldNameEnd(_ line: Range<Int>) -> (name: Int, value: Int)? {
        var index = line.lowerBound
        while index < line.upperBound, bytes[index] > 0x20, bytes[index] < 0x7F, bytes[index] != UInt8(ascii: ":") {
            index += 1
        }
        let name = index
        guard name > line.lowerBound else { return nil }
        while index < line.upperBound, bytes[index].isBlank { index += 1 }
        guard index < line.upperBound, bytes[index] == UInt8(ascii: ":") else { return nil }
        return (name, index + 1)
    }

    /// A calendar that follows its header without the empty line looks like fields.
    private func isCalendarStart(_ line: Range<Int>) -> Bool {
        bytes[line].prefix(10).elementsEqual("begin:vcal".utf8) { $0.lowercased == $1 }
    }

    /// Skips the "From " line of mailbox files, and empty lines that a field follows.
    private mutating func skipEnvelope() {
        var line = position
        while line < bytes.count, bytes[line].isLineEnd { line = lineAfter(line) }
        if bytes[line...].starts(with: "From ".utf8) || bytes[line...].starts(with: ">From ".utf8) {
            line = lineAfter(line)
        }
        let next = lineAfter(line)
        if fieldNameEnd(line..<max(line, contentEnd(beforeLine: next))) != nil { position = line }
    }
}
