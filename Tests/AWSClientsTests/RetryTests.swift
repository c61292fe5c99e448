import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("Retry")
struct RetryTests {
    private let key: DynamoDB.Item = ["pk": "event#1", "sk": "event"]
    private let mail = SES.Email(message: Array("hi".utf8), from: "a@example.com", to: ["b@example.com"])

    private func getItem(
        _ fake: FakeAWS, policy: RetryPolicy = RetryPolicy(), random: Double = 0.5, secondsPerRequest: Int = 0
    ) async throws -> AWSError? {
        let clients = try fake.clients(policy: policy, random: random, secondsPerRequest: secondsPerRequest)
        return await awsError { () throws(AWSError) in _ = try await clients.dynamoDB.getItem(table: "t", key: key) }
    }

    private func sendEmail(_ fake: FakeAWS) async throws -> AWSError? {
        let clients = try fake.clients()
        return await awsError { () throws(AWSError) in _ = try await clients.ses.sendEmail(mail) }
    }

    @Test(
        "a refusal for the rate is repeated, whatever it is called",
        arguments: [
            FakeAWS.Answer.error("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"),
            .error("ThrottlingException"), .error("RequestLimitExceeded"), .error("TransactionConflictException"),
            .text("", status: 429), .text("<html>busy</html>", status: 503), .failure(.connectionFailed("refused")),
            .error("InternalServerError", status: 500), .failure(.interrupted("reset")), .failure(.deadlineExceeded),
        ])
    func repeated(first: FakeAWS.Answer) async throws {
        let fake = FakeAWS([first, .json([:])])
        #expect(try await getItem(fake) == nil)
        #expect(fake.requests.count == 2)
        #expect(fake.sleeps == [.milliseconds(25)])
    }

    @Test(
        "what will not succeed is not repeated",
        arguments: [
            FakeAWS.Answer.error("ValidationException"), .error("AccessDeniedException"),
            .error("ResourceNotFoundException"), .error("ConditionalCheckFailedException"),
            .error("UnrecognizedClientException"), .failure(.cancelled), .failure(.invalidRequest("no")),
            .failure(.responseTooLarge(limit: 1, status: 200)), .text("", status: 301),
        ])
    func notRepeated(first: FakeAWS.Answer) async throws {
        let fake = FakeAWS([first])
        let error = try await getItem(fake)
        #expect(error?.attempts == 1)
        #expect(error?.isRetryable == false)
        #expect(fake.requests.count == 1)
        #expect(fake.sleeps.isEmpty)
    }

    @Test("the bound of the wait doubles up to two seconds, and chance takes any part of it")
    func backoff() async throws {
        let answers = [FakeAWS.Answer](repeating: .error("ThrottlingException"), count: 8)
        let full = FakeAWS(answers)
        let error = try await getItem(full, policy: RetryPolicy(maximumAttempts: 8), random: 1)
        #expect(error?.kind == .throttled)
        #expect(error?.attempts == 8)
        #expect(full.sleeps == [50, 100, 200, 400, 800, 1600, 2000].map { .milliseconds($0) })
        let none = FakeAWS(answers)
        _ = try await getItem(none, policy: RetryPolicy(maximumAttempts: 8), random: 0)
        #expect(none.sleeps == [Duration](repeating: .zero, count: 7))
    }

    @Test("four attempts are made by default")
    func attempts() async throws {
        let fake = FakeAWS([FakeAWS.Answer](repeating: .error("ThrottlingException"), count: 9))
        #expect(try await getItem(fake)?.attempts == 4)
        #expect(fake.requests.count == 4)
    }

    @Test("a wait the service asks for is kept, up to twenty seconds")
    func retryAfter() async throws {
        let fake = FakeAWS([
            .error("ThrottlingException", headers: [HTTPHeader("x-amz-retry-after", "1500")]),
            .error("ThrottlingException", headers: [HTTPHeader("Retry-After", "3")]),
            .error("ThrottlingException", headers: [HTTPHeader("Retry-After", "3600")]),
            .json([:]),
        ])
        #expect(try await getItem(fake) == nil)
        #expect(fake.sleeps == [.milliseconds(1500), .seconds(3), .seconds(20)])
    }

    @Test("no repetition is begun that leaves the caller less than half a second")
    func deadline() async throws {
        for (milliseconds, requests) in [(524, 1), (526, 2)] {
            let fake = FakeAWS([.error("ThrottlingException"), .json([:])])
            let error = try await AWSDeadline.$current.withValue(fake.start + .milliseconds(milliseconds)) {
                try await getItem(fake)
            }
            #expect(fake.requests.count == requests)
            #expect(error?.kind == (requests == 1 ? .throttled : nil))
        }
    }

