import AWSClients
import Audience
import HTTPTransport
import InviteService
import JSON
import MailMessage
import Scheduling
import Store
import Testing

@Suite("Writes to attendee records")
struct AttendeeStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    private let bobKey: JSON = ["S": "attendee#bob@example.com"]

    @Test("claim who was not sent this revision and whom nobody holds")
    func claim() async throws {
        let fake = FakeServices(.empty)
        let claim = try Samples.claim(answerSequence: 0)
        #expect(try await table(fake).claim(claim) == .claimed(AttendeeItem.standing([:])))
        let body = try fake.bodies()[0]
        #expect(fake.requests[0].headers.contains { $0.value == "DynamoDB_20120810.UpdateItem" })
        #expect(body["TableName"] == "main")
        #expect(body["Key"]?["sk"] == bobKey)
        #expect(body["Key"]?["pk"]?["S"]?.string?.hasPrefix("event#\(Samples.uid)#") == true)
        #expect(
            body["ConditionExpression"]
                == "(attribute_not_exists(sentRevision) OR sentRevision < :revision) AND (attribute_not_exists(failedRevision) OR failedRevision < :revision) AND (attribute_not_exists(lease) OR lease <= :now)"
        )
        #expect(
            body["UpdateExpression"]
                == "SET lease = :until, claim = :claim, address = if_not_exists(address, :address), organizer = :organizer, #domain = :domain, origin = if_not_exists(origin, :origin), delivery = if_not_exists(delivery, :delivery), campaign = if_not_exists(campaign, :campaign), rsvp = if_not_exists(rsvp, :rsvp), #name = if_not_exists(#name, :name)"
        )
        #expect(body["ExpressionAttributeNames"] == ["#name": "name", "#domain": "domain"])
        let values = body["ExpressionAttributeValues"]
        #expect(values?[":revision"] == ["N": "2"])
        #expect(values?[":now"] == ["N": "1000"])
        #expect(values?[":until"] == ["N": "1090"])
        #expect(values?[":rsvp"] == ["S": "noaction"])
        #expect(values?[":delivery"] == ["S": "claimed"])
        #expect(values?[":address"] == ["S": "Bob@example.com"])
        #expect(values?[":campaign"] == ["S": "c1"])
        #expect(body["ReturnValues"] == "ALL_OLD")
        #expect(body["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD")
    }

    @Test("make an answer to an earlier time none as they claim, unless it is of the present time")
    func asksAgain() async throws {
        let before: DynamoDB.Item = [
            "campaign": "c1", "sentRevision": 1, "rsvp": "accepted", "replySequence": 0, "origin": "vip",
        ]
        let fake = FakeServices(.json(["Attributes": before.wire]))
        var expected = AttendeeItem.standing(before)
        #expect(expected.response == .accepted && expected.isReached)
        expected.response = .noAction
        #expect(try await table(fake).claim(Samples.claim()) == .claimed(expected))
        let body = try fake.bodies()[0]
        #expect(body["UpdateExpression"]?.string?.contains("rsvp = :rsvp, replySequence = :answer") == true)
        #expect(body["UpdateExpression"]?.string?.hasSuffix(" REMOVE replied, replySent, delegate, proposal") == true)
        #expect(
            body["ConditionExpression"]?.string?.hasSuffix(
                "(attribute_not_exists(replySequence) OR replySequence < :answer)") == true)
        #expect(body["ExpressionAttributeValues"]?[":answer"] == ["N": "1"])

        let answered: DynamoDB.Item = ["campaign": "c1", "sentRevision": 1, "rsvp": "tentative", "replySequence": 1]
        let second = FakeServices(.conditionFailed(answered), .json(["Attributes": answered.wire]))
        #expect(try await table(second).claim(Samples.claim()) == .claimed(AttendeeItem.standing(answered)))
        #expect(try second.bodies()[1]["UpdateExpression"]?.string?.contains("replySequence") == false)
    }

    @Test("of an update or a cancellation hold only who was reached, and of some events not who declined")
    func narrowClaims() async throws {
        var claim = try Samples.claim(answerSequence: 0)
        claim.onlyReached = true
        claim.event.updates = .notDeclined
        let fake = FakeServices(.empty)
        _ = try await table(fake).claim(claim)
        let condition = try #require(try fake.bodies()[0]["ConditionExpression"]?.string)
        #expect(condition.contains("(attribute_exists(sentRevision) OR attribute_exists(claim) OR origin = :shared)"))
        #expect(condition.contains("(attribute_not_exists(sentRevision) OR rsvp <> :declined)"))
        let cases: [(DynamoDB.Item?, ClaimResult)] = [
            (nil, .neverReached), (["campaign": "c1"], .neverReached),
            (["campaign": "c1", "failedRevision": 1], .done(byCampaign: "c1")),
            (["campaign": "-", "sentRevision": 1, "rsvp": "declined"], .done(byCampaign: nil)),
            (["claim": "x", "lease": 1050], .busy),
        ]
        for (item, expected) in cases {
            #expect(try await table(FakeServices(.conditionFailed(item))).claim(claim) == expected, "\(item ?? [:])")
        }
    }

    @Test("forget an outdated answer of who is not mailed, once")
    func forgetAnswer() async throws {
        let fake = FakeServices(.empty, .conditionFailed())
        let (table, bob) = (try table(fake), try Samples.address("bob@example.com"))
        var event = try Samples.event()
        try await table.forgetAnswer(event, bob)
        try await table.forgetAnswer(event, bob)
        let body = try fake.bodies()[0]
        #expect(body["Key"]?["sk"] == bobKey)
        #expect(
            body["UpdateExpression"]
                == "SET rsvp = :rsvp, replySequence = :answer, replyStamp = :zero REMOVE replied, replySent, delegate, proposal"
        )
        #expect(
            body["ConditionExpression"]
                == "attribute_exists(pk) AND (attribute_not_exists(replySequence) OR replySequence < :answer)")
        event.answerSequence = 0
        try await table.forgetAnswer(event, bob)
        #expect(fake.requests.count == 2, "the event's time never changed")
    }

    @Test("read what is known of many at once, as it is now")
    func standings() async throws {
        let item: DynamoDB.Item = [
            "pk": "p", "sk": "attendee#bob@example.com", "campaign": "-", "sentRevision": 1, "rsvp": "accepted",
        ]
        let fake = FakeServices(.json(["Responses": ["main": [item.wire]]]))
        let (bob, eve) = (try Samples.address("Bob@example.com"), try Samples.address("eve@example.com"))
        let event = try Samples.event()
        let standings = try await table(fake).readStandings(event.uid, [bob, eve])
        #expect(standings == [bob: AttendeeItem.standing(item)])
        #expect(standings[bob]?.isOwned == true && standings[bob]?.campaign == nil)
        #expect(try fake.bodies()[0]["RequestItems"]?["main"]?["ConsistentRead"] == true)
    }

    @Test("use every name and value they give, which DynamoDB insists on")
    func placeholders() async throws {
        for name in ["Bob", nil] {
            let fake = FakeServices(
                .empty, .empty, .empty, .empty, .empty, .empty, .empty, .empty, .empty, .empty, .empty, .empty)
            let table = try table(fake)
            let claim = try Samples.claim(name: name)
            _ = try await table.claim(claim)
            var single = claim
            single.campaign = nil
            _ = try await table.claim(single)
            single.event.answerSequence = 0
            single.event.updates = .notDeclined
            single.onlyReached = true
            _ = try await table.claim(single)
            try await table.forgetAnswer(claim.event, claim.recipient.address)
            try await table.recordSpread(claim.event.uid, revision: 2)
            try await table.recordSent(claim, messageID: "m", at: 1)
            try await table.recordFailed(claim, reason: "r")
            try await table.release(claim, AttendeeItem.standing([:]))
            _ = try await table.record(Samples.answer(comment: name, client: name))
            _ = try await table.forgetSending(claim.recipient.address, of: claim.event, now: 9000)
            _ = try await table.admitRefusal(claim.event.organizer, hour: 1)
            for body in try fake.bodies() where body["Item"] == nil {
                let text = "\(body["UpdateExpression"]?.string ?? "") \(body["ConditionExpression"]?.string ?? "")"
                let words = Set(
                    text.split { !$0.isLetter && !$0.isNumber && $0 != ":" && $0 != "#" && $0 != "_" }.map(String.init))
                let used = words.filter { $0.hasPrefix(":") || $0.hasPrefix("#") }
                let given =
                    (body["ExpressionAttributeNames"]?.object?.members ?? [])
                    + (body["ExpressionAttributeValues"]?.object?.members ?? [])
                #expect(used == Set(given.map(\.name)), "\(text)")
            }
        }
    }

    @Test("decide by what they find when a claim fails")
    func claimDecisions() async throws {
        let cases: [(DynamoDB.Item?, ClaimResult)] = [
            (["sentRevision": 2, "campaign": "c1"], .done(byCampaign: "c1")),
            (["sentRevision": 3, "campaign": "other", "lease": 2000, "claim": "x"], .done(byCampaign: "other")),
            (["sentRevision": 2], .done(byCampaign: nil)),
            (["failedRevision": 2, "campaign": "c1"], .done(byCampaign: "c1")),
            (["sentRevision": 1, "lease": 1050, "claim": "x"], .busy), (["lease": 1050, "claim": "x"], .busy),
            (
                ["lease": 1090, "claim": "claim-1"],
                .claimed(AttendeeItem.standing(["lease": 1090, "claim": "claim-1"]))
            ),
            (nil, .busy),
        ]
        for (item, expected) in cases {
            #expect(
                try await table(FakeServices(.conditionFailed(item))).claim(Samples.claim(answerSequence: 0))
                    == expected)
        }
    }

    @Test("recognise their own claim after a lost answer")
    func lostAnswer() async throws {
        let fake = FakeServices(
            .error("InternalServerError", status: 500), .conditionFailed(["lease": 1090, "claim": "claim-1"]))
        guard case .claimed = try await table(fake).claim(Samples.claim()) else {
            Issue.record("not recognised")
            return
        }
        #expect(fake.requests.count == 2)
    }

    @Test("record an outcome only while the claim is held, and leave the answer alone")
    func outcomes() async throws {
        let fake = FakeServices(.empty, .empty, .empty, .conditionFailed(), .conditionFailed(), .conditionFailed())
        let table = try table(fake)
        let claim = try Samples.claim()
        let owned = AttendeeItem.standing(["campaign": .s("c1")])
        for before in [owned, AttendeeItem.standing([:])] {
            try await table.recordSent(claim, messageID: "ses-1", at: 1010)
            try await table.recordFailed(claim, reason: "MessageRejected")
            try await table.release(claim, before)
        }
        let bodies = try fake.bodies()
        #expect(bodies.allSatisfy { $0["ConditionExpression"] == "claim = :claim" })
        #expect(bodies.allSatisfy { $0["ExpressionAttributeValues"]?[":claim"] == ["S": "claim-1"] })
        #expect(
            bodies[0]["UpdateExpression"]
                == "SET sentRevision = :revision, delivery = :delivery, messageId = :message, firstSent = if_not_exists(firstSent, :now) REMOVE lease, claim"
        )
        #expect(bodies[0]["ExpressionAttributeValues"]?[":delivery"] == ["S": "sent"])
        #expect(
            bodies[1]["UpdateExpression"]
                == "SET failedRevision = :revision, delivery = :delivery, failure = :reason REMOVE lease, claim")
        #expect(bodies[2]["UpdateExpression"] == "REMOVE lease, claim")
        // Nothing was sent: whose they are is open again.
        #expect(bodies[5]["UpdateExpression"] == "REMOVE lease, claim, campaign")
        for body in bodies { #expect(body["UpdateExpression"]?.string?.contains("rsvp") == false) }
        await #expect(throws: AWSError.self) {
            try await self.table(FakeServices(.error("AccessDeniedException"))).release(claim, owned)
        }
    }

    @Test("record an answer only if it is newer, and leave the sending alone")
    func answers() async throws {
        let fake = FakeServices(.empty, .empty)
        #expect(try await table(fake).record(Samples.answer(comment: "Sorry", client: "Google Calendar")) == .recorded)
        let body = try fake.bodies()[0]
        #expect(body["Key"]?["sk"] == bobKey)
        #expect(
            body["ConditionExpression"]
                == "attribute_exists(pk) AND (attribute_not_exists(replySequence) OR replySequence < :sequence OR (replySequence = :sequence AND replyStamp < :stamp) OR (replySequence = :sequence AND replyStamp = :stamp AND (attribute_not_exists(replySent) OR replySent < :sent)))"
        )
        #expect(
            body["UpdateExpression"]
                == "SET rsvp = :rsvp, replySequence = :sequence, replyStamp = :stamp, replySent = :sent, replied = :received, receipt = if_not_exists(receipt, :received), client = :client, #comment = :comment REMOVE delegate, proposal"
        )
        #expect(body["ExpressionAttributeValues"]?[":rsvp"] == ["S": "declined"])
        let trace = try #require(try fake.bodies()[1]["Item"])
        #expect(trace["sk"] == ["S": "history#bob@example.com#001795420800#0#event"])
        #expect(trace["comment"] == ["S": "Sorry"])
        #expect(try StreamImage.item(trace) == nil, "history is not counted")
        #expect(
            try await table(FakeServices(.conditionFailed(["pk": "x"]))).record(Samples.answer()) == .notNewer)
        let own: DynamoDB.Item = [
            "replySequence": 1, "replyStamp": 1_795_420_800, "replySent": 0, "rsvp": "declined",
        ]
        #expect(
            try await table(FakeServices(.conditionFailed(own), .empty)).record(Samples.answer()) == .recorded,
            "its first attempt was stored and its answer lost")
        #expect(try await table(FakeServices(.conditionFailed())).record(Samples.answer()) == .notInvited)
    }

    @Test("keep the answer for one instance beside the record of somebody who was invited")
    func instances() async throws {
        let fake = FakeServices(.json(["Item": ["pk": ["S": "x"]]]), .conditionFailed(), .empty, .empty)
        #expect(try await table(fake).record(Samples.answer(instance: 99)) == .recorded)
        #expect(try fake.bodies()[1]["UpdateExpression"] == "SET receipt = :received", "it proves a copy all the same")
        #expect(try fake.bodies()[2]["Key"]?["sk"] == ["S": "reply#bob@example.com#99"])
        #expect(try fake.bodies()[0]["Key"]?["pk"] == fake.bodies()[2]["Key"]?["pk"], "in the same partition")
        #expect(try await table(FakeServices(.empty)).record(Samples.answer(instance: 99)) == .notInvited)
        let late = FakeServices(.json(["Item": ["pk": ["S": "x"]]]), .empty, .conditionFailed())
        #expect(try await table(late).record(Samples.answer(instance: 99)) == .notNewer)
    }

    @Test("make the record of a shared attendee only where there is none")
    func shared() async throws {
        let fake = FakeServices(.empty, .empty, .conditionFailed(["pk": "x"]))
        let table = try table(fake)
        #expect(try await table.addShared(Samples.answer()) == .recorded)
        #expect(try await table.addShared(Samples.answer()) == .notNewer)
        let body = try fake.bodies()[0]
        #expect(body["ConditionExpression"] == "attribute_not_exists(pk)")
        guard case .attendee(let attendee)? = try StreamImage.item(body["Item"]) else {
            Issue.record("not an attendee")
            return
        }
        #expect(attendee.origin == .shared)
        #expect(attendee.response == .declined)
        #expect(attendee.campaign == nil)
        #expect(attendee.sentRevision == nil)
        #expect(attendee.reply == ReplyStamp(sequence: 1, stamp: 1_795_420_800))
    }

    @Test("keep a proposed time with the answer it came with")
    func proposal() async throws {
        let fake = FakeServices(.empty, .empty)
        var answer = try Samples.answer()
        answer.proposal = Proposal(start: 100, end: 200, when: "Thu 1 Jan 1970")
        #expect(try await table(fake).record(answer) == .recorded)
        let body = try fake.bodies()[0]
        #expect(body["UpdateExpression"]?.string?.hasSuffix(", proposal = :proposal REMOVE delegate") == true)
        var stored = item("bob@example.com").object ?? [:]
        stored["proposal"] = try #require(body["ExpressionAttributeValues"]?[":proposal"])
        guard case .attendee(let attendee)? = try StreamImage.item(.object(stored)) else {
            Issue.record("not an attendee")
            return
        }
        #expect(attendee.proposal == answer.proposal)
    }

    @Test("send again once an hour, and to those who were sent something")
    func sendAgain() async throws {
        func result(_ answer: FakeServices.Answer) async throws -> Bool {
            let claim = try Samples.claim()
            return try await table(FakeServices(answer)).forgetSending(
                claim.recipient.address, of: claim.event, now: 9000)
        }
        #expect(try await result(.empty))
        #expect(try await result(.conditionFailed(["sentRevision": 1])), "it waits for the sender")
        #expect(try await !result(.conditionFailed(["sentRevision": 2])))
        #expect(try await !result(.conditionFailed(["pk": "x"])))
        #expect(try await !result(.conditionFailed()))
    }

    @Test("mark a chunk done with what was skipped")
    func markDone() async throws {
        let fake = FakeServices(.empty)
        var done = FinishedChunk(campaign: "c1", chunk: 12, skipped: SkipCounts())
        done.skipped.refused = 3
        try await table(fake).markDone(done)
        let item = try #require(try fake.bodies()[0]["Item"])
        #expect(item["pk"] == ["S": "campaign#c1"])
        #expect(item["sk"] == ["S": "chunk#12"])
        #expect(try StreamImage.item(item) == .finishedChunk(campaign: "c1", skipped: done.skipped))
    }

    @Test("spread attendees over sixteen partitions, the same for each letter case")
    func shards() throws {
        #expect(
            AttendeeShard.of(try Samples.address("Bob@example.com"))
                == AttendeeShard.of(try Samples.address("bob@EXAMPLE.com")))
        var counts = [Int](repeating: 0, count: AttendeeShard.count)
        for index in 0..<1600 { counts[AttendeeShard.of(try Samples.address("person\(index)@example.com"))] += 1 }
        #expect(counts.allSatisfy { $0 > 50 && $0 < 200 })
    }

    private func item(_ address: String) -> JSON {
        [
            "pk": ["S": .string("event#\(Samples.uid)#00")], "sk": ["S": .string("attendee#\(address)")],
            "address": ["S": .string(address)], "organizer": ["S": "ann@acme.example"],
            "domain": ["S": "calendar.example.com"], "origin": ["S": "vip"], "delivery": ["S": "sent"],
            "rsvp": ["S": "noaction"],
        ]
    }

    @Test("are listed partition after partition, page by page")
    func list() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let last: JSON = ["pk": ["S": "x"], "sk": ["S": "attendee#b@example.com"]]
        let fake = FakeServices(
            .json(["Items": [item("a@example.com"), item("b@example.com")], "LastEvaluatedKey": last]),
            .json(["Items": []]), .json(["Items": [item("c@example.com")]]), .json(["Items": []]))
        let table = try table(fake)
        let page = try await table.listAttendees(uid, from: .start, limit: 2)
        #expect(page.attendees.map(\.address.normalized) == ["a@example.com", "b@example.com"])
        let next = try #require(page.next)
        #expect(next == AttendeeCursor(shard: 0, after: "b@example.com"))
        let end = try await table.listAttendees(uid, from: next, limit: 1)
        #expect(end.attendees.map(\.address.normalized) == ["c@example.com"])
        #expect(end.next == AttendeeCursor(shard: 2, after: nil))
        let bodies = try fake.bodies()
        #expect(bodies[0]["ExpressionAttributeValues"]?[":pk"] == ["S": .string("event#\(Samples.uid)#00")])
        #expect(bodies[0]["Limit"] == 2)
        #expect(bodies[0]["ConsistentRead"] == nil)
        #expect(bodies[1]["ExclusiveStartKey"]?["sk"] == ["S": "attendee#b@example.com"])
        #expect(bodies[2]["ExpressionAttributeValues"]?[":pk"] == ["S": .string("event#\(Samples.uid)#01")])
        #expect(bodies[2]["ExclusiveStartKey"] == nil)
        let tail = try await self.table(FakeServices(.json(["Items": []]))).listAttendees(
            uid, from: AttendeeCursor(shard: 15, after: nil), limit: 5)
        #expect(tail == AttendeePage(attendees: [], next: nil))
        let strict = FakeServices(.json(["Items": []]))
        _ = try await self.table(strict).listAttendees(
            uid, from: AttendeeCursor(shard: 15, after: nil), limit: 5, consistent: true)
        #expect(try strict.bodies()[0]["ConsistentRead"] == true)
    }

    @Test("have their answers beside them, read newest first")
    func answersBeside() async throws {
        let uid = try #require(EventUID(Samples.uid))
        let bob = try Samples.address("Bob@example.com")
        func item(_ sk: String, _ more: JSONObject = [:]) -> JSON {
            var item: JSONObject = [
                "pk": ["S": "x"], "sk": ["S": .string(sk)], "rsvp": ["S": "declined"], "replySequence": ["N": "2"],
                "replyStamp": ["N": "1795430000"], "replySent": ["N": "7"], "replied": ["N": "1795430001"],
            ]
            for member in more { item[member.name] = member.value }
            return .object(item)
        }
        let fake = FakeServices(
            .json(["Items": [item("reply#bob@example.com#1800000000")]]),
            .json([
                "Items": [
                    item(
                        "history#bob@example.com#001795430000#7#1800000000",
                        ["instance": ["N": "1800000000"], "comment": ["S": "No"], "client": ["S": "Outlook"]]),
                    item("history#bob@example.com#001795420000#7#event", ["delegate": ["S": "cyd@example.com"]]),
                ]
            ]))
        let answers = try await table(fake).readAnswers(uid, bob)
        let stamp = ReplyStamp(sequence: 2, stamp: 1_795_430_000, sent: 7)
        #expect(
            answers.instances == [
                PastAnswer(response: .declined, stamp: stamp, instance: 1_800_000_000, replied: 1_795_430_001)
            ])
        #expect(answers.history.map(\.instance) == [1_800_000_000, nil])
        #expect(answers.history.map(\.comment) == ["No", nil])
        #expect(answers.history.last?.delegate?.description == "cyd@example.com")
        let bodies = try fake.bodies()
        #expect(
            bodies.map { $0["ExpressionAttributeValues"]?[":prefix"] } == [
                ["S": "reply#bob@example.com#"], ["S": "history#bob@example.com#"],
            ])
        #expect(bodies.allSatisfy { $0["ScanIndexForward"] == false && $0["Limit"] == 100 })
    }

    @Test("those of one answer are found by a filter, and a page ends after its last one")
    func listOfOneAnswer() async throws {
        let uid = try #require(EventUID(Samples.uid))
        func stored(_ address: String) throws -> JSON {
            var item = try #require(item(address).object)
            item["sk"] = ["S": .string("attendee#\(address)")]
            return .object(item)
        }
        let fake = FakeServices(
            .json(["Items": [try stored("a@example.com"), try stored("b@example.com"), try stored("c@example.com")]]))
        let page = try await table(fake).listAttendees(uid, from: .start, answered: .noAction, limit: 2)
        #expect(page.attendees.map(\.address.normalized) == ["a@example.com", "b@example.com"])
        #expect(page.next == AttendeeCursor(shard: 0, after: "b@example.com"))
        let body = try fake.bodies()[0]
        #expect(body["FilterExpression"] == "rsvp = :response")
        #expect(body["ExpressionAttributeValues"]?[":response"] == ["S": "noaction"])
        #expect(body["Limit"] == 1000)
    }
}
