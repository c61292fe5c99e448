import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Writes of feedback")
struct FeedbackStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    private func bob() throws -> EmailAddress { try Samples.address("Bob@example.com") }

    @Test("record an outcome only above the stored one, and only of an attendee there is")
    func outcome() async throws {
        let uid = try Samples.event().uid
        let outcome = DeliveryOutcome(delivery: .bounced, revision: 2, detail: "Permanent General", time: 9)
        let fake = FakeServices(.empty)
        #expect(try await table(fake).recordOutcome(uid, bob(), outcome))
        let body = try fake.bodies()[0]
        #expect(body["Key"]?["sk"] == ["S": "attendee#bob@example.com"])
        #expect(
            body["ConditionExpression"]
                == "attribute_exists(pk) AND (attribute_not_exists(outcomeOrder) OR outcomeOrder < :order)")
        #expect(
            body["UpdateExpression"]
                == "SET outcome = :outcome, outcomeOrder = :order, outcomeTime = :time, outcomeDetail = :detail")
        #expect(body["ExpressionAttributeValues"]?[":order"] == ["N": "19"])
        #expect(body["ReturnValues"] == "ALL_NEW")
        #expect(try await table(FakeServices(.conditionFailed())).recordOutcome(uid, bob(), outcome) == false)
        try await table(FakeServices(.conditionFailed())).recordOpening(uid, bob(), at: 1)
    }

    @Test("end the claim of a sender that never got SES's answer: the mail was sent")
    func proof() async throws {
        let uid = try Samples.event().uid
        let outcome = DeliveryOutcome(delivery: .delivered, revision: 2, detail: nil, time: 9)
        let held: DynamoDB.Item = ["claim": "x", "lease": 100, "sentRevision": 1]
        let fake = FakeServices(.json(["Attributes": held.wire]), .empty)
        #expect(try await table(fake).recordOutcome(uid, bob(), outcome))
        let body = try fake.bodies()[1]
        #expect(body["ConditionExpression"] == "claim = :claim")
        #expect(
            body["UpdateExpression"]
                == "SET sentRevision = :revision, delivery = :delivery, firstSent = if_not_exists(firstSent, :time) REMOVE lease, claim"
        )
        #expect(body["ExpressionAttributeValues"]?[":claim"] == ["S": "x"])

        // The same report again, after a crash between the two.
        let again = FakeServices(.conditionFailed(held), .empty)
        #expect(try await table(again).recordOutcome(uid, bob(), outcome) == false)
        #expect(again.requests.count == 2)

        // Held for a later revision than the mail's.
        let later = FakeServices(.json(["Attributes": ["claim": ["S": "x"], "sentRevision": ["N": "2"]]]))
        #expect(try await table(later).recordOutcome(uid, bob(), outcome))
        #expect(later.requests.count == 1)
    }

    @Test("suppress a person and list them in one transaction, unless it was lifted since")
    func suppress() async throws {
        let suppression = Suppression(address: try bob(), reason: .complaint, since: 7)
        let fake = FakeServices(.empty)
        try await table(fake).suppress(suppression)
        let items = try fake.bodies()[0]["TransactItems"]
        #expect(items?[0]?["Update"]?["Key"]?["pk"] == ["S": "person#bob@example.com"])
        #expect(
            items?[0]?["Update"]?["ConditionExpression"]
                == "attribute_not_exists(suppressionLifted) OR suppressionLifted < :since")
        #expect(items?[1]?["Put"]?["Item"]?["pk"] == ["S": "suppression"])
        #expect(items?[1]?["Put"]?["Item"]?["reason"] == ["S": "complaint"])
    }

    @Test("keep the days of transient bounces as a set, which the same bounce does not grow")
    func softBounces() async throws {
        let fake = FakeServices(.json(["Attributes": ["softBounces": ["NS": ["20", "7"]]]]), .empty)
        #expect(try await table(fake).addSoftBounce(bob(), day: 20).sorted() == [7, 20])
        #expect(try fake.bodies()[0]["UpdateExpression"] == "ADD softBounces :day")
        try await table(fake).forgetSoftBounces(bob(), days: [7])
        #expect(try fake.bodies()[1]["ExpressionAttributeValues"] == [":days": ["NS": ["7"]]])
    }

    @Test("read what SES says became of a mail before what its sender knew")
    func effectiveDelivery() throws {
        var image: JSONObject = [
            "pk": ["S": .string("event#\(Samples.uid)#07")], "sk": ["S": "attendee#bob@example.com"],
            "address": ["S": "Bob@example.com"], "organizer": ["S": "ann@acme.example"], "domain": ["S": "d"],
            "origin": ["S": "bulk"], "delivery": ["S": "sent"], "rsvp": ["S": "noaction"],
        ]
        func attendee() throws -> Attendee? {
            guard case .attendee(let attendee)? = try StreamImage.item(.object(image)) else { return nil }
            return attendee
        }
        #expect(try attendee()?.delivery == .sent)
        image["outcome"] = ["S": "complained"]
        image["opened"] = ["N": "5"]
        image["receipt"] = ["N": "6"]
        #expect(try attendee()?.delivery == .complained)
        #expect(try attendee()?.opened == 5)
        #expect(try attendee()?.receipt == 6)
    }

    @Test("pause a campaign once, and end the pause")
    func pause() async throws {
        let fake = FakeServices(.empty, .conditionFailed(), .empty, .empty)
        let table = try table(fake)
        #expect(try await table.pauseCampaign("c1", reason: "why"))
        #expect(try await table.pauseCampaign("c1", reason: "why") == false)
        try await table.endPause("c1")
        #expect(try fake.bodies()[0]["UpdateExpression"] == "SET pause = :reason ADD pauses :one")
        #expect(try fake.bodies()[2]["UpdateExpression"] == "REMOVE pause")
        let tally = DeliveryTally(sent: 200, bounced: 11, complained: 1)
        #expect(try await table.pauseCampaign("c1", reason: "why", judged: tally))
        let judging = try fake.bodies()[3]
        #expect(judging["UpdateExpression"]?.string?.contains("judgedBounced = :judgedBounced") == true)
        #expect(judging["ExpressionAttributeValues"]?[":judgedSent"] == ["N": "200"])
    }

    @Test("cancel a campaign unless it has ended, and find the chunks of a page that are done")
    func cancel() async throws {
        let fake = FakeServices(
            .empty, .conditionFailed(),
            .json(["Responses": ["main": [["sk": ["S": "chunk#7"]], ["sk": ["S": "chunk#10"]]]]]))
        let table = try table(fake)
        #expect(try await table.cancelCampaign("c1"))
        #expect(try await table.cancelCampaign("c1") == false)
        #expect(try fake.bodies()[0]["UpdateExpression"] == "SET #status = :cancelled REMOVE pause")
        #expect(try fake.bodies()[0]["ConditionExpression"] == "#status IN (:importing, :sending, :cancelled)")
        #expect(try await table.doneChunks("c1", among: 7..<12) == [7, 10])
        let keys = try fake.bodies()[2]["RequestItems"]?["main"]?["Keys"]?.array
        #expect(keys?.count == 5)
        #expect(keys?.first == ["pk": ["S": "campaign#c1"], "sk": ["S": "chunk#7"]])
    }
}
