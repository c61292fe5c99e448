import ICalendar
import TestSupport
import Testing

@Suite(.enabled(if: SharedFiles.arePresent, "../shared is absent"))
struct CorpusTests {
    @Test("every calendar of the corpus survives writing and reading, in lines of at most 75 octets")
    func roundTrip() throws {
        for name in SharedFiles.names(in: "corpus/ics") {
            let parsed = ICalendar.parse(try SharedFiles.bytes("corpus/ics/\(name)"))
            for calendar in parsed.calendars {
                let written = ICalendar.serialize(calendar)
                #expect(physicalLines(written).allSatisfy { $0.count <= 75 }, "\(name)")
                let again = ICalendar.parse(written)
                #expect(again.problems.isEmpty, "\(name): \(again.problems)")
                #expect(again.calendars.count == 1, "\(name)")
                #expect(again.calendars.first.map(ICalendar.serialize) == written, "\(name)")
                // Control characters are not written: RFC 5545 has no place for them.
                if !written.contains(where: { $0 < 0x20 && $0 != 0x0D && $0 != 0x0A }), !hasControls(calendar) {
                    #expect(again.calendars.first == calendar, "\(name)")
                }
            }
        }
    }

    private func hasControls(_ component: Component) -> Bool {
        component.properties.contains { property in
            (property.value + property.parameters.flatMap(\.values).joined()).utf8.contains {
                $0 < 0x20 && $0 != 0x09 || $0 == 0x7F
            }
        } || component.components.contains(where: hasControls)
    }
}
