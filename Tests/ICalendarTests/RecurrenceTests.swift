import ICalendar
import Testing

/// What python-dateutil says, too; except for the last one: a date as UNTIL is its midnight there, here all of the day.
private let table: [(rule: String, start: String, instances: String)] = [
    ("FREQ=DAILY;COUNT=3", "20260227T090000", "20260227T090000,20260228T090000,20260301T090000"),
    ("FREQ=DAILY;INTERVAL=10;COUNT=3", "20261225", "20261225,20270104,20270114"),
    (
        "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "20260105T100000",
        "20260105T100000,20260107T100000,20260112T100000,20260114T100000"
    ),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=4", "20260104", "20260104,20260105,20260118,20260119"),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=SU,MO;COUNT=4", "20260104", "20260104,20260112,20260118,20260126"),
    ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "20260131", "20260131,20260331,20260531"),
    ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "20260130T170000", "20260130T170000,20260227T170000,20260327T170000"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", "20260130", "20260130,20260227,20260331"),
    ("FREQ=YEARLY;COUNT=3", "20240229", "20240229,20280229,20320229"),
    ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3", "20261126", "20261126,20271125,20281123"),
    ("FREQ=YEARLY;BYDAY=20MO;COUNT=2", "20260518", "20260518,20270517"),
    ("FREQ=YEARLY;BYYEARDAY=-1;COUNT=2", "20261231", "20261231,20271231"),
    ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=2", "20201228", "20201228,20261228"),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", "20260213", "20260213,20260313"),
    ("FREQ=HOURLY;INTERVAL=20;COUNT=3", "20260101T100000", "20260101T100000,20260102T060000,20260103T020000"),
    ("FREQ=DAILY;UNTIL=20260103", "20260101T230000", "20260101T230000,20260102T230000,20260103T230000"),
]

private func calendar(_ lines: [String]) -> Component {
    let all = ["BEGIN:VCALENDAR"] + lines + ["END:VCALENDAR"]
    return ICalendar.parse(Array(all.joined(separator: "\r\n").utf8)).calendars[0]
}

private func event(_ lines: String...) -> [String] { ["BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT"] }

private func seconds(_ text: String) -> Int64 {
    ZoneResolver(calendar: Component("VCALENDAR")).epochSeconds(DateValue(text)!)!
}

private func starts(
    _ calendar: Component, from: String = "20000101T000000Z", to: String = "20400101T000000Z", limit: Int = 100
) throws -> [String] {
    let set = try #require(RecurrenceSet(uid: "1", in: calendar))
    return set.occurrences(from: seconds(from), to: seconds(to), limit: limit).map {
        DateValue.utc(epochSeconds: $0.startSeconds).text
    }
}

