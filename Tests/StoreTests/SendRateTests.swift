import AWSClients
import JSON
import Store
import Testing

@Suite("The sending rate")
struct SendRateTests {
    private func account(rate: Double) -> FakeServices.Answer {
        .json([
            "SendQuota": ["Max24HourSend": 50000, "MaxSendRate": .number("\(rate)"), "SentLast24Hours": 0]
        ])
    }

    private func rate(_ fake: FakeServices, workers: Int = 1) throws -> SendRate {
        SendRate(ses: try fake.clients().ses, workers: workers)
    }

    @Test("is shared by the workers and keeps mails apart")
    func spacing() async throws {
        // 200 a second over 4 workers: one in 20 ms here.
        let rate = try rate(FakeServices(account(rate: 200)), workers: 4)
        let start = ContinuousClock.now
        for _ in 0..<11 { #expect(try await rate.waitForTurn(latest: .now + .seconds(60))) }
        let elapsed = ContinuousClock.now - start
        #expect(elapsed >= .milliseconds(199))
    }

    @Test("holds for callers that come at once, with one question to SES")
    func concurrent() async throws {
        let fake = FakeServices(account(rate: 100))
        let rate = try rate(fake)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { try await rate.waitForTurn(latest: .now + .seconds(60)) } }
            for try await hasTurn in group { #expect(hasTurn) }
        }
        #expect(ContinuousClock.now - start >= .milliseconds(149))
        #expect(fake.requests.count == 1)
    }

    @Test("gives no turn that comes too late")
    func deadline() async throws {
        // A turn in ten minutes.
        let rate = try rate(FakeServices(account(rate: 0.1)), workers: 60)
        let deadline = ContinuousClock.now + .seconds(300)
        var turns: [Bool] = []
        for _ in 0..<3 { turns.append(try await rate.waitForTurn(latest: deadline)) }
        // The second is ten minutes off, and takes nobody's place.
        #expect(turns == [true, false, false])
        #expect(ContinuousClock.now < deadline)
    }

    @Test("is halved by a refusal, once for all that were in flight, and comes back within half a minute")
    func pace() {
        let start = ContinuousClock.now
        var pace = SendPace()
        #expect(pace.share(at: start) == 1)
        pace.slowDown(at: start)
        pace.slowDown(at: start + .milliseconds(900))
        #expect(pace.share(at: start + .milliseconds(900)) < 0.54)
        #expect(pace.share(at: start + .seconds(6)) == 0.7)
        #expect(pace.share(at: start + .seconds(15)) == 1)
        for second in 20..<40 { pace.slowDown(at: start + .seconds(second)) }
        #expect(pace.share(at: start + .seconds(39)) > 0)
        #expect(pace.share(at: start + .seconds(39)) < 0.1)
        #expect(pace.share(at: start + .seconds(70)) == 1)
    }

    @Test("slowed down keeps mails further apart")
    func slowed() async throws {
        let rate = try rate(FakeServices(account(rate: 100)))
        #expect(try await rate.waitForTurn(latest: .now + .seconds(60)))
        await rate.slowDown()
        let start = ContinuousClock.now
        for _ in 0..<6 { #expect(try await rate.waitForTurn(latest: .now + .seconds(60))) }
        #expect(ContinuousClock.now - start >= .milliseconds(90))
    }

    @Test("is waited for while others ask for it too often")
    func crowded() async throws {
        let busy = FakeServices.Answer.error("TooManyRequestsException", status: 429)
        let fake = FakeServices(busy, busy, busy, busy, account(rate: 100))
        #expect(try await rate(fake).waitForTurn(latest: .now + .seconds(60)))
        #expect(fake.requests.count == 5)
        let always = FakeServices(busy, busy, busy, busy, busy, busy, busy, busy)
        await #expect(throws: AWSError.self) { try await rate(always).waitForTurn(latest: .now) }
    }

    @Test("that cannot be read is an error, and asked for again")
    func unreadable() async throws {
        let rate = try rate(FakeServices(.error("AccessDeniedException", status: 403), account(rate: 100)))
        await #expect(throws: AWSError.self) { try await rate.waitForTurn(latest: .now + .seconds(60)) }
        #expect(try await rate.waitForTurn(latest: .now + .seconds(60)))
    }
}
