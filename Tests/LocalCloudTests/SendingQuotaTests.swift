import LocalCloud
import Testing

@Suite("The sending quota")
struct SendingQuotaTests {
    @Test("a second's worth may be sent at once, then as the rate allows")
    func rate() {
        var quota = SendingQuota(maximumPerDay: -1, maximumPerSecond: 2, at: 1000)
        #expect(quota.admit(recipients: 2, at: 1000) == nil)
        #expect(quota.admit(recipients: 1, at: 1000) == .rateExceeded)
        #expect(quota.admit(recipients: 1, at: 1000.5) == nil)
        #expect(quota.admit(recipients: 1, at: 1000.6) == .rateExceeded)
    }

    @Test("what is refused is not counted")
    func refusalsAreFree() {
        var quota = SendingQuota(maximumPerDay: 3, maximumPerSecond: 100, at: 0)
        #expect(quota.admit(recipients: 2, at: 0) == nil)
        #expect(quota.admit(recipients: 2, at: 1) == .dailyQuotaExceeded)
        #expect(quota.sentLast24Hours(at: 1) == 2)
    }

    @Test("the day's quota comes back after 24 hours")
    func day() {
        var quota = SendingQuota(maximumPerDay: 1, maximumPerSecond: 100, at: 0)
        #expect(quota.admit(recipients: 1, at: 0) == nil)
        #expect(quota.admit(recipients: 1, at: 86_000) == .dailyQuotaExceeded)
        #expect(quota.admit(recipients: 1, at: 86_500) == nil)
    }
}