@Suite struct RecurrenceTests {
    @Test("rules yield the instances of the table")
    func rules() throws {
        for (text, start, instances) in table {
            let rule = try #require(RecurrenceRule(text))
            #expect(
                rule.instances(from: DateValue(start)!, limit: 20).map(\.text).joined(separator: ",") == instances,
                "\(text)")
        }
    }

    @Test("a rule survives being written", arguments: table.map(\.rule))
    func text(rule: String) throws {
        let parsed = try #require(RecurrenceRule(rule))
        #expect(RecurrenceRule(parsed.text) == parsed)
    }

    @Test(
        "a rule that is understood only in part is not understood",
        arguments: [
            "", "COUNT=3", "FREQ=FORTNIGHTLY", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;BYMONTH=13",
            "FREQ=DAILY;BYMONTHDAY=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;UNTIL=tomorrow",
            "FREQ=DAILY;RSCALE=HEBREW",
            "FREQ=DAILY;BYHOUR=99999999999999999999",
        ])
    func badRules(text: String) {
        #expect(RecurrenceRule(text) == nil)
    }

    @Test(
        "what clients get wrong in a rule is read as meant",
        arguments: [
            "freq=weekly;byday=mo;count=2", "FREQ=WEEKLY; BYDAY=MO ;COUNT=2;", "COUNT=2;BYDAY=MO;FREQ=WEEKLY;X-A=1",
            "FREQ=WEEKLY;BYDAY=MO;COUNT=2;INTERVAL=0",
        ])
    func lenientRules(text: String) throws {
        let rule = try #require(RecurrenceRule(text))
        #expect(rule.text == "FREQ=WEEKLY;COUNT=2;BYDAY=MO")
    }

    @Test("an event keeps its clock time when the clocks change, and its duration is exact")
    func daylight() throws {
        let calendar = calendar(
            event(
                "DTSTART;TZID=Europe/Berlin:20260327T100000", "DTEND;TZID=Europe/Berlin:20260327T110000",
                "RRULE:FREQ=DAILY;COUNT=4"))
        #expect(
            try starts(calendar) == ["20260327T090000Z", "20260328T090000Z", "20260329T080000Z", "20260330T080000Z"])
        let set = try #require(RecurrenceSet(uid: "1", in: calendar))
        let all = set.occurrences(from: 0, to: .max, limit: 10)
        #expect(all.allSatisfy { $0.endSeconds - $0.startSeconds == 3600 })
        #expect(all.last?.recurrenceID == DateValue("20260330T100000", tzid: "Europe/Berlin"))
    }

    @Test("UNTIL in UTC is compared as an instant")
    func until() throws {
        func count(_ until: String) throws -> Int {
            try starts(
                calendar(
                    event("DTSTART;TZID=America/New_York:20260101T200000", "RRULE:FREQ=DAILY;UNTIL=\(until)"))
            ).count
        }
        #expect(try count("20260103T010000Z") == 2)
        #expect(try count("20260103T005959Z") == 1)
        #expect(try count("20260103") == 3)
    }

    @Test("dates are added and excluded, whatever zone they are written in")
    func addedAndExcluded() throws {
        let calendar = calendar(
            event(
                "DTSTART;TZID=Europe/Berlin:20260105T100000", "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE:20260112T090000Z", "EXDATE;VALUE=DATE:20260119",
                "RDATE;TZID=Europe/Berlin:20260107T100000,20260105T100000", "RDATE;VALUE=PERIOD:20260108T090000Z/PT1H"))
        #expect(
            try starts(calendar) == ["20260105T090000Z", "20260107T090000Z", "20260108T090000Z", "20260126T090000Z"])
    }

    @Test("a start that does not fit the rule is still an instance, and counts")
    func unsynchronised() throws {
        #expect(
            try starts(calendar(event("DTSTART:20260106T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3")))
                == ["20260106T100000Z", "20260107T100000Z", "20260114T100000Z"])
    }

    @Test("a changed instance replaces the one it names")
    func overrides() throws {
        let calendar = calendar(
            event("DTSTART;TZID=Europe/Berlin:20260105T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
                + event(
                    "RECURRENCE-ID:20260112T090000Z", "DTSTART:20260113T150000Z", "DTEND:20260113T170000Z",
                    "SUMMARY:moved"))
        #expect(try starts(calendar) == ["20260105T090000Z", "20260113T150000Z", "20260119T090000Z"])
        let set = try #require(RecurrenceSet(uid: "1", in: calendar))
        let all = set.occurrences(from: 0, to: .max, limit: 10)
        #expect(all[1].event.summary == "moved")
        #expect(all[1].recurrenceID == DateValue("20260112T100000", tzid: "Europe/Berlin"))
        #expect(all[1].endSeconds - all[1].startSeconds == 7200)
    }

    @Test("a change of this and all future instances moves them all")
    func thisAndFuture() throws {
        let calendar = calendar(
            event("DTSTART:20260105T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4")
                + event(
                    "RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T100000Z", "DTSTART:20260119T120000Z", "DURATION:PT1H"))
        #expect(
            try starts(calendar) == ["20260105T100000Z", "20260112T100000Z", "20260119T120000Z", "20260126T120000Z"])
    }

    @Test(
        "also where the instance is named by its date or in another zone",
        arguments: [
            "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260119",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T100000Z",
        ])
    func thisAndFutureByAnotherName(instance: String) throws {
        let calendar = calendar(
            event("DTSTART;TZID=Asia/Tokyo:20260105T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4")
                + event(instance, "DTSTART;TZID=Asia/Tokyo:20260119T210000", "DURATION:PT1H"))
        #expect(
            try starts(calendar) == ["20260105T100000Z", "20260112T100000Z", "20260119T120000Z", "20260126T120000Z"])
    }

    @Test(
        "an event with an end and a duration goes by its end, and one that ends on a date by that of its start's zone")
    func ends() throws {
        func lengths(_ lines: String...) throws -> [Int64] {
            let calendar = calendar(["BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT"])
            let set = try #require(RecurrenceSet(uid: "1", in: calendar))
            return set.occurrences(from: 0, to: .max, limit: 3).map { $0.endSeconds - $0.startSeconds }
        }
        #expect(try lengths("DTSTART:20260105T100000Z", "DTEND:20260105T120000Z", "DURATION:PT1H") == [7200])
        #expect(try lengths("DTSTART;TZID=Asia/Tokyo:20260105T100000", "DTEND;VALUE=DATE:20260106") == [50_400])
        #expect(try lengths("DTSTART;VALUE=DATE:20260105", "DURATION:PT1H") == [86_400])
    }

    @Test("all-day events go by days in the reader's zone")
    func allDay() throws {
        let calendar = calendar(event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY;COUNT=2"))
        let tokyo = try #require(TimeZoneRules.named("Asia/Tokyo"))
        let set = try #require(RecurrenceSet(uid: "1", in: calendar, floatingIn: tokyo))
        let all = set.occurrences(from: 0, to: .max, limit: 5)
        #expect(
            all.map { DateValue.utc(epochSeconds: $0.startSeconds).text } == ["20251231T150000Z", "20260101T150000Z"])
        #expect(all.allSatisfy { $0.endSeconds - $0.startSeconds == 86_400 })
    }

    @Test("only what overlaps the stretch is given, and no more than the limit, without going through all before")
    func window() throws {
        let endless = calendar(event("DTSTART:19700101T230000Z", "DURATION:PT2H", "RRULE:FREQ=DAILY"))
        #expect(
            try starts(endless, from: "20260101T003000Z", to: "20260103T000000Z")
                == ["20251231T230000Z", "20260101T230000Z", "20260102T230000Z"])
        #expect(try starts(endless, from: "20260101T003000Z", limit: 2).count == 2)
        let often = calendar(event("DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY"))
        #expect(try starts(often, from: "20360101T000000Z", limit: 2) == ["20360101T000000Z", "20360101T000001Z"])
    }

    @Test("an instance is known by its RECURRENCE-ID in any zone")
    func containment() throws {
        let set = try #require(
            RecurrenceSet(
                uid: "1",
                in: calendar(
                    event("DTSTART;TZID=Europe/Berlin:20260105T100000", "RRULE:FREQ=WEEKLY", "EXDATE:20260112T090000Z")
                        + event("RECURRENCE-ID:20260223T090000Z", "DTSTART:20260224T090000Z"))))
        #expect(set.contains(DateValue("20260119T100000", tzid: "Europe/Berlin")!))
        #expect(set.contains(DateValue("20260119T090000Z")!))
        #expect(set.contains(DateValue("20260119T040000", tzid: "Eastern Standard Time")!))
        #expect(set.contains(DateValue("20260119")!))
        #expect(set.contains(DateValue("20260223T090000Z")!))
        #expect(!set.contains(DateValue("20260112T090000Z")!))
        #expect(!set.contains(DateValue("20260120T090000Z")!))
        #expect(!set.contains(DateValue("20251229T090000Z")!))
    }

    @Test(
        "a rule that never fits ends", .timeLimit(.minutes(1)),
        arguments: [
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=1", "FREQ=MONTHLY;BYSETPOS=999999;BYDAY=MO",
        ])
    func neverFits(rule: String) throws {
        #expect(RecurrenceRule(rule)?.instances(from: DateValue("20260101T000000")!, limit: 1) == [])
    }

    @Test("an event in an unknown zone has no instances to give")
    func unknownZone() {
        #expect(RecurrenceSet(uid: "1", in: calendar(event("DTSTART;TZID=Nowhere:20260101T000000"))) == nil)
        #expect(RecurrenceSet(uid: "2", in: calendar(event("DTSTART:20260101T000000"))) == nil)
    }
}
