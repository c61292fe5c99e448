import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("Lists on the local stack", .enabled(if: Project.isReady, "\(Project.hint)"))
struct ImportSegmentTests {
    @Test("a trial counts and sends nothing; an uploaded list is sent; a key repeats nothing", .timeLimit(.minutes(4)))
    func waysIn() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            let path = "/event/\(event)"

            // Addresses in the request, as a trial.
            let trial: JSON = [
                "addresses": ["bob@mail.example", "Bob@mail.example", "no address", ["email": "cyd@mail.example"]],
                "dry_run": true, "consent": "sign-up form",
            ]
            let tried = try await test.call("POST", path + "/campaigns", key: key, body: trial.bytes)
            #expect(tried.status == 202, "\(tried.body.text)")
            let id = try #require(tried.body["id"]?.string)
            let checked = try await test.campaign(id, of: event, key: key, reaches: "checked")
            #expect(checked["import"]?["accepted"] == 2)
            #expect(checked["import"]?["dropped"]?["duplicate"] == 1)
            #expect(checked["import"]?["dropped"]?["bad_address"] == 1)
            #expect(checked["import"]?["sample"] == ["b***@mail.example", "c***@mail.example"])
            #expect(checked["consent"] == "sign-up form")

            // An upload by a presigned PUT.
            let place = try await test.call(
                "POST", path + "/lists", key: key, body: Array("{\"name\":\"guests.csv\"}".utf8))
            #expect(place.status == 201, "\(place.body.text)")
            let url = try #require(place.body["upload"]?["url"]?.string)
            let csv = "email;name\n" + (0..<250).map { "p\($0)@mail.example;Person \($0)\n" }.joined()
            let put = try await test.transport.send(
                HTTPRequest(method: "PUT", url: url, body: Array(csv.utf8), deadline: .now + .seconds(20)))
            #expect(put.status == 200, "\(String(decoding: put.body, as: UTF8.self))")
            let forged = try await test.transport.send(
                HTTPRequest(
                    method: "PUT", url: url.replacing("guests.csv", with: "others.csv"), body: [1],
                    deadline: .now + .seconds(20)))
            #expect(forged.status == 403)

