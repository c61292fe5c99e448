/// The property list of a TNEF message or attachment (MS-OXTNEF section 2.1.3.4).
struct MAPIProperties: Sendable {
    /// A property set and the number of a property in it.
    struct Name: Hashable {
        /// The GUID in the octets of the wire.
        var set: [UInt8]
        var number: UInt32
    }

    /// Appointments, {00062002-0000-0000-C000-000000000046}.
    static let appointment: [UInt8] = [0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
    /// Meetings, {6ED8DA90-450B-101B-98DA-00AA003F1305}.
    static let meeting: [UInt8] = [
        0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10, 0x98, 0xDA, 0, 0xAA, 0, 0x3F, 0x13, 0x05,
    ]

    private struct Value {
        var type: UInt16
        var bytes: ArraySlice<UInt8>
    }

    private var tagged: [UInt16: Value] = [:]
    private var named: [Name: Value] = [:]
    /// The charset of strings that are not Unicode.
    var charset: String?

    init() {}

    /// Reads as much of a list as is sound.
    init(_ bytes: ArraySlice<UInt8>) {
        var reader = LittleEndianReader(bytes)
        guard let count = reader.count() else { return }
        for _ in 0..<count {
            guard let type = reader.uint16(), let identifier = reader.uint16() else { return }
            var name: Name?
            if identifier >= 0x8000 {
                guard let read = Self.name(&reader) else { return }
                name = read.name
            }
            guard let value = Self.firstValue(type, &reader) else { return }
            if let name {
                if named[name] == nil { named[name] = value }
            } else if identifier < 0x8000, tagged[identifier] == nil {
                tagged[identifier] = value
            }
        }
    }

    func text(_ identifier: UInt16) -> String? { text(tagged[identifier]) }
    func text(_ set: [UInt8], _ number: UInt32) -> String? { text(named[Name(set: set, number: number)]) }
    func octets(_ identifier: UInt16) -> ArraySlice<UInt8>? { tagged[identifier]?.bytes }
    func octets(_ set: [UInt8], _ number: UInt32) -> ArraySlice<UInt8>? { named[Name(set: set, number: number)]?.bytes }

    func number(_ set: [UInt8], _ number: UInt32) -> Int? {
        guard let value = named[Name(set: set, number: number)], value.bytes.count >= 2 else { return nil }
        var reader = LittleEndianReader(value.bytes)
        return value.bytes.count >= 4 ? reader.int32() : reader.uint16().map { Int($0) }
    }

    /// Seconds since 1970 of a PtypTime.
    func time(_ identifier: UInt16) -> Int? { Self.time(tagged[identifier]) }
    func time(_ set: [UInt8], _ number: UInt32) -> Int? { Self.time(named[Name(set: set, number: number)]) }

    private static func time(_ value: Value?) -> Int? {
        guard let value, value.type & 0xFFF == 0x40 else { return nil }
        var reader = LittleEndianReader(value.bytes)
        // Units of 100 nanoseconds since 1601. The end of time, 4501-01-01, stands for none.
        guard let units = reader.uint64(), units / 10_000_000 < 91_515_139_200 else { return nil }
        return Int(units / 10_000_000) - 11_644_473_600
    }

    private func text(_ value: Value?) -> String? {
        guard let value else { return nil }
        switch value.type & 0xFFF {
        case 0x1F:
            return String(Charset.decode(value.bytes, name: "utf-16le").prefix { $0 != "\0" })
        case 0x1E:
            return Charset.decode(value.bytes.prefix { $0 != 0 }, name: charset)
        default:
            return nil
        }
    }

    /// The name of a named property; nil inside when it is a string, none of which is needed.
    private static func name(_ reader: inout LittleEndianReader) -> (name: Name?, Void)? {
        guard let set = reader.octets(16), let kind = reader.uint32() else { return nil }
        if kind == 0 {
            guard let number = reader.uint32() else { return nil }
            return (Name(set: Array(set), number: number), ())
        }
        guard let length = reader.count(), reader.octets(padded(length)) != nil else { return nil }
        return (nil, ())
    }

    /// Reads all values of a property and returns the first; nil when the list ends too early or the type is unknown,
    /// since then nothing behind it can be found.
    private static func firstValue(_ type: UInt16, _ reader: inout LittleEndianReader) -> Value? {
        let isMultiple = type & 0x1000 != 0
        let size: Int?
        switch type & 0xFFF {
        case 0x01: size = 0
        case 0x02, 0x03, 0x04, 0x0A, 0x0B: size = 4
        case 0x05, 0x06, 0x07, 0x14, 0x40: size = 8
        case 0x48: size = 16
        case 0x0D, 0x1E, 0x1F, 0x102: size = nil
        default: return nil
        }
        var count = 1
        if isMultiple || size == nil {
            guard let read = reader.count() else { return nil }
            count = read
        }
        var first = Value(type: type, bytes: [])
        for index in 0..<count {
            var length = size ?? 0
            if size == nil {
                guard let read = reader.count() else { return nil }
                length = read
            } else if length == 0 {
                break
            }
            guard let octets = reader.octets(length) else { return nil }
            // The last value's padding may be missing at the very end of the list.
            if reader.octets(padded(length) - length) == nil, !reader.isAtEnd { return nil }
            if index == 0 { first.bytes = octets }
        }
        return first
    }

    private static func padded(_ length: Int) -> Int { (length + 3) & ~3 }
}
