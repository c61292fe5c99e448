/// How far one recipient came.
enum RecipientOutcome: Equatable {
    case done
    case alreadyInvited
    /// Wants no mail.
    case refused
    /// The event was cancelled before anything went to them.
    case cancelled
    case notStarted
    case throttled
    case quotaExhausted
    /// The account may send nothing.
    case accountRefused(reason: String)
    /// Somebody's lease is live: another delivery of this chunk, or a process that died.
    case busy
    /// Handed to SES, and no answer came.
    case unknown
    case failed(cause: String)

    /// Whether nobody else's mail will be taken either, for now.
    var endsSending: Bool {
        switch self {
        case .notStarted, .quotaExhausted, .accountRefused: true
        default: false
        }
    }
}

/// What must be put back of a chunk, and how soon.
struct SendRemainder {
    private let original: SendJob
    private var positions: [Int] = []
    private var hasProgress = false
    private var hasThrottled = false
    private(set) var isQuotaExhausted = false
    private(set) var accountRefusal: String?
    private var hasBusy = false
    private var hasFailed = false
    /// The first failure, in words for the log.
    private(set) var cause: String?
    var skipped: SkipCounts
    /// Seconds that what was refused because of the rate waits at most.
    private static let longestThrottle = 120

    init(job: SendJob) {
        original = job
        skipped = job.skipped
    }

    mutating func add(_ outcome: RecipientOutcome, at position: Int) {
        switch outcome {
        case .done:
            hasProgress = true
            return
        case .alreadyInvited:
            skipped.alreadyInvited += 1
            return
        case .refused:
            skipped.refused += 1
            return
        case .cancelled:
            skipped.cancelled += 1
            return
        case .notStarted: break
        case .throttled: hasThrottled = true
        case .quotaExhausted: isQuotaExhausted = true
        case .accountRefused(let reason):
            accountRefusal = reason
            // A campaign is paused, and tells why.
            if case .chunk = original.work { break }
            hasFailed = true
            cause = cause ?? reason
        case .busy: hasBusy = true
        case .unknown:
            // Counted as a failure too: somebody whose mail never gets an answer would be mailed for ever.
            hasBusy = true
            hasFailed = true
        case .failed(let failure):
            hasFailed = true
            if cause == nil { cause = failure }
        }
        positions.append(position)
    }

    var job: SendJob? {
        guard !positions.isEmpty else { return nil }
        var job = original
        job.remaining = positions.sorted()
        job.skipped = skipped
        if hasFailed { job.failures += 1 }
        job.throttles = throttles
        return job
    }

    private var throttles: Int {
        guard hasThrottled else { return 0 }
        return hasProgress ? 1 : original.throttles + 1
    }

    /// SQS delays a message by 15 minutes at most.
    ///
    /// - Parameter random: from 0 to 1; sets apart in time what was refused together.
    func delay(lease: Int64, random: Double) -> Duration {
        if isQuotaExhausted || accountRefusal != nil { return .seconds(900) }
        if hasBusy { return .seconds(min(lease + 1, 900)) }
        if hasFailed { return .seconds(min(1 << min(original.failures, 8), 300)) }
        guard hasThrottled else { return .zero }
        let longest = Double(min(2 << min(throttles - 1, 8), Self.longestThrottle))
        return .seconds(Int((longest * (0.5 + random / 2)).rounded()))
    }
}
