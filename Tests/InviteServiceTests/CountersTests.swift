import Audience
import InviteService
import JSON
import MailMessage
import Testing

@Suite("Counters")
struct CountersTests {
    @Test("keep no zeros, so that equal counts are equal")
    func zeros() throws {
        var counters = Counters()
        counters.add(2, .attendees, to: .domain("d"))
        counters.add(0, .events, to: .domain("e"))
        #expect(counters.values.count == 1)
        var negative = Counters()
        negative.add(counters, times: -1)
        #expect(negative[.domain("d")][.attendees] == -2)
        counters.add(negative)
        #expect(counters == Counters())
    }

    @Test("incumbent 14: two answers that race leave one, and no count below zero, in whichever order they are counted")
    func racingAnswers() throws {
        let uid = try #require(EventUID(Samples.uid))
        let states = try [Response.noAction, .accepted, .declined].map {
            CountedItem.attendee(try Samples.attendee(response: $0)).contribution
        }
        // The table makes one change after the other of what both processes write.
        for order in [[0, 1, 2], [0, 2, 1]] {
            var counters = states[order[0]]
            for (before, after) in zip(order, order.dropFirst()) {
                counters.add(states[before], times: -1)
                counters.add(states[after])
            }
            #expect(counters == states[order[2]])
            #expect(counters[.event(uid)].values.allSatisfy { $0 > 0 })
        }
    }

