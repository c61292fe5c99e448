import Foundation
import ICalendar
import JSON
import Testing

/// python dateutil and recurring-ical-events, as Scripts/expand-recurrence asks them.
private enum Reference {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appending(path: ".venv/bin/python")

    static let isPresent: Bool = {
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
        return (try? run(["-c", "import dateutil, recurring_ical_events"]))?.isSound ?? false
    }()

    private static func run(_ arguments: [String]) throws -> (text: String, isSound: Bool) {
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = arguments
        process.environment = ["PYTHONDONTWRITEBYTECODE": "1"]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, process.terminationStatus == 0)
    }

    static func answers(to questions: [JSON]) throws -> [[String]] {
        let file = FileManager.default.temporaryDirectory.appending(path: "recurrence-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(questions.map(\.text).joined(separator: "\n").utf8).write(to: file)
        let (text, isSound) = try run([root.appending(path: "Scripts/expand-recurrence").path, file.path])
        try #require(isSound)
        return try text.split(separator: "\n").map { line in
            try JSON(parsing: String(line)).array?.compactMap(\.string) ?? []
        }
    }
}

@Suite("Recurrence beside other libraries", .enabled(if: Reference.isPresent, ".venv lacks dateutil or its like"))
struct RecurrenceReferenceTests {
    @Test("two thousand generated rules have the instances that dateutil gives them")
    func rules() throws {
        var generated = GeneratedRule(seed: 1)
        var asked: [(rule: String, start: String)] = []
        while asked.count < 2000 {
            let rule = generated.rule()
            // Weeks belong to the years of ISO 8601 for RFC 5545, libical and us. To dateutil the days around New Year
            // belong to the calendar's years, which shows where it matters what a year's days are.
            let isAboutYears = ["INTERVAL", "BYSETPOS", "-"].contains { rule.contains($0) }
            if rule.contains("BYWEEKNO"), isAboutYears { continue }
            let start = String(
                format: "%d%02d%02dT%02d%02d00", generated.number(2023...2028), generated.number(1...12),
                generated.number(1...28), generated.number(0...23), generated.number(0...59))
            // Often enough to be worth asking, seldom enough to be answered soon.
            let isFine = rule.contains("HOURLY") || rule.contains("MINUTELY")
            let end = isFine ? "UNTIL=\(start.prefix(6))28T235900" : "UNTIL=20400101T000000"
            asked.append(
                (rule + ";" + (generated.once(in: 3) && !isFine ? "COUNT=\(generated.number(1...9))" : end), start))
        }
        let answers = try Reference.answers(
            to: asked.map { ["rule": .string($0.rule), "start": .string($0.start), "limit": .int(40)] })
        #expect(answers.count == asked.count)
        for ((rule, start), expected) in zip(asked, answers) {
            guard let parsed = RecurrenceRule(rule), let date = DateValue(start) else {
                Issue.record("cannot read \(rule)")
                continue
            }
            #expect(parsed.instances(from: date, limit: 40).map(\.text) == expected, "\(rule) from \(start)")
        }
    }

    @Test("three hundred generated series take place when recurring-ical-events says so")
    func series() throws {
        var generated = GeneratedRule(seed: 2)
        var asked: [(calendar: Component, from: Int64, to: Int64)] = []
        for _ in 0..<300 {
            let series = GeneratedSeries(&generated)
            asked.append((series.calendar, series.from, series.from + 500 * 86_400))
        }
        let answers = try Reference.answers(
            to: asked.map { calendar, from, to in
                let text = String(decoding: ICalendar.serialize(calendar), as: UTF8.self)
                return ["calendar": .string(text), "from": .int(Int(from)), "to": .int(Int(to))]
            })
        #expect(answers.count == asked.count)
        var kinds = 0
        for ((calendar, from, to), expected) in zip(asked, answers) {
            let found = try #require(RecurrenceSet(uid: "1", in: calendar)).occurrences(from: from, to: to, limit: 5000)
                .filter { $0.startSeconds >= from }.map { "\($0.startSeconds) \($0.event.summary ?? "")" }
            let text = String(decoding: ICalendar.serialize(calendar), as: UTF8.self)
            #expect(found.sorted() == expected.sorted(), "\(text)")
            kinds += found.count
        }
        #expect(kinds > 10_000)
    }
}

/// A series with further, left-out and changed dates.
private struct GeneratedSeries {
    var calendar: Component
    /// Before its first instance.
    var from: Int64

    init(_ generated: inout GeneratedRule) {
        let date = CivilDate(year: 2026, month: generated.number(1...12), day: generated.number(1...28))
        let time = CivilTime(hour: generated.number(0...23), minute: 30 * generated.number(0...1), second: 0)
        let (day, clock) = (date ?? CivilDate(daysSinceEpoch: 20_000), time ?? .midnight)
        let zone = generated.one(of: ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
        let start: DateValue =
            switch generated.number(0...4) {
            case 0: .date(day)
            case 1: .utc(day, clock)
            default: .zoned(day, clock, tzid: zone)
            }
        func shifted(days: Int, hours: Int = 0) -> DateValue {
            start.adding(days: days, seconds: start.isDate ? 0 : hours * 3600)
        }
        let interval = generated.number(1...3)
        let step = generated.once(in: 2) ? interval : 7 * interval
        let frequency = step == interval ? "DAILY" : "WEEKLY"
        var master = Component("VEVENT", properties: [Property("UID", "1"), Property("DTSTAMP", "20260101T000000Z")])
        master.properties += [start.property("DTSTART"), Property("RRULE", "FREQ=\(frequency);INTERVAL=\(interval)")]
        master.properties.append(.text("SUMMARY", "series"))
        if generated.once(in: 2) {
            for _ in 0..<generated.number(1...4) {
                master.properties.append(shifted(days: step * generated.number(1...30)).property("EXDATE"))
            }
        }
        if generated.once(in: 3) {
            master.properties.append(shifted(days: step * generated.number(1...9), hours: 5).property("RDATE"))
        }
        var events = [master]
        // What is both excluded and changed, the standard leaves open.
        let excluded = EventView(master).exdates
        for number in Set((0..<generated.number(0...3)).map { _ in generated.number(10...40) }).sorted()
        where !excluded.contains(shifted(days: step * number)) {
            let moved = shifted(days: step * number + (start.isDate ? step / 2 : 0), hours: generated.number(-3...3))
            var event = Component("VEVENT", properties: Array(master.properties.prefix(2)))
            event.properties += [
                shifted(days: step * number).property("RECURRENCE-ID"), moved.property("DTSTART"),
                .text("SUMMARY", "changed \(number)"),
            ]
            events.append(event)
        }
        calendar = Component(
            "VCALENDAR", properties: [Property("PRODID", "-//Acme//EN"), Property("VERSION", "2.0")], components: events
        )
        from = (ZoneResolver(calendar: calendar).epochSeconds(start) ?? 0) - 7 * 86_400
    }
}
