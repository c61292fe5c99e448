import ICalendar
import MailMessage
import Scheduling
import TestSupport
import Testing

@Suite("The corpus", .enabled(if: SharedFiles.arePresent, "../shared is absent"))
struct CorpusTests {
    /// Files that are read differently on purpose: the field, and why.
    private static let disagreements: [String: (field: String, reason: String)] = [
        "ics/059_icalendar_parsing_error.ics": (
            "exdates", "It has an EXDATE without a value. That excludes no date, so there is one exclusion, not two."
        ),
        "ics/164_akonadi-calendar_bug235749.ics": (
            "attendees",
            "An attendee is mailto:mailto:someone. Taken literally nobody could ever match that address."
        ),
        "ics/226_bluemindfork_summary_specialchars.ics": (
            "attendees", "CN=John,Smith lacks quotation marks. CN has one value, so the comma is part of the name."
        ),
        "eml/067_kopano-core_kc-138-2.eml": (
            "location",
            "The calendar names no charset and is not UTF-8: read as windows-1252 it says Büroturm. The others write a "
                + "replacement character, after which nobody finds the place."
        ),
        "eml/212_zm-selenium_parsingErrorWhileAcceptingInvite_Bug38564.eml": (
            "attendees",
            "A fold left spaces before a parameter's name. The others drop the ATTENDEE for it, and with it the one "
                + "person invited."
        ),
    ]

    @Test("is read as its two other readers agree it should be, mails and calendars alike")
    func expectedEvents() throws {
        let rows = try CorpusExpectation.all().filter { $0.agree == true }
        #expect(rows.count > 140)
        for row in rows {
            let file = CalendarFile(name: row.file, bytes: try SharedFiles.bytes("corpus/\(row.file)"))
            let events = file.events.map(CorpusExpectation.Event.init)
            #expect(file.method == row.method, "\(row.file)")
            #expect(events.count == row.events.count, "\(row.file)")
            let differences = zip(events, row.events).flatMap { $0.differences($1) }
            if let argued = Self.disagreements[row.file] {
                #expect(differences.count == 1, "\(row.file): \(argued.reason)")
                #expect(differences.first?.hasPrefix("\(argued.field): ") == true, "\(row.file): \(differences)")
            } else {
                #expect(differences.isEmpty, "\(row.file): \(differences.joined(separator: "; "))")
            }
        }
    }

    @Test("holds nothing that cannot be read at all, also where the other readers do not agree")
    func everythingIsRead() throws {
        let rows = try CorpusExpectation.all()
        for row in rows {
            let file = CalendarFile(name: row.file, bytes: try SharedFiles.bytes("corpus/\(row.file)"))
            #expect(file.calendars.isEmpty == (file.failure != nil), "\(row.file)")
            for calendar in file.calendars { _ = ICalendar.check(calendar) }
        }
        // Mails that none of the readers says anything about are in the folder, too.
        for folder in ["eml", "ics"] {
            for name in SharedFiles.names(in: "corpus/\(folder)") {
                _ = CalendarFile(name: name, bytes: try SharedFiles.bytes("corpus/\(folder)/\(name)")).events
            }
        }
    }
}
