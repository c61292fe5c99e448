import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("Clock skew")
struct ClockSkewTests {
    private let key: DynamoDB.Item = ["pk": "event#1"]

    private func answer(_ code: String, date: String) -> FakeAWS.Answer {
        .error(code, headers: [HTTPHeader("Date", date)])
    }

    @Test("the service's clock is taken over once, and kept for later calls")
    func corrected() async throws {
        let fake = FakeAWS([
            answer("InvalidSignatureException", date: "Sun, 30 Aug 2015 13:00:00 GMT"), .json([:]), .json([:]),
        ])
        let dynamoDB = try fake.clients().dynamoDB
        _ = try await dynamoDB.getItem(table: "t", key: key)
        _ = try await dynamoDB.getItem(table: "t", key: key)
        #expect(
            fake.requests.map { $0.header("X-Amz-Date") } == [
                "20150830T123600Z", "20150830T130000Z", "20150830T130000Z",
            ])
        #expect(fake.sleeps.isEmpty)
    }

    @Test(
        "a refusal that our clock does not explain stands",
        arguments: [
            "Sun, 30 Aug 2015 12:36:30 GMT", "Sunday, 30-Aug-15 13:00:00 GMT", "", "Sun, 30 Aug 2015 13:00 GMT",
            "Sun, 30 Aug 2015 25:00:00 GMT", "Sun, 30 Foo 2015 13:00:00 GMT",
        ])
    func wrongSecret(date: String) async throws {
        let fake = FakeAWS([answer("InvalidSignatureException", date: date)])
        let dynamoDB = try fake.clients().dynamoDB
        let error = await awsError { () throws(AWSError) in _ = try await dynamoDB.getItem(table: "t", key: key) }
        #expect(error?.code == "InvalidSignatureException")
        #expect(error?.kind == .client)
    }

    @Test("a clock that seems to wander is not followed twice in one call")
    func onlyOnce() async throws {
        let fake = FakeAWS([
            answer("RequestTimeTooSkewed", date: "Mon, 29 Feb 2016 00:00:00 GMT"),
            answer("RequestTimeTooSkewed", date: "Tue, 01 Mar 2016 00:00:00 GMT"),
        ])
        let dynamoDB = try fake.clients().dynamoDB
        let error = await awsError { () throws(AWSError) in _ = try await dynamoDB.getItem(table: "t", key: key) }
        #expect(error?.code == "RequestTimeTooSkewed")
        #expect(fake.requests.map { $0.header("X-Amz-Date") } == ["20150830T123600Z", "20160229T000000Z"])
    }
}
