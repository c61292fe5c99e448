/// The characters that pairs of octets stand for, by lead and trail.
struct DoubleOctetTable: Sendable {
    private let units: [UInt16]
    private let leads: [ClosedRange<UInt8>]
    private let trails: [ClosedRange<UInt8>]
    private let trailCount: Int

    private init(_ text: StaticString, leads: [ClosedRange<UInt8>], trails: [ClosedRange<UInt8>]) {
        units = text.withUTF8Buffer { String(decoding: $0, as: UTF8.self).utf16.filter { $0 != 0x0A } }
        self.leads = leads
        self.trails = trails
        trailCount = trails.reduce(0) { $0 + $1.count }
    }

    static let chinese = DoubleOctetTable(
        DoubleOctetData.chinese, leads: [0x81...0xFE], trails: [0x40...0x7E, 0x80...0xFE])
    static let taiwanese = DoubleOctetTable(
        DoubleOctetData.taiwanese, leads: [0xA1...0xF9], trails: [0x40...0x7E, 0xA1...0xFE])
    static let korean = DoubleOctetTable(
        DoubleOctetData.korean, leads: [0x81...0xFD], trails: [0x41...0x5A, 0x61...0x7A, 0x81...0xFE])
    static let japanese = DoubleOctetTable(
        DoubleOctetData.japanese, leads: [0x81...0x9F, 0xE0...0xFC], trails: [0x40...0x7E, 0x80...0xFC])

    func isLead(_ octet: UInt8) -> Bool { leads.contains { $0.contains(octet) } }

    /// The UTF-16 code unit of a pair; nil where no character is.
    func unit(_ lead: UInt8, _ trail: UInt8) -> UInt16? {
        guard let lead = Self.position(of: lead, in: leads), let trail = Self.position(of: trail, in: trails) else {
            return nil
        }
        return unit(at: lead * trailCount + trail)
    }

    /// The code unit of a character of JIS X 0208, row and cell counted from 0; of `japanese` only.
    func unit(row: Int, cell: Int) -> UInt16? { unit(at: row * 94 + cell) }

    /// The code points of the range that no pair stands for.
    func others(in codePoints: ClosedRange<UInt16>) -> [UInt16] {
        let own = Set(units)
        return codePoints.filter { !own.contains($0) }
    }

    private func unit(at index: Int) -> UInt16? {
        let unit = units[index]
        return unit == 0x2E ? nil : unit
    }

    private static func position(of octet: UInt8, in ranges: [ClosedRange<UInt8>]) -> Int? {
        var before = 0
        for range in ranges {
            if range.contains(octet) { return before + Int(octet - range.lowerBound) }
            before += range.count
        }
        return nil
    }
}
