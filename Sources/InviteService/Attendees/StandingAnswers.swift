/// What somebody answered that still holds.
package struct StandingAnswers: Sendable, Equatable {
    /// To the event or the whole series.
    private let whole: Response
    /// To single dates of it, by their original start in epoch seconds: those answered by themselves, and those that were
    /// asked about again.
    private var dates: [Int64: Response] = [:]

    /// - Parameter whole: an answer from before the event's times changed is none.
    package init(_ whole: Response) { self.whole = whole }

    /// - Parameter dates: answers to single dates, whether they hold or not.
    package init(_ whole: Response, dates: [Int64: ReplyIntake.InstanceAnswer], to event: Event) {
        self.whole = whole
        self.dates = event.askedInstances.mapValues { _ in .noAction }
        for (date, answer) in dates where answer.stamp.sequence >= event.leastSequence(for: date) {
            self.dates[date] = answer.response
        }
    }

    func response(to date: Int64?) -> Response { date.flatMap { dates[$0] } ?? whole }
}

extension Event {
    /// The least SEQUENCE of an answer to one date that holds.
    func leastSequence(for date: Int64) -> Int { max(answerSequence, askedInstances[date] ?? 0) }
}
