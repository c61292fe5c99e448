import ICalendar
import Testing

@Suite struct ValueTests {
    @Test("days and dates agree from year 0 to 9999")
    func days() {
        var day = CivilDate(year: 0, month: 1, day: 1)!.daysSinceEpoch
        var previous: CivilDate?
        let last = CivilDate(year: 9999, month: 12, day: 31)!.daysSinceEpoch
        while day <= last {
            let date = CivilDate(daysSinceEpoch: day)
            if date.daysSinceEpoch != day || previous.map({ date <= $0 }) ?? false {
                Issue.record("\(date)")
                break
            }
            previous = date
            day += 1900...2100 ~= date.year ? 1 : 17
        }
        #expect(CivilDate(daysSinceEpoch: 0) == CivilDate(year: 1970, month: 1, day: 1))
        #expect(CivilDate(year: 2026, month: 11, day: 22)?.weekday == .sunday)
        #expect(CivilDate(year: 2024, month: 12, day: 31)?.dayOfYear == 366)
        #expect(CivilDate(year: 2025, month: 2, day: 29) == nil)
    }

    @Test(
        "what no calendar can write becomes its first or last day or second, whatever is added",
        arguments: [Int.min, .max])
    func ends(number: Int) {
        let isEarly = number < 0
        let (day, second) = isEarly ? ("00000101", "00000101T000000Z") : ("99991231", "99991231T235959Z")
        let date = DateValue("20261124")!
        let moment = DateValue("20261124T140000Z")!
        #expect(DateValue.date(CivilDate(daysSinceEpoch: number)).text == day)
        #expect(DateValue.date(date.date.adding(days: number)).text == day)
        #expect(date.adding(days: number, seconds: number).text == day)
        #expect(moment.adding(days: number, seconds: number).text == second)
        #expect(moment.adding(days: 0, seconds: number).text == second)
        #expect(DateValue.utc(epochSeconds: Int64(number)).text == second)
        let local = TimeZoneRules.named("Asia/Kathmandu")!.local(fromUTC: Int64(number))
        #expect(local.date.year == (isEarly ? 0 : 9999))
    }

    @Test(
        "dates are read in the forms they are sent in",
        arguments: [
            ("20260131", "20260131"), ("20260131T120000", "20260131T120000"), ("20260131T120000Z", "20260131T120000Z"),
            ("2026-01-31T12:00:00Z", "20260131T120000Z"), (" 20260131T1200 ", "20260131T120000"),
            ("20260131t120000z", "20260131T120000Z"), ("20260131T240000", "20260201T000000"),
            ("20261231T235960Z", "20261231T235959Z"),
        ])
    func dates(text: String, expected: String) {
        #expect(DateValue(text)?.text == expected)
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "T", "2026", "20260230", "20261301", "20260131T", "20260131T250000", "20260131T120000ZZ", "20260131X",
            "--------T------Z", "२०२६०१३१",
        ])
    func noDates(text: String) {
        #expect(DateValue(text) == nil)
    }

    @Test("the property decides what kind of date it is")
    func kinds() {
        let zoned = Property("DTSTART", "20260131T120000", parameters: [.init("TZID", "Europe/Berlin")])
        #expect(DateValue(zoned)?.tzid == "Europe/Berlin")
        #expect(DateValue(zoned)?.property("DTSTART") == zoned)
        let date = Property("DTSTART", "20260131", parameters: [.init("VALUE", "DATE")])
        #expect(DateValue(date)?.property("DTSTART") == date)
        #expect(DateValue(Property("DTSTART", "20260131"))?.isDate == true)
        let utc = Property("DTSTART", "20260131T120000Z", parameters: [.init("TZID", "Europe/Berlin")])
        #expect(DateValue(utc)?.property("DTSTART") == Property("DTSTART", "20260131T120000Z"))
        #expect(DateValue(Property("X", "20260131T120000", parameters: [.init("value", "date")]))?.isDate == true)
        #expect(DateValue.list(Property("EXDATE", "20260131,,20260201,x")).count == 2)
    }

    @Test(
        "durations are read and written",
        arguments: [
            ("PT1H", "PT1H"), ("P1D", "P1D"), ("P1W", "P7D"), ("-PT15M", "-PT15M"), ("+P1DT2H3M4S", "P1DT2H3M4S"),
            ("PT90M", "PT1H30M"), ("PT0S", "P0D"), ("PT1H0M5S", "PT1H0M5S"), ("P2DT", "P2D"), ("pt5m", "PT5M"),
        ])
    func durations(text: String, expected: String) {
        #expect(ICalDuration(text)?.text == expected)
        #expect(ICalDuration(text) == ICalDuration(expected))
    }

    @Test(
        "what is no duration is none",
        arguments: ["", "P", "1H", "PT", "P1H", "PT1D", "P1", "P99999999999D", "PTH", "-"])
    func noDurations(text: String) {
        #expect(ICalDuration(text) == nil)
    }

    @Test("TEXT is escaped and read back", arguments: ["a,b;c\\d\ne", "", "\\n", "ü\n\n", "plain", "\\\\,", "a:b\"c"])
    func text(text: String) {
        #expect(Property.text("SUMMARY", text).text == text)
    }

    @Test("both escapes of a newline are read, and lone backslashes stay")
    func unescape() {
        #expect(Property("X", "a\\nb\\Nc\\,\\;\\\\n\\x\\").text == "a\nb\nc,;\\n\\x\\")
        #expect(Property("CATEGORIES", "a\\,b,c").textList == ["a,b", "c"])
        #expect(Property.text("X", "a\r\nb\rc\u{1}").value == "a\\nb\\nc")
    }
}
