/// Builds TNEF streams for the tests, property by property, as MS-OXTNEF lays them out.
struct TNEFStream {
    static let appointment: [UInt8] = [0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
    static let meeting: [UInt8] = [
        0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10, 0x98, 0xDA, 0, 0xAA, 0, 0x3F, 0x13, 0x05,
    ]

    private(set) var bytes: [UInt8] = little(0x223E_9F78, 4) + little(1, 2)
    private var properties: [[UInt8]] = []

    init(messageClass: String) {
        attribute(0x0007_8008, Array(messageClass.utf8) + [0])
        attribute(0x0006_9007, little(1252, 4) + little(0, 4))
    }

    mutating func attribute(_ identifier: UInt32, _ data: [UInt8], level: UInt8 = 1) {
        bytes += [level] + little(Int(identifier), 4) + little(data.count, 4) + data
        bytes += little(data.reduce(0) { ($0 + Int($1)) & 0xFFFF }, 2)
    }

    mutating func file(_ name: String, _ data: [UInt8]) {
        attribute(0x0006_9002, [UInt8](repeating: 0, count: 14), level: 2)
        attribute(0x0001_8010, Array(name.utf8) + [0], level: 2)
        attribute(0x0006_800F, data, level: 2)
    }

    mutating func number(_ set: [UInt8], _ identifier: Int, _ value: Int) {
        properties.append(Self.named(set, identifier, type: 0x03) + little(value, 4))
    }

    mutating func flag(_ set: [UInt8], _ identifier: Int, _ value: Bool) {
        properties.append(Self.named(set, identifier, type: 0x0B) + little(value ? 1 : 0, 4))
    }

    mutating func time(_ set: [UInt8], _ identifier: Int, _ seconds: Int) {
        properties.append(Self.named(set, identifier, type: 0x40) + little((seconds + 11_644_473_600) * 10_000_000, 8))
    }

    mutating func octets(_ set: [UInt8], _ identifier: Int, _ value: [UInt8]) {
        properties.append(Self.named(set, identifier, type: 0x102) + Self.counted(value))
    }

    mutating func text(_ set: [UInt8], _ identifier: Int, _ value: String) {
        properties.append(Self.named(set, identifier, type: 0x1F) + Self.counted(Self.wide(value)))
    }

    mutating func text(_ identifier: Int, _ value: String) {
        properties.append(little(0x1F, 2) + little(identifier, 2) + Self.counted(Self.wide(value)))
    }

    /// Properties nobody asks for: a number list, a string with a named key, a GUID, a null.
    mutating func distractions() {
        properties.append(
            little(0x1003, 2) + little(0x1234, 2) + little(3, 4) + little(1, 4) + little(2, 4) + little(3, 4))
        let name = Self.wide("x-key")
        properties.append(
            little(0x1E, 2) + little(0x8001, 2) + Self.appointment + little(1, 4) + little(name.count, 4) + name
                + Self.counted(Array("value\0".utf8)))
        properties.append(little(0x48, 2) + little(0x1235, 2) + [UInt8](repeating: 7, count: 16))
        properties.append(little(0x01, 2) + little(0x1236, 2))
    }

    func finished() -> [UInt8] {
        var copy = self
        copy.attribute(0x0006_9003, little(properties.count, 4) + properties.flatMap { $0 })
        return copy.bytes
    }

    /// Octets of a mail that carries the stream.
    func mail(from: String = "Ann Smith <ann@example.com>", to: String = "create@invites.example") -> [UInt8] {
        let data = finished().flatMap { byte -> [UInt8] in
            let digits = Array("0123456789ABCDEF".utf8)
            return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]] + Array("=\r\n".utf8)
        }
        let start = """
            From: \(from)
            To: \(to)
            Date: Thu, 01 Jan 2026 00:00:00 +0000
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Please come.
            --b
            Content-Type: application/ms-tnef; name="winmail.dat"
            Content-Transfer-Encoding: quoted-printable


            """
        return Array(start.replacing("\n", with: "\r\n").utf8) + data + Array("\r\n--b--\r\n".utf8)
    }

    static func identifier(_ data: [UInt8], year: Int = 0, month: UInt8 = 0, day: UInt8 = 0) -> [UInt8] {
        [0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08]
            + [UInt8(year >> 8), UInt8(year & 255), month, day] + [UInt8](repeating: 0, count: 16)
            + little(data.count, 4) + data
    }

    /// The older time zone structure of Western Europe.
    static let berlin =
        little(-60, 4) + little(0, 4) + little(-60, 4)
        + little(0, 2) + date(month: 10, week: 5, hour: 3) + little(0, 2) + date(month: 3, week: 5, hour: 2)

    static func date(month: Int, week: Int, hour: Int) -> [UInt8] {
        [0, month, 0, week, hour, 0, 0, 0].flatMap { little($0, 2) }
    }

    private static func named(_ set: [UInt8], _ identifier: Int, type: Int) -> [UInt8] {
        little(type, 2) + little(0x8000 + identifier & 0xFFF, 2) + set + little(0, 4) + little(identifier, 4)
    }

    private static func counted(_ value: [UInt8]) -> [UInt8] {
        little(1, 4) + little(value.count, 4) + value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }

    private static func wide(_ text: String) -> [UInt8] { (text + "\0").utf16.flatMap { little(Int($0), 2) } }
}

func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
