import Foundation
import ICalendar
import Testing

private func instant(_ text: String) -> Int64 {
    ZoneResolver(calendar: Component("VCALENDAR")).epochSeconds(DateValue(text)!)!
}

private func utc(_ clock: String, in zone: TimeZoneRules) -> String {
    let value = DateValue(clock)!
    return DateValue.utc(epochSeconds: zone.utc(fromLocal: value.date, value.time ?? .midnight)).text
}

private func calendar(_ zones: Component...) -> Component { Component("VCALENDAR", components: zones) }

private func parsed(_ lines: String...) -> Component {
    ICalendar.parse(Array(lines.joined(separator: "\r\n").utf8)).calendars[0].components[0]
}

/// The instants at which the offset changes, to the second, each with what it becomes.
private func changes(of rules: TimeZoneRules, _ from: Int64, _ to: Int64) -> [[Int64]] {
    var result: [[Int64]] = []
    var seconds = from
    while seconds < to {
        let next = min(seconds + 4 * 86_400, to)
        var (low, high) = (seconds, next)
        let (before, after) = (rules.offset(atUTC: low), rules.offset(atUTC: high))
        if before != after {
            while high - low > 1 {
                let middle = (low + high) / 2
                if rules.offset(atUTC: middle) == before { low = middle } else { high = middle }
            }
            result.append([high, Int64(after)])
        }
        seconds = next
    }
    return result
}

@Suite struct ZoneTests {
    @Test(
        "offsets agree with the system's zone data from 1970 to 2024",
        arguments: [
            "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Caracas", "Europe/Berlin",
            "Europe/London", "Europe/Istanbul", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo",
            "Asia/Pyongyang", "Asia/Jerusalem", "Africa/Windhoek", "Africa/Monrovia", "Australia/Lord_Howe",
            "Australia/Sydney", "Pacific/Apia", "Pacific/Chatham", "Antarctica/Troll", "US/Pacific", "Etc/GMT+5",
        ])
    func systemData(name: String) throws {
        let rules = try #require(TimeZoneRules.named(name))
        let system = try #require(TimeZone(identifier: name))
        var seconds: Int64 = 86_400
        while seconds < 1_735_689_600 {
            let expected = system.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            if rules.offset(atUTC: seconds) != expected {
                Issue.record("\(name) at \(seconds): \(rules.offset(atUTC: seconds)) instead of \(expected)")
                return
            }
            seconds += 43_200
        }
    }

    @Test("changes follow the yearly rule far beyond the listed ones")
    func farFuture() throws {
        let berlin = try #require(TimeZoneRules.named("europe/berlin"))
        #expect(berlin.offset(atUTC: instant("20990701T000000Z")) == 7200)
        #expect(berlin.offset(atUTC: instant("20991201T000000Z")) == 3600)
        let sydney = try #require(TimeZoneRules.named("Australia/Sydney"))
        #expect(sydney.offset(atUTC: instant("20500101T000000Z")) == 39_600)
        #expect(sydney.offset(atUTC: instant("20500701T000000Z")) == 36_000)
    }

    @Test("a clock time that comes twice is the first one, one that is left out is read as before the change")
    func gapAndFold() throws {
        let newYork = try #require(TimeZoneRules.named("America/New_York"))
        #expect(utc("20261101T013000", in: newYork) == "20261101T053000Z")
        #expect(utc("20261101T023000", in: newYork) == "20261101T073000Z")
        #expect(utc("20260308T023000", in: newYork) == "20260308T073000Z")
        #expect(utc("20260308T030000", in: newYork) == "20260308T070000Z")
        let back = newYork.local(fromUTC: instant("20261101T063000Z"))
        #expect(back.date == CivilDate(year: 2026, month: 11, day: 1))
        #expect(back.time == CivilTime(hour: 1, minute: 30, second: 0))
    }

