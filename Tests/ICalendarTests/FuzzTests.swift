import ICalendar
import TestSupport
import Testing

/// A small generator that gives the same numbers in every run.
private struct Lehmer: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

private let sample = """
    BEGIN:VCALENDAR\r
    METHOD:REQUEST\r
    BEGIN:VTIMEZONE\r
    TZID:Customized\r
    BEGIN:STANDARD\r
    DTSTART:16010101T030000\r
    TZOFFSETFROM:+0200\r
    TZOFFSETTO:+0100\r
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
    END:STANDARD\r
    END:VTIMEZONE\r
    BEGIN:VEVENT\r
    UID:1\r
    DTSTART;TZID=Customized:20260101T100000\r
    DURATION:PT1H\r
    RRULE:FREQ=MONTHLY;UNTIL=20261231T235959Z;BYDAY=1MO,-1FR;BYSETPOS=1\r
    EXDATE;VALUE=DATE:20260202\r
    RDATE;VALUE=PERIOD:20260203T100000Z/PT2H\r
    ATTENDEE;CN="Müller, ^'Jo^'";MEMBER="mailto:a@b","mailto:c@d";SENT-BY=mailto:x@y:mailto:jo%40example.org\r
    SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1250:a=\r
    =E9b\\, c\\nd\\\\\r
    DESCRIPTION:a long line that is folded in the\r
      middle\\, like this\r
    END:VEVENT\r
    BEGIN:VEVENT\r
    UID:1\r
    RECURRENCE-ID;RANGE=THISANDFUTURE:20260403T080000Z\r
    DTSTART;VALUE=DATE:20260404\r
    END:VEVENT\r
    END:VCALENDAR\r\n
    """

private func mutated(_ bytes: [UInt8], _ random: inout Lehmer) -> [UInt8] {
    let telling = Array("\r\n :;,=\"\\^0123456789TZ-+<(\u{0}é".utf8) + [0x80, 0xFF, 0xC3]
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[index] = telling[Int.random(in: 0..<telling.count, using: &random)]
        case 1: bytes.insert(telling[Int.random(in: 0..<telling.count, using: &random)], at: index)
        case 2: bytes.remove(at: index)
        case 3: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...40, using: &random)))
        case 4: bytes[index] = UInt8.random(in: 0...255, using: &random)
        default:
            let piece = Array(bytes[index..<min(bytes.count, index + Int.random(in: 1...60, using: &random))])
            bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
        }
    }
    return bytes
}

/// Reads everything there is to read, and checks what holds for any input.
private func exercise(_ bytes: [UInt8]) {
    for calendar in ICalendar.parse(bytes).calendars {
        let written = ICalendar.serialize(calendar)
        // Control characters are not written, which can make one thing out of another.
        if !bytes.contains(where: { $0 < 0x20 && $0 != 0x0D && $0 != 0x0A || $0 == 0x7F }) {
            let again = ICalendar.parse(written)
            #expect(again.problems.isEmpty, "\(again.problems) in \(String(decoding: written, as: UTF8.self))")
            let found = again.calendars.first.map { difference($0, calendar) } ?? "nothing"
            #expect(found == nil)
        }
        #expect(physicalLines(written).allSatisfy { $0.count <= 75 })
        _ = ICalendar.check(calendar)
        for summary in EventSummary.all(in: calendar) {
            guard let uid = summary.uid, let set = RecurrenceSet(uid: uid, in: calendar) else { continue }
            _ = set.occurrences(from: .min, to: .max, limit: 5)
            _ = set.contains(.utc(epochSeconds: 1_770_000_000))
        }
    }
}

/// The first property or component that is not the same.
private func difference(_ one: Component, _ other: Component) -> String? {
    for (mine, theirs) in zip(one.properties, other.properties) where mine != theirs { return "\(mine) and \(theirs)" }
    for (mine, theirs) in zip(one.components, other.components) {
        if let inner = difference(mine, theirs) { return inner }
    }
    return one == other ? nil : "\(one.name) and \(other.name)"
}

@Suite struct FuzzTests {
    @Test("damaged calendars are read without a trap, and what is read of them is written well", arguments: 0..<8)
    func damaged(seed: UInt64) {
        var random = Lehmer(state: seed)
        for _ in 0..<60 { exercise(mutated(Array(sample.utf8), &random)) }
    }

    @Test("damaged calendars of the corpus, too", .enabled(if: SharedFiles.arePresent, "../shared is absent"))
    func corpus() throws {
        var random = Lehmer(state: 1)
        for name in SharedFiles.names(in: "corpus/ics") {
            let bytes = try SharedFiles.bytes("corpus/ics/\(name)")
            for _ in 0..<4 where bytes.count < 8000 { exercise(mutated(bytes, &random)) }
        }
    }
}
