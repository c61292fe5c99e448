/// Reads numbers and runs of octets in the order Microsoft's formats have them; every read past the end gives nil.
struct LittleEndianReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func octets(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.endIndex - position else { return nil }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    mutating func uint8() -> UInt8? { octets(1)?.first }

    mutating func uint16() -> UInt16? {
        octets(2).map { $0.reversed().reduce(0) { $0 << 8 | UInt16($1) } }
    }

    mutating func uint32() -> UInt32? {
        octets(4).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }

    mutating func uint64() -> UInt64? {
        octets(8).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }

    mutating func int32() -> Int? { uint32().map { Int(Int32(bitPattern: $0)) } }

    /// A count or size, which never exceeds what an Int holds.
    mutating func count() -> Int? { uint32().map { Int($0) } }
}