    @Test(
        "a TZID is understood whoever made it up",
        arguments: [
            ("America/New_York", "America/New_York"),
            ("US/Eastern", "America/New_York"),
            ("Eastern Standard Time", "America/New_York"),
            ("eastern standard time", "America/New_York"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
            ("/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("/freeassociation.sourceforge.net/Tzfile/Asia/Tokyo", "Asia/Tokyo"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("(GMT-08.00) Pacific Time (US & Canada) / Tijuana", "America/Los_Angeles"),
            ("Pacific Time (US & Canada)", "America/Los_Angeles"),
            ("(GMT+05.30) Calcutta/Chennai/Mumbai/New Delhi/India Standard Time", "Asia/Kolkata"),
            ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Warsaw"),
            ("UTC", "Etc/UTC"), ("GMT", "Etc/UTC"), ("Z", "Etc/UTC"),
        ])
    func names(tzid: String, zone: String) throws {
        let resolver = ZoneResolver(calendar: calendar())
        guard tzid != "Z" else {
            #expect(resolver.zone(for: tzid) == nil)
            return
        }
        let found = try #require(resolver.zone(for: tzid), "\(tzid)")
        let expected = try #require(TimeZoneRules.named(zone))
        for month in 1...12 {
            let seconds = instant("2026\(month < 10 ? "0" : "")\(month)15T120000Z")
            #expect(found.offset(atUTC: seconds) == expected.offset(atUTC: seconds), "\(tzid)")
        }
    }

    @Test(
        "a name that means nothing is not guessed at",
        arguments: ["", "Nowhere", "(no TZ description)", "//", "tzone://Microsoft/Custom"])
    func unknown(tzid: String) {
        #expect(ZoneResolver(calendar: calendar()).zone(for: tzid) == nil)
    }

    @Test("a VTIMEZONE is used for a name nobody knows")
    func embedded() throws {
        let zone = parsed(
            "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Customized Time Zone", "BEGIN:STANDARD",
            "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
            "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200 ",
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE", "END:VCALENDAR")
        let resolver = ZoneResolver(calendar: calendar(zone))
        let rules = try #require(resolver.zone(for: "Customized Time Zone"))
        let berlin = try #require(TimeZoneRules.named("Europe/Berlin"))
        var seconds = instant("19970101T000000Z")
        while seconds < instant("20990101T000000Z") {
            #expect(rules.offset(atUTC: seconds) == berlin.offset(atUTC: seconds))
            seconds += 86_400 * 5
        }
    }

    @Test("a known name is trusted more than its VTIMEZONE, and X-LIC-LOCATION more than the rest of it")
    func trust() throws {
        let wrong = parsed(
            "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "BEGIN:STANDARD", "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE", "END:VCALENDAR")
        #expect(ZoneResolver(calendar: calendar(wrong)).zone(for: "Europe/Berlin")?.offset(atUTC: 0) == 3600)
        var named = wrong
        named.set(Property("TZID", "My Zone"))
        #expect(ZoneResolver(calendar: calendar(named)).zone(for: "My Zone")?.offset(atUTC: 0) == 0)
        named.set(Property("X-LIC-LOCATION", "Asia/Tokyo"))
        #expect(ZoneResolver(calendar: calendar(named)).zone(for: "My Zone")?.offset(atUTC: 0) == 32_400)
    }

    /// Every zone there is, with stretches that begin before, within and after the listed changes.
    private static let stretches = [
        ("19720101T000000Z", "19730101T000000Z"), ("19950601T000000Z", "20100101T000000Z"),
        ("20061015T000000Z", "20071201T000000Z"), ("20260101T000000Z", "20260102T000000Z"),
        ("20260715T000000Z", "20450101T000000Z"), ("20371215T000000Z", "20460101T000000Z"),
    ]

    @Test("a VTIMEZONE made for a stretch of time says in it what the zone says", arguments: stretches)
    func vtimezone(from: String, to: String) throws {
        let names = TimeZone.knownTimeZoneIdentifiers.filter { TimeZoneRules.named($0) != nil }
        #expect(names.count > 200)
        let (first, last) = (instant(from), instant(to))
        for name in names {
            let rules = try #require(TimeZoneRules.named(name))
            let component = rules.vtimezone(tzid: "Test/\(name)!", from: first, to: last)
            let written = ICalendar.parse(ICalendar.serialize(calendar(component)))
            #expect(written.problems.isEmpty)
            let read = try #require(
                ZoneResolver(calendar: written.calendars[0]).zone(for: "Test/\(name)!"), "\(name)")
            let (mine, theirs) = (changes(of: rules, first, last), changes(of: read, first, last))
            #expect(
                mine == theirs && rules.offset(atUTC: first) == read.offset(atUTC: first),
                "\(name)\n\(String(decoding: ICalendar.serialize(component), as: UTF8.self))")
        }
    }

    @Test("a zone without daylight time gets one plain STANDARD")
    func withoutDaylight() throws {
        let tokyo = try #require(TimeZoneRules.named("Asia/Tokyo"))
        let component = tokyo.vtimezone(tzid: "Asia/Tokyo", from: instant("20260101T000000Z"), to: .max)
        #expect(
            String(decoding: ICalendar.serialize(component), as: UTF8.self)
                == """
                BEGIN:VTIMEZONE\r
                TZID:Asia/Tokyo\r
                BEGIN:STANDARD\r
                DTSTART:19700101T000000\r
                TZOFFSETFROM:+0900\r
                TZOFFSETTO:+0900\r
                TZNAME:JST\r
                END:STANDARD\r
                END:VTIMEZONE\r\n
                """)
    }

    @Test("a zone with daylight time gets its two rules")
    func withDaylight() throws {
        let newYork = try #require(TimeZoneRules.named("America/New_York"))
        let component = newYork.vtimezone(tzid: "Eastern", from: instant("20260501T000000Z"), to: .max)
        #expect(
            String(decoding: ICalendar.serialize(component), as: UTF8.self)
                == """
                BEGIN:VTIMEZONE\r
                TZID:Eastern\r
                BEGIN:STANDARD\r
                DTSTART:20251102T020000\r
                RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r
                TZOFFSETFROM:-0400\r
                TZOFFSETTO:-0500\r
                TZNAME:EST\r
                END:STANDARD\r
                BEGIN:DAYLIGHT\r
                DTSTART:20250309T020000\r
                RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r
                TZOFFSETFROM:-0500\r
                TZOFFSETTO:-0400\r
                TZNAME:EDT\r
                END:DAYLIGHT\r
                END:VTIMEZONE\r\n
                """)
    }

    @Test("values become instants by their kind")
    func epochSeconds() {
        let resolver = ZoneResolver(calendar: calendar())
        let berlin = TimeZoneRules.named("Europe/Berlin")!
        #expect(resolver.epochSeconds(DateValue("19700101T000000Z")!) == 0)
        #expect(resolver.epochSeconds(DateValue("19700102")!) == 86_400)
        #expect(resolver.epochSeconds(DateValue("19700102")!, floatingIn: berlin) == 82_800)
        #expect(resolver.epochSeconds(DateValue("19700101T010000", tzid: "Europe/Berlin")!) == 0)
        #expect(resolver.epochSeconds(DateValue("19700101T010000", tzid: "Nowhere")!) == nil)
    }
}
