import AWSClients
import InviteService
import JSON
import MailMessage
import Store
import Testing

@Suite("A stored organizer")
struct OrganizerStorageTests {
    private func table(_ fake: FakeServices) throws -> MainTable {
        MainTable(dynamoDB: try fake.clients().dynamoDB, name: "main")
    }

    @Test("is changed in what is given only, and read back")
    func change() async throws {
        let ann = try Samples.address("Ann@acme.example")
        let after: JSON = [
            "suspended": ["BOOL": true], "inviteLimit": ["N": "9"], "lastModified": ["N": "7"], "pk": ["S": "x"],
        ]
        let fake = FakeServices(.json(["Attributes": after]))
        let organizer = try await table(fake).changeOrganizer(
            ann, OrganizerChange(isSuspended: true, mayBulk: false, inviteLimit: .atMost(9), eventLimit: .standard),
            now: 7)
        #expect(organizer == Organizer(address: ann, isSuspended: true, inviteLimit: 9, lastModified: 7))
        let body = try fake.bodies()[0]
        #expect(body["Key"] == ["pk": ["S": "organizer#ann@acme.example"], "sk": ["S": "organizer"]])
        #expect(
            body["UpdateExpression"]
                == .string(
                    "SET lastModified = :now, #suspended = :suspended, #bulk = :bulk, #inviteLimit = :inviteLimit "
                        + "REMOVE #eventLimit"))
        #expect(
            body["ExpressionAttributeNames"] == [
                "#suspended": "suspended", "#bulk": "bulk", "#inviteLimit": "inviteLimit", "#eventLimit": "eventLimit",
            ])
        #expect(body["ReturnValues"] == "ALL_NEW")
        #expect(try await table(FakeServices(.json(["Item": after]))).readOrganizer(ann) == organizer)
        #expect(try await table(FakeServices(.empty)).readOrganizer(ann) == nil)
    }
}
