import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("Images of the stream")
struct StreamImageTests {
    private let attendee: JSONObject = [
        "pk": ["S": .string("event#\(Samples.uid)#07")], "sk": ["S": "attendee#bob@example.com"],
        "address": ["S": "Bob@example.com"], "name": ["S": "Bob"], "organizer": ["S": "ann@acme.example"],
        "domain": ["S": "calendar.example.com"], "campaign": ["S": "c1"], "origin": ["S": "bulk"],
        "delivery": ["S": "sent"], "sentRevision": ["N": "3"], "firstSent": ["N": "100"], "rsvp": ["S": "accepted"],
        "replySequence": ["N": "1"], "replyStamp": ["N": "200"], "replied": ["N": "300"], "client": ["S": "Zimbra"],
        "lease": ["N": "5"], "claim": ["S": "x"], "messageId": ["S": "m"],
    ]

    @Test("of an attendee are that attendee")
    func attendeeImage() throws {
        let expected = Attendee(
            event: try #require(EventUID(Samples.uid)), address: try Samples.address("bob@example.com"), name: "Bob",
            organizer: try Samples.address("ann@acme.example"), domain: "calendar.example.com", campaign: "c1",
            origin: .bulk, delivery: .sent, sentRevision: 3, firstSent: 100, response: .accepted,
            reply: ReplyStamp(sequence: 1, stamp: 200), replied: 300, client: "Zimbra", comment: nil, isHeld: true)
        #expect(try StreamImage.item(.object(attendee)) == .attendee(expected))
    }

    @Test("of an event are that event")
    func event() async throws {
        let fake = FakeServices(.empty)
        let event = try Samples.event()
        _ = try await MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main").writeEvent(event, replacing: 1)
        #expect(try StreamImage.item(try fake.bodies()[0]["Item"]) == .event(event))
    }

    @Test("of a chunk without counts skipped nobody")
    func chunk() throws {
        #expect(
            try StreamImage.item(["pk": ["S": "campaign#c"], "sk": ["S": "chunk#1"], "campaign": ["S": "c"]])
                == .finishedChunk(campaign: "c", skipped: SkipCounts()))
    }

    @Test(
        "of other items count nothing",
        arguments: ["person", "organizer", "campaign", "key", "notice", "hour#5", "reply#bob@example.com#99"])
    func others(sortKey: String) throws {
        #expect(try StreamImage.item(["pk": ["S": "x"], "sk": ["S": .string(sortKey)]]) == nil)
    }

    @Test("that are absent are nothing, and damaged ones an error that names what is missing")
    func damaged() throws {
        #expect(try StreamImage.item(nil) == nil)
        #expect(throws: ItemError(item: "stream image", attribute: "sk")) { try StreamImage.item(["a": ["Z": "1"]]) }
        #expect(throws: ItemError(item: "stream image", attribute: "sk")) { try StreamImage.item([:]) }
        for name in ["address", "organizer", "domain", "origin", "delivery", "rsvp", "pk"] {
            var image = attendee
            image[name] = nil
            #expect(throws: ItemError(item: "attendee", attribute: name)) { try StreamImage.item(.object(image)) }
        }
        var unknown = attendee
        unknown["rsvp"] = ["S": "perhaps"]
        #expect(throws: ItemError(item: "attendee", attribute: "rsvp")) { try StreamImage.item(.object(unknown)) }
    }
}