            // The same request three times over.
            let body: JSON = ["source": place.body["source"] ?? .null]
            var ids: Set<String> = []
            for _ in 0..<3 {
                let response = try await test.transport.send(
                    HTTPRequest(
                        method: "POST", url: test.stack.state.gateway + path + "/campaigns",
                        headers: [HTTPHeader("x-api-key", key), HTTPHeader("idempotency-key", "once")],
                        body: body.bytes, deadline: .now + .seconds(20)))
                #expect(response.status == 202)
                ids.insert(try JSON(parsing: response.body)["id"]?.string ?? "")
            }
            #expect(ids.count == 1)
            let end = try await test.campaign(
                try #require(ids.first), of: event, key: key, reaches: "finished", within: .seconds(120))
            #expect(end["sent"] == 250)
            #expect(end["chunks"] == 3)
            let invited = try test.invitedRecipients()
            #expect(invited.count == 250)
            #expect(!invited.contains("bob@mail.example"), "the trial sent nothing")

            // A spreadsheet fails with what to do, and the organizer is told.
            try await test.upload([0x50, 0x4B, 3, 4, 20, 0, 6, 0], to: "lists/ann@acme.example/guests.xlsx")
            let sheet = try await test.startCampaign(event, prefix: "lists/ann@acme.example/guests.xlsx", key: key)
            let failed = try await test.campaign(sheet, of: event, key: key, reaches: "failed")
            #expect(failed["failure"]?.string?.contains("save the sheet as CSV") == true)
            _ = try await test.eventually("the notice") {
                try test.sentMails(to: "ann@acme.example").first { $0.subject?.hasPrefix("List not sent") == true }
            }
        }
    }

    @Test("a segment of Pinpoint is exported and sent; a refusal says what to do instead", .timeLimit(.minutes(5)))
    func pinpoint() async throws {
        let parameters = [
            "PinpointApplication": "app1", "PinpointExportRoleArn": "arn:aws:iam::000000000000:role/pinpoint-export",
        ]
        try await TestStack.with(parameters: parameters) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            func start(_ segment: String, disposable: Bool = false) async throws -> String {
                let body: JSON = ["pinpoint": ["segment": .string(segment)], "drop_disposable": .bool(disposable)]
                let answer = try await test.call("POST", "/event/\(event)/campaigns", key: key, body: body.bytes)
                #expect(answer.status == 202, "\(answer.body.text)")
                #expect(answer.body["pinpoint"]?["application"] == "app1")
                return try #require(answer.body["id"]?.string)
            }

            // The service is gone.
            let gone = try await test.campaign(try await start("vip"), of: event, key: key, reaches: "failed")
            #expect(gone["failure"]?.string?.contains("ended on 2026-10-30") == true, "\(gone.text)")

            // It is there, with three parts of which two share people.
            await test.stack.pinpoint.setSegment(
                "vip", of: "app1",
                parts: [
                    TestStack.segment(120), TestStack.segment(150), TestStack.segment(30, prefix: "trash"),
                    Array(#"{"ChannelType":"EMAIL","Address":"a@mail.trash.example"}"#.utf8),
                ])
            await test.stack.pinpoint.setSegment("bad", of: "app1", parts: [], failure: "no access to the bucket")
            try await test.upload(Array("trash.example\n".utf8), to: "settings/disposable-domains.txt")
            let end = try await test.campaign(
                try await start("vip", disposable: true), of: event, key: key, reaches: "finished",
                within: .seconds(120))
            #expect(end["sent"] == 180)
            #expect(end["import"]?["rows"] == 301)
            #expect(end["import"]?["dropped"]?["duplicate"] == 120)
            #expect(end["import"]?["dropped"]?["disposable"] == 1)
            #expect(try test.invitedRecipients().count == 180)

            for (segment, words) in [("bad", "no access to the bucket"), ("none", "NotFoundException")] {
                let failed = try await test.campaign(
                    try await start(segment), of: event, key: key, reaches: "failed", within: .seconds(90))
                #expect(failed["failure"]?.string?.contains(words) == true, "\(failed.text)")
            }
            let ann = try await test.key(.organizer(try #require(EmailAddress("ann@acme.example"))))
            let refused = try await test.call(
                "POST", "/event/\(event)/campaigns", key: ann, body: Array(#"{"pinpoint":{"segment":"vip"}}"#.utf8))
            #expect(refused.status == 403)
        }
    }

    @Test(
        "an event with a limit invites no more people, by whatever list, and its organizer is told once",
        .timeLimit(.minutes(4)))
    func limit() async throws {
        try await TestStack.with(parameters: ["InviteLimit": "120"]) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let owner = try await test.key()
            func send(_ people: Int, as name: String, isTrial: Bool = false) async throws -> JSON {
                try await test.upload(TestStack.segment(people), to: "lists/limit/\(name).json")
                let source = "s3://\(try test.environment.required("DATA_BUCKET"))/lists/limit/\(name).json"
                let body: JSON = ["source": .string(source), "dry_run": .bool(isTrial)]
                let answer = try await test.call("POST", "/event/\(event)/campaigns", key: owner, body: body.bytes)
                return try await test.campaign(
                    try #require(answer.body["id"]?.string), of: event, key: owner,
                    reaches: isTrial ? "checked" : "finished", within: .seconds(90))
            }
            let first = try await send(100, as: "first")
            #expect(first["sent"] == 100)
            let trial = try await send(150, as: "second", isTrial: true)
            #expect(trial["import"]?["accepted"] == 120 && trial["import"]?["dropped"]?["over_limit"] == 30)
            let second = try await send(150, as: "second")
            #expect(second["sent"] == 20 && second["skipped"]?["already_invited"] == 100)
            #expect(second["import"]?["dropped"]?["over_limit"] == 30)
            let invited = try test.invitedRecipients()
            #expect(Set(invited).count == 120 && invited.count == 120)

            let page = try await test.browse("POST", "/event/\(event)/invite", form: "email=x%40mail.example")
            #expect(page.status == 403, "\(page.status)")
            let bulk = try await test.call(
                "POST", "/system/organizers/ann@acme.example", key: owner,
                body: Array("{\"limits\":{\"invites_per_event\":130}}".utf8))
            #expect(bulk.status == 200)
            let third = try await send(150, as: "second")
            #expect(third["sent"] == 10 && third["import"]?["dropped"]?["over_limit"] == 20)

            // One notice for each limit, and one for each campaign that came to its end.
            let mails = try await test.eventually("all notices") {
                let mails = try test.sentMails(to: "ann@acme.example").compactMap(\.subject)
                return mails.count { $0.hasPrefix("Sent: ") } == 3
                    && mails.count { $0.hasPrefix("Nobody else") } == 2 ? mails : nil
            }
            #expect(mails.count { $0.hasPrefix("Sent: ") } == 3)
            let finished = try #require(
                try test.sentMails(to: "ann@acme.example").first { $0.subject?.hasPrefix("Sent: ") == true })
            #expect(finished.textBody?.contains("Invited: 100") == true)
        }
    }

    @Test("people handed over by Pinpoint and Amazon Connect are invited once", .timeLimit(.minutes(3)))
    func direct() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            let lambda = test.stack.state.lambda(transport: test.transport)
            let name = try #require(test.stack.state.resources["ImportSegment"])
            let pinpoint: JSON = [
                "Data": .string(event),
                "Endpoints": ["e1": ["ChannelType": "EMAIL", "Address": "dan@mail.example", "OptOut": "NONE"]],
            ]
            let connect: JSON = [
                "InvocationMetadata": ["CampaignContext": ["CampaignName": .string("Tea \(event)")]],
                "Items": [
                    "CustomerProfiles": [
                        [
                            "ProfileId": "p", "IdempotencyToken": "t",
                            "CustomerData": #"{"EmailAddress":"eve@mail.example"}"#,
                        ]
                    ]
                ],
            ]
            for payload in [pinpoint, connect, pinpoint, connect] {
                guard
                    case .answered(let answer) = try await lambda.invoke(
                        name, payload: payload.bytes, timeout: .seconds(30))
                else {
                    Issue.record("not answered")
                    return
                }
                #expect(String(decoding: answer, as: UTF8.self).contains("queued"))
            }
            let invited = try await test.eventually("both invitations") {
                let invited = try test.invitedRecipients()
                return Set(invited) == ["dan@mail.example", "eve@mail.example"] ? invited : nil
            }
            #expect(invited.count == 2)
        }
    }
}