    @Test("after the deadline nothing is sent")
    func pastDeadline() async throws {
        let fake = FakeAWS([.json([:])])
        let error = try await AWSDeadline.$current.withValue(fake.start) { try await getItem(fake) }
        #expect(error?.kind == .deadline)
        #expect(error?.isRetryable == true)
        #expect(fake.requests.isEmpty)
    }

    @Test("an attempt ends with the work's deadline, or after its own time")
    func attemptDeadline() async throws {
        let near = FakeAWS([.json([:])])
        _ = try await AWSDeadline.$current.withValue(near.start + .seconds(2)) { try await getItem(near) }
        #expect(near.requests.first?.deadline == near.start + .seconds(2))
        let none = FakeAWS([.json([:])])
        _ = try await getItem(none)
        #expect(none.requests.first?.deadline == none.start + .seconds(10))
    }

    @Test("repetitions stop when most calls fail, sooner for time-outs, and successes allow them again")
    func tokens() async throws {
        for (answer, price) in [(FakeAWS.Answer.text("", status: 503), 5), (.failure(.deadlineExceeded), 10)] {
            let fake = FakeAWS(
                [FakeAWS.Answer](repeating: answer, count: 600) + [FakeAWS.Answer](repeating: .json([:]), count: 5)
                    + [answer, .json([:])])
            let dynamoDB = try fake.clients().dynamoDB
            func call() async -> AWSError? {
                await awsError { () throws(AWSError) in _ = try await dynamoDB.getItem(table: "t", key: key) }
            }
            var calls = 0
            while fake.requests.count < 600 {
                #expect(await call() != nil)
                calls += 1
            }
            // Every request is a call's first or paid for.
            #expect(600 - calls == 500 / price)
            for _ in 0..<5 { #expect(await call() == nil) }
            let error = await call()
            #expect((error == nil) == (price == 5))
        }
    }

    @Test("a mail is sent again only when it is certain that the first was not")
    func mail() async throws {
        let ok = FakeAWS.Answer.json(["MessageId": "m"])
        for refused in [
            FakeAWS.Answer.error("TooManyRequestsException", status: 429), .text("", status: 503),
            .failure(.connectionFailed("refused")),
        ] {
            let fake = FakeAWS([refused, ok])
            #expect(try await sendEmail(fake) == nil)
            #expect(fake.requests.count == 2)
            #expect(fake.requests.allSatisfy { !$0.isRepeatable })
        }
        for unknown in [
            FakeAWS.Answer.failure(.interrupted("reset")), .failure(.deadlineExceeded), .text("", status: 500),
            .text("", status: 502), .text("", status: 504),
        ] {
            let fake = FakeAWS([unknown, ok])
            let error = try await sendEmail(fake)
            #expect(error?.kind == .unknownOutcome)
            #expect(fake.requests.count == 1)
        }
    }

    @Test("a mail that SES took but did not name is of unknown outcome")
    func unnamedMail() async throws {
        for answer in [FakeAWS.Answer.json([:]), .text("<html>"), .text("")] {
            #expect(try await sendEmail(FakeAWS([answer]))?.kind == .unknownOutcome)
        }
    }

    @Test("an exhausted daily quota is not waited for")
    func quota() async throws {
        let fake = FakeAWS([
            .error("TooManyRequestsException", status: 429, message: "Daily message quota exceeded."),
            .json(["MessageId": "m"]),
        ])
        let error = try await sendEmail(fake)
        #expect(error?.isDailyQuotaExhausted == true)
        #expect(fake.requests.count == 1)
        let rate = FakeAWS([
            .error("TooManyRequestsException", status: 429, message: "Maximum sending rate exceeded."),
            .json(["MessageId": "m"]),
        ])
        #expect(try await sendEmail(rate) == nil)
    }

    @Test("an update that adds up is not repeated after an unknown outcome")
    func notRepeatableUpdate() async throws {
        for (answer, expected) in [(FakeAWS.Answer.failure(.interrupted("reset")), 1), (.error("SlowDown"), 2)] {
            let fake = FakeAWS([answer, .json([:])])
            let clients = try fake.clients()
            _ = await awsError { () throws(AWSError) in
                try await clients.dynamoDB.updateItem(
                    DynamoDB.UpdateItem(
                        table: "t", key: key, update: "ADD n :one", values: [":one": 1], isRepeatable: false))
            }
            #expect(fake.requests.count == expected)
        }
    }

    @Test("a condition that fails after a lost answer says that it may be our own doing")
    func ownDoing() async throws {
        let fake = FakeAWS([.failure(.interrupted("reset")), .error("ConditionalCheckFailedException")])
        let error = try await getItem(fake)
        #expect(error?.kind == .conditionFailed(item: nil))
        #expect(error?.followsUnknownOutcome == true)
        let plain = FakeAWS([.error("ThrottlingException"), .error("ConditionalCheckFailedException")])
        #expect(try await getItem(plain)?.followsUnknownOutcome == false)
    }
}
