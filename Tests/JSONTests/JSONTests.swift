import JSON
import Testing

@Suite("JSON")
struct JSONTests {
    @Test(
        "a value survives being written and parsed",
        arguments: [
            "null", "true", "[]", "{}", "[1,2.50,-0,1e400,123456789012345678901234567890123456789012]",
            #"{"b":[{"a":null}],"a":"x"}"#, #""\u0000\u001f\"\\\n""#, #""é 😀 日本""#,
        ])
    func roundTrip(text: String) throws {
        let value = try JSON(parsing: text)
        #expect(try JSON(parsing: value.bytes) == value)
    }

    @Test("numbers keep their text")
    func numbersAreExact() throws {
        let text = "[0.10,12345678901234567890123456789012345678,1E+2,-0]"
        #expect(try JSON(parsing: text).text == text)
        #expect(try JSON(parsing: text)[0]?.int == nil)
        #expect(try JSON(parsing: "42").int == 42)
    }

    @Test("escapes are decoded, surrogate pairs joined")
    func escapes() throws {
        #expect(try JSON(parsing: #""\u00e9\ud83d\ude00\/\b\f\n\r\t""#) == .string("é😀/\u{8}\u{c}\n\r\t"))
    }

    @Test("text of any content is written as valid JSON")
    func writerEscapes() throws {
        for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) {
            let value = JSON.string("a\(Character(scalar))b")
            #expect(try JSON(parsing: value.bytes) == value)
        }
        #expect(JSON.string("a\nb\u{1}café\u{7f}").text == #""a\nb\u0001café\u007f""#)
    }

    @Test(
        "a bad text is refused with its reason and byte offset",
        arguments: [
            ("", JSONError.Reason.unexpectedEnd, 0), ("[1,", .unexpectedEnd, 3), ("[1,]", .unexpectedByte(0x5D), 3),
            ("{\"a\" 1}", .unexpectedByte(0x31), 5), ("01", .invalidNumber, 1), ("1.", .invalidNumber, 2),
            ("-", .invalidNumber, 1), ("1e", .invalidNumber, 2), ("+1", .unexpectedByte(0x2B), 0),
            ("1 2", .trailingBytes, 2), ("tru", .unexpectedEnd, 3), ("nul1", .unexpectedByte(0x31), 3),
            (#""\ud800""#, .loneSurrogate, 7), (#""\udc00\ud800""#, .loneSurrogate, 7), (#""\x""#, .invalidEscape, 2),
            (#""\u12g4""#, .invalidEscape, 5), ("\"a\u{1}\"", .controlCharacter(1), 2), ("\"abc", .unexpectedEnd, 4),
            (#"{"a":1,"a":2}"#, .duplicateName("a"), 7), ("{,}", .unexpectedByte(0x2C), 1),
        ])
    func refuses(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason: reason, offset: offset)) { try JSON(parsing: text) }
    }

    @Test("invalid UTF-8 is refused")
    func invalidUTF8() {
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 1)) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test("nesting deeper than the limit is refused before the stack is in danger")
    func depth() throws {
        let deep = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONError(reason: .tooDeep(limit: 128), offset: 128)) { try JSON(parsing: deep) }
        _ = try JSON(parsing: String(repeating: "[", count: 128) + String(repeating: "]", count: 128))
    }

    @Test("a repeated name is found in a large object too")
    func duplicateInLargeObject() {
        let members = (0..<5000).map { "\"k\($0)\":0" } + ["\"k7\":1"]
        #expect(throws: JSONError.self) { try JSON(parsing: "{" + members.joined(separator: ",") + "}") }
    }

    @Test("objects are equal in any order of their members, and hash alike")
    func objectEquality() {
        let left: JSON = ["a": 1, "b": [true, .null]]
        let right: JSON = ["b": [true, .null], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1])
        #expect(left["b"]?[0] == true)
        #expect(left["b"]?[2] == nil)
    }

    @Test("a byte order mark and white space around a text are skipped")
    func byteOrderMark() throws {
        #expect(try JSON(parsing: [0xEF, 0xBB, 0xBF] + Array(" [1]\r\n".utf8)) == [1])
    }

    @Test("no cut or changed byte of a document makes the parser trap")
    func mutations() throws {
        let document = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude00x",{"b":null}],"c":"日本","d":true}"#.utf8)
        for end in 0..<document.count { _ = try? JSON(parsing: Array(document[..<end])) }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var changed = document
            changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            if let value = try? JSON(parsing: changed) { #expect(try JSON(parsing: value.bytes) == value) }
        }
    }
}
