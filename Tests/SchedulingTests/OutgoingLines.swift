import ICalendar
import Testing

/// The octet rules of RFC 5545 section 3.1 and of the clients.
func expectSoundLines(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(String(validating: bytes, as: UTF8.self) != nil, "valid UTF-8", sourceLocation: sourceLocation)
    #expect(bytes.suffix(15).elementsEqual("END:VCALENDAR\r\n".utf8), sourceLocation: sourceLocation)
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
        #expect(index > start && bytes[index - 1] == 0x0D, "a bare LF in \(text)", sourceLocation: sourceLocation)
        let line = bytes[start..<max(start, index - 1)]
        #expect(line.count <= 75, "\(String(decoding: line, as: UTF8.self))", sourceLocation: sourceLocation)
        #expect(!line.contains(0x0D), sourceLocation: sourceLocation)
        #expect(!line.allSatisfy { $0 == 0x20 }, "a blank line", sourceLocation: sourceLocation)
        start = index + 1
    }
}

/// The one calendar in the bytes, which must be without any problem.
func soundCalendar(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws -> Component {
    expectSoundLines(bytes, sourceLocation: sourceLocation)
    let parsed = ICalendar.parse(bytes)
    #expect(parsed.problems == [], sourceLocation: sourceLocation)
    #expect(parsed.calendars.count == 1, sourceLocation: sourceLocation)
    return try #require(parsed.calendars.first, sourceLocation: sourceLocation)
}
