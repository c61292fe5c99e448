import Audience
import TestSupport
import Testing

@Suite("Lines of a list")
struct LineSplitterTests {
    private struct Line: Equatable {
        var text: String
        var number: Int

        init(_ text: String, _ number: Int) {
            self.text = text
            self.number = number
        }
    }

    private func lines(_ text: String, piece size: Int, limit: Int = 1 << 20) throws -> [Line] {
        var splitter = LineSplitter(limit: limit)
        var lines: [Line] = []
        func take(_ bytes: [UInt8], _ number: Int) {
            lines.append(Line(String(decoding: bytes, as: UTF8.self), number))
        }
        for piece in Array(text.utf8).pieces(of: size) { try splitter.read(piece, into: take) }
        try splitter.finish(into: take)
        return lines
    }

    @Test("end with LF, CRLF or the list", arguments: [1, 2, 3, 1000])
    func lineEnds(size: Int) throws {
        let expected = [Line("a", 1), Line("bc", 2), Line("d", 3)]
        #expect(try lines("a\nbc\nd\n", piece: size) == expected)
        #expect(try lines("a\r\nbc\r\nd\r\n", piece: size) == expected)
        #expect(try lines("a\nbc\r\nd", piece: size) == expected)
        #expect(try lines("a\nbc\nd\r", piece: size) == expected)
    }

    @Test("keep a CR that ends nothing", arguments: [1, 1000])
    func loneCR(size: Int) throws {
        #expect(try lines("a\rb\n", piece: size) == [Line("a\rb", 1)])
    }

    @Test("are counted but not given when blank", arguments: [1, 4, 1000])
    func blank(size: Int) throws {
        #expect(try lines("\n\r\n \t\r\na\n\n  b \n", piece: size) == [Line("a", 4), Line("  b ", 6)])
        #expect(try lines("", piece: size) == [])
        #expect(try lines("\n\n", piece: size) == [])
    }

    @Test("may be as long as the limit and no longer, whatever the pieces", arguments: [1, 2, 3, 5, 1000])
    func limit(size: Int) throws {
        #expect(try lines("12345\r\n12345\n12345", piece: size, limit: 5).count == 3)
        for end in ["", "\n", "\r\n", "\r\nx"] {
            #expect(throws: LineSplitter.Failure.lineTooLong(line: 2, limit: 5), "before \(end.debugDescription)") {
                try lines("ok\n123456" + end, piece: size, limit: 5)
            }
        }
    }

    @Test("without an end do not fill the memory")
    func endless() throws {
        var splitter = LineSplitter(limit: 1000)
        var pieces = 0
        #expect(throws: LineSplitter.Failure.lineTooLong(line: 1, limit: 1000)) {
            for _ in 0..<1000 {
                try splitter.read([UInt8](repeating: 0x61, count: 100)) { _, _ in }
                pieces += 1
            }
        }
        #expect(pieces == 10)
    }
}
