import ICalendar
import Testing

private func line(_ property: Property) -> String {
    var bytes: [UInt8] = []
    ICalendar.appendLine(property, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// Each physical line, without its CR LF.
func physicalLines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    for byte in bytes {
        if byte == 0x0A, lines[lines.count - 1].last == 0x0D {
            lines[lines.count - 1].removeLast()
            lines.append([])
        } else {
            lines[lines.count - 1].append(byte)
        }
    }
    return lines
}

@Suite struct SerializingTests {
    @Test("a calendar is written line by line and ends with its END line")
    func calendar() {
        let calendar = Component(
            "VCALENDAR", properties: [Property("VERSION", "2.0")],
            components: [Component("VEVENT", properties: [.text("SUMMARY", "a, b; c\\d\ne")])])
        #expect(
            String(decoding: ICalendar.serialize(calendar), as: UTF8.self)
                == "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:a\\, b\\; c\\\\d\\ne\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    @Test("parameters are quoted when they must be, and RFC 6868 covers the rest")
    func parameters() {
        #expect(line(Property("A", "v", parameters: [.init("CN", "plain name")])) == "A;CN=plain name:v\r\n")
        #expect(line(Property("A", "v", parameters: [.init("CN", "Doe, J")])) == "A;CN=\"Doe, J\":v\r\n")
        #expect(line(Property("A", "v", parameters: [.init("CN", "a\"^\nb")])) == "A;CN=a^'^^^nb:v\r\n")
        #expect(line(Property("A", "v", parameters: [.init("SENT-BY", "x")])) == "A;SENT-BY=\"x\":v\r\n")
        #expect(
            line(Property("A", "v", parameters: [.init("MEMBER", "mailto:a", ["mailto:b"])]))
                == "A;MEMBER=\"mailto:a\",\"mailto:b\":v\r\n")
    }

    @Test("no value can start a line of its own")
    func injection() {
        #expect(line(Property("A", "x\r\nB:1\nC:2\rD\u{0}E")) == "A:x\\nB:1\\nC:2\\nDE\r\n")
        #expect(line(Property("A", "v", parameters: [.init("CN", "x\r\ny\u{7}")])) == "A;CN=x^ny:v\r\n")
        #expect(line(Property("A:B\r\nC", "v")) == "")
        #expect(line(Property("end", "VEVENT")) == "")
        #expect(line(Property("A", "v", parameters: [.init("B=C;D", "x")])) == "A:v\r\n")
    }

    @Test("folds keep to 75 octets and split no character and no escape", arguments: 0..<80)
    func folds(offset: Int) {
        let pieces = ["ü", "€", "🎉", "\\n", "\\\\", "\\,", "a"]
        var value = String(repeating: "x", count: offset)
        for index in 0..<200 { value += pieces[(index * 7 + offset) % pieces.count] }
        let property = Property(
            "DESCRIPTION", value, parameters: [.init("X-P", String(repeating: "^\n\"é", count: 30))])
        var bytes: [UInt8] = []
        ICalendar.appendLine(property, to: &bytes)
        let lines = physicalLines(bytes)
        for line in lines {
            #expect(line.count <= 75)
            #expect(String(validating: line, as: UTF8.self) != nil)
            let tail = line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            #expect(tail % 2 == 0)
            let carets = line.reversed().prefix { $0 == UInt8(ascii: "^") }.count
            #expect(carets % 2 == 0)
        }
        let unfolded = "BEGIN:VCALENDAR\r\n" + String(decoding: bytes, as: UTF8.self) + "END:VCALENDAR\r\n"
        let read = ICalendar.parse(Array(unfolded.utf8))
        #expect(read.problems.isEmpty)
        #expect(read.calendars.first?.properties == [property])
    }
}
