import Audience
import TestSupport
import Testing

@Suite("Gzip streams")
struct GzipReaderTests {
    private let text = Array("{\"Address\":\"ann@example.com\"}\n{\"Address\":\"bob@example.com\"}\n".utf8)

    /// What comes out when the stream arrives in pieces of that size.
    private func read(_ stream: [UInt8], piece size: Int) throws -> [UInt8] {
        var reader = GzipReader()
        var output: [UInt8] = []
        for piece in stream.pieces(of: size) { try reader.read(piece) { output += $0 } }
        try reader.finish { output += $0 }
        return output
    }

    @Test("come out the same whatever the size of the pieces", arguments: [1, 2, 3, 7, 64, 100_000])
    func pieces(size: Int) throws {
        #expect(try read(try Gzip.member(text), piece: size) == text)
    }

    @Test("of several members are one text", arguments: [1, 5, 100_000])
    func members(size: Int) throws {
        let stream = try Gzip.member(text) + Gzip.member([]) + Gzip.member(Array("last\n".utf8))
        #expect(try read(stream, piece: size) == text + Array("last\n".utf8))
    }

    @Test("that grow a thousandfold come out complete, at most 64 KiB at a time", arguments: [1, 100_000])
    func expansion(size: Int) throws {
        let zeros = [UInt8](repeating: 0x30, count: 5_000_000)
        let stream = try Gzip.member(zeros)
        #expect(stream.count < 10_000)
        var reader = GzipReader()
        var count = 0
        var largest = 0
        for piece in stream.pieces(of: size) {
            try reader.read(piece) {
                count += $0.count
                largest = max(largest, $0.count)
            }
        }
        try reader.finish { count += $0.count }
        #expect(count == zeros.count)
        #expect(largest <= 65536)
    }

    @Test("cut off anywhere are called truncated, or are shorter by a whole member")
    func truncated() throws {
        let stream = try Gzip.member(text)
        for length in 2..<stream.count {
            #expect(throws: GzipReader.Failure.truncated, "cut at \(length)") {
                try read(Array(stream[..<length]), piece: 7)
            }
        }
        for length in (stream.count + 1)..<(2 * stream.count) {
            #expect(throws: GzipReader.Failure.truncated, "second member cut at \(length)") {
                try read(Array((stream + stream)[..<length]), piece: 64)
            }
        }
    }

    @Test("give what lies before the break")
    func beforeTheBreak() throws {
        let lines = (0..<20_000).map { "line \($0 &* 2_654_435_761 % 1_000_003)\n" }.joined()
        let stream = try Gzip.member(Array(lines.utf8))
        var reader = GzipReader()
        var output: [UInt8] = []
        for piece in Array(stream[..<(stream.count / 2)]).pieces(of: 1000) { try reader.read(piece) { output += $0 } }
        #expect(output.count > lines.utf8.count / 3)
        #expect(output.elementsEqual(lines.utf8.prefix(output.count)))
    }

    @Test("with a changed byte in the data or the checksum are called corrupt")
    func corrupt() throws {
        let stream = try Gzip.member(text)
        for index in 10..<(stream.count) {
            var damaged = stream
            damaged[index] ^= 0xFF
            #expect(throws: GzipReader.Failure.self, "byte \(index)") { try read(damaged, piece: 16) }
        }
        #expect(throws: GzipReader.Failure.corrupt) { try read(stream + Array("trailing text".utf8), piece: 1000) }
    }

    @Test("are told from plain text, which passes through", arguments: [1, 2, 1000])
    func plain(size: Int) throws {
        #expect(try read(text, piece: size) == text)
        #expect(try read([0x1F], piece: size) == [0x1F])
        #expect(try read([], piece: size) == [])
        #expect(try read([0x1F, 0x8C, 0x08], piece: size) == [0x1F, 0x8C, 0x08])
    }
}