    @Test("of an attendee count for event, organizer, domain, campaign and day")
    func attendee() throws {
        let counters = CountedItem.attendee(
            try Samples.attendee(response: .accepted, replied: 1_795_435_200, client: "Google Calendar")
        ).contribution
        let all: [CounterName: Int] = [
            .delivery(.sent): 1, .attendees: 1, .origin(.vip): 1, .rsvp(.accepted): 1, .client("Google Calendar"): 1,
        ]
        let uid = try #require(EventUID(Samples.uid))
        #expect(counters[.event(uid)] == all)
        #expect(counters[.organizer(try Samples.address("Ann@acme.example"))] == all)
        #expect(counters[.domain("calendar.example.com")] == all)
        #expect(counters[.campaign("c1")] == all)
        #expect(
            counters[.day(domain: "calendar.example.com", date: "2026-11-22")]
                == [.delivery(.sent): 1, .attendees: 1, .origin(.vip): 1])
        #expect(
            counters[.day(domain: "calendar.example.com", date: "2026-11-23")]
                == [.rsvp(.accepted): 1, .client("Google Calendar"): 1])
        #expect(counters.values.count == 6)
    }

    @Test("count a mail as sent and delivered whatever became of it afterwards")
    func outcomes() throws {
        let uid = try #require(EventUID(Samples.uid))
        let expected: [(Delivery, [CounterName: Int])] = [
            (.sent, [.delivery(.sent): 1]), (.delivered, [.delivery(.sent): 1, .delivery(.delivered): 1]),
            (.bounced, [.delivery(.sent): 1, .delivery(.bounced): 1]),
            (.complained, [.delivery(.sent): 1, .delivery(.delivered): 1, .delivery(.complained): 1]),
        ]
        for (delivery, counters) in expected {
            let contribution = CountedItem.attendee(try Samples.attendee(delivery: delivery)).contribution
            let counted = contribution[.event(uid)].filter { $0.key.text.hasPrefix("delivery.") }
            #expect(counted == counters)
        }
    }

    @Test("count calendar receipts and openings, receipts on the day they came")
    func receipts() throws {
        var attendee = try Samples.attendee(response: .accepted, replied: 1_795_521_600)
        attendee.receipt = 1_795_435_200
        attendee.opened = 1_795_435_100
        let counters = CountedItem.attendee(attendee).contribution
        let uid = try #require(EventUID(Samples.uid))
        #expect(counters[.event(uid)][.receipts] == 1)
        #expect(counters[.event(uid)][.opened] == 1)
        let domain = "calendar.example.com"
        #expect(counters[.day(domain: domain, date: "2026-11-22")][.receipts] == nil)
        #expect(counters[.day(domain: domain, date: "2026-11-23")] == [.receipts: 1])
        #expect(counters[.day(domain: domain, date: "2026-11-24")] == [.rsvp(.accepted): 1])
    }

    @Test("leave out who got nothing yet")
    func claimed() throws {
        let claimed = try Samples.attendee(delivery: .claimed, sentRevision: nil, firstSent: nil)
        #expect(CountedItem.attendee(claimed).contribution == Counters())
        let failed = try Samples.attendee(delivery: .failed, sentRevision: nil, firstSent: nil)
        let uid = try #require(EventUID(Samples.uid))
        #expect(CountedItem.attendee(failed).contribution[.event(uid)] == [.delivery(.failed): 1])
    }

    @Test("count who answered a forwarded invitation, in no campaign")
    func shared() throws {
        let shared = try Samples.attendee(
            campaign: nil, origin: .shared, delivery: .claimed, sentRevision: nil, firstSent: nil,
            response: .tentative, replied: 1_795_435_200)
        let counters = CountedItem.attendee(shared).contribution
        let uid = try #require(EventUID(Samples.uid))
        #expect(counters[.event(uid)] == [.attendees: 1, .origin(.shared): 1, .rsvp(.tentative): 1])
        #expect(counters.values.keys.allSatisfy { if case .campaign = $0 { false } else { true } })
    }

    @Test("count events and cancelled ones for organizer and domain")
    func events() throws {
        let organizer = CounterScope.organizer(try Samples.address("ann@acme.example"))
        #expect(CountedItem.event(try Samples.event()).contribution[organizer] == [.events: 1])
        let cancelled = CountedItem.event(try Samples.event(status: .cancelled)).contribution
        #expect(cancelled[organizer] == [.events: 1, .cancelledEvents: 1])
        #expect(cancelled[.domain("calendar.example.com")] == [.events: 1, .cancelledEvents: 1])
    }

    @Test("are shown under the API's names, with every answer")
    func summary() throws {
        let summary = StatisticsSummary([
            .attendees: 5, .rsvp(.accepted): 2, .origin(.bulk): 5, .client("Google Calendar"): 1, .events: 9,
            .delivery(.sent): 5, .opened: 2, .receipts: 1,
        ])
        #expect(
            summary.json == [
                "attendees": 5, "rsvp": ["accepted": 2, "declined": 0, "noaction": 0, "tentative": 0],
                "origin": ["bulk": 5], "prodid": ["Google Calendar": 1],
                "delivery": ["sent": 5, "delivered": 0, "bounced": 0, "complained": 0, "failed": 0],
                "opened": 2, "receipts": 1,
            ])
    }

    @Test("say how far a campaign is")
    func progress() throws {
        var campaign = try Samples.campaign()
        campaign.chunks = 2
        let half = CampaignProgress(
            campaign: campaign, counters: [.delivery(.sent): 90, .delivery(.failed): 2, .finishedChunks: 1], now: 0)
        #expect(half.status == "sending")
        #expect(half.json["sent"] == 90)
        #expect(half.json["failed"] == 2)
        #expect(half.json["failure"]?.isNull == true)
        let whole = CampaignProgress(
            campaign: campaign,
            counters: [.finishedChunks: 2, .alreadyInvited: 3, .refused: 4, .skippedAfterCancellation: 5], now: 0)
        #expect(whole.status == "finished")
        #expect(whole.json["skipped"] == ["already_invited": 3, "refused": 4, "cancelled": 5])
        campaign.pause = "bounces"
        #expect(CampaignProgress(campaign: campaign, counters: [.finishedChunks: 1], now: 0).status == "paused")
        #expect(CampaignProgress(campaign: campaign, counters: [.finishedChunks: 2], now: 0).status == "finished")
        campaign.pause = nil
        campaign.status = .importing
        #expect(CampaignProgress(campaign: campaign, counters: [.finishedChunks: 2], now: 0).status == "importing")
        campaign.status = .failed
        campaign.failure = "why"
        #expect(CampaignProgress(campaign: campaign, counters: [:], now: 0).json["failure"] == "why")
    }

    @Test("say how fast a campaign is and how long it takes, by its last minutes")
    func pace() throws {
        var campaign = try Samples.campaign()
        campaign.created = 60_000
        campaign.chunks = 100
        campaign.summary.accepted = 10_000
        func progress(_ counters: [CounterName: Int], at now: Int64) -> CampaignProgress {
            CampaignProgress(campaign: campaign, counters: counters, now: now)
        }
        let idle = progress([:], at: 60_030)
        #expect(idle.rate == nil)
        #expect(idle.secondsLeft == nil)
        #expect(idle.json["seconds_left"] == .null)

        // 600 in the half minute since it began.
        let early = progress([.delivery(.sent): 590, .refused: 10, SendingPace.name(1000): 600], at: 60_030)
        #expect(early.rate == 20)
        #expect(early.remaining == 9400)
        #expect(early.secondsLeft == 470)
        #expect(early.json["rate"] == .number("20.0"))

        // What lies further back than three minutes says nothing about now.
        let late: [CounterName: Int] = [
            .delivery(.sent): 8000, SendingPace.name(1000): 7000, SendingPace.name(1018): 300,
            SendingPace.name(1019): 300, SendingPace.name(1020): 150,
        ]
        #expect(progress(late, at: 61_230).rate == 5)
        #expect(progress(late, at: 61_230).secondsLeft == 400)
        #expect(progress(late, at: 62_000).rate == nil, "nothing moves")
        campaign.pause = "why"
        #expect(progress(late, at: 61_230).secondsLeft == nil)
        campaign.pause = nil
        campaign.status = .cancelled
        #expect(progress(late, at: 61_230).status == "cancelled")
        #expect(progress(late, at: 61_230).secondsLeft == nil)
    }
}
