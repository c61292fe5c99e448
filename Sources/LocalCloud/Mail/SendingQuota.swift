/// What an account may send, and what it has sent (the `SendQuota` of SES v2 GetAccount). All counts are recipients.
package struct SendingQuota: Sendable {
    package enum Refusal: Sendable, Equatable {
        case rateExceeded
        case dailyQuotaExceeded
    }

    /// Recipients in any 24 hours; -1 is no limit.
    package private(set) var maximumPerDay: Double
    /// Recipients a second.
    package private(set) var maximumPerSecond: Double
    private var bucket: TokenBucket
    /// Minute of the epoch -> recipients accepted in it.
    private var sentByMinute: [Int: Int] = [:]

    private static let day = 86_400.0

    /// - Parameter now: seconds since the epoch, here and below.
    package init(maximumPerDay: Double, maximumPerSecond: Double, at now: Double) {
        self.maximumPerDay = maximumPerDay
        self.maximumPerSecond = maximumPerSecond
        bucket = SendingQuota.bucket(for: maximumPerSecond, at: now)
    }

    /// Changes the limits; what was sent stays counted.
    package mutating func setLimits(perDay: Double, perSecond: Double, at now: Double) {
        maximumPerDay = perDay
        maximumPerSecond = perSecond
        bucket = SendingQuota.bucket(for: perSecond, at: now)
    }

    /// Counts the recipients in, or says why not and counts nothing.
    package mutating func admit(recipients: Int, at now: Double) -> Refusal? {
        if maximumPerDay >= 0, Double(sentLast24Hours(at: now) + recipients) > maximumPerDay {
            return .dailyQuotaExceeded
        }
        guard bucket.take(Double(recipients), at: now) else { return .rateExceeded }
        record(recipients: recipients, at: now)
        return nil
    }

    /// Counts recipients of a mail that was accepted earlier.
    package mutating func record(recipients: Int, at time: Double) {
        sentByMinute[Int(time / 60), default: 0] += recipients
    }

    package mutating func sentLast24Hours(at now: Double) -> Int {
        let oldest = Int((now - SendingQuota.day) / 60)
        sentByMinute = sentByMinute.filter { $0.key > oldest }
        return sentByMinute.values.reduce(0, +)
    }

    /// SES tolerates short bursts: a second's worth, and never less than one mail.
    private static func bucket(for perSecond: Double, at now: Double) -> TokenBucket {
        TokenBucket(rate: perSecond, capacity: max(1, perSecond), at: now)
    }
}
