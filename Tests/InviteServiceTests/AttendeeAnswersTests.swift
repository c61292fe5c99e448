import InviteService
import MailMessage
import Testing

@Suite("Answers to single dates")
struct AttendeeAnswersTests {
    private func answer(_ instance: Int64, _ response: Response, sequence: Int) -> PastAnswer {
        PastAnswer(
            response: response, stamp: ReplyStamp(sequence: sequence, stamp: 5), instance: instance, replied: 9)
    }

    @Test("hold until their date, or the whole series, is moved")
    func standings() throws {
        var event = try Samples.event()
        event.answerSequence = 1
        event.askedInstances = [200: 3, 300: 4, 500: 2]
        let answers = AttendeeAnswers(
            instances: [
                answer(100, .declined, sequence: 1), answer(200, .accepted, sequence: 3),
                answer(300, .accepted, sequence: 1), answer(400, .tentative, sequence: 0),
            ], history: [])
        let standings = answers.standings(in: event)
        #expect(standings.map(\.instance) == [100, 200, 300, 400, 500])
        #expect(standings.map { $0.answer?.response } == [.declined, .accepted, nil, nil, nil])
    }
}
