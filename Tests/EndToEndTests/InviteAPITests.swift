import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import MailMessage
import Store
import Testing

@Suite("Public pages on the local stack", .serialized, .enabled(if: Project.isReady, "\(Project.hint)"))
struct InviteAPITests {
    private func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test("somebody asks for an invitation, gets it once, and answers by the links in it", .timeLimit(.minutes(3)))
    func story() async throws {
        try await TestStack.with(parameters: ["LandingHosts": "www.acme.example"]) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            let invite = "/event/\(event)/invite"

            let page = try await test.browse("GET", invite + "?email=dora%40mail.example&origin=landingpage")
            #expect(page.status == 200)
            #expect(text(page).contains("value=\"dora@mail.example\""))
            #expect(try test.sentMails(to: "dora@mail.example").isEmpty)

            let landing = "https%3A%2F%2Fwww.acme.example%2Fthanks"
            for _ in 0..<2 {
                let form = "email=dora%40mail.example&name=Dora&origin=landingpage&landing=\(landing)"
                let sent = try await test.browse("POST", invite, form: form)
                #expect(sent.status == 302, "\(text(sent))")
                #expect(sent.header("location") == "https://www.acme.example/thanks")
            }
            let evil = try await test.browse(
                "POST", invite, form: "email=x%40mail.example&landing=https://evil.example/")
            #expect(evil.status == 400)
            let mail = try await test.eventually("the invitation") {
                try test.sentMails(to: "dora@mail.example").first
            }
            _ = try await test.eventually("the attendee in the statistics") {
                let statistics = try await test.call("GET", "/event/\(event)/statistics", key: key).body
                return statistics["origin"] == ["landingpage": 1] ? statistics : nil
            }

            // The links in it.
            #expect(mail.headers.all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"])
            let plain = try #require(mail.textBody)
            let yes = try #require(plain.firstMatch(of: /Yes: (http\S+)/)).1
            let unsubscribe = try #require(
                mail.headers.first("List-Unsubscribe")?.firstMatch(of: /<(http[^>]+)>, <mailto:/)
            ).1
            let question = try await test.browse("GET", String(yes))
            #expect(question.status == 200 && text(question).contains("value=\"yes\""))
            #expect(try await test.recount(of: event)[.rsvp(.noAction)] == 1, "looking is no answer")
            let answered = try await test.browse("POST", String(yes), form: "answer=yes")
            #expect(answered.status == 200 && text(answered).contains("recorded: Yes"), "\(text(answered))")
            _ = try await test.eventually("the answer in the statistics") {
                let counters = try await test.recount(of: event)
                return counters[.rsvp(.accepted)] == 1 ? counters : nil
            }

            // One click, and no more invitations.
            let oneClick = try await test.browse(
                "POST", String(unsubscribe), form: "List-Unsubscribe=One-Click", accept: "*/*")
            #expect(oneClick.status == 200, "\(text(oneClick))")
            let refused = try await test.browse("POST", invite, form: "email=dora%40mail.example", accept: "*/*")
            #expect(refused.status == 403 && text(refused).contains("address_refuses"))
            #expect(try test.sentMails(to: "dora@mail.example").count == 1)
            let undone = try await test.browse("POST", String(unsubscribe), form: "undo=yes")
            #expect(undone.status == 200 && text(undone).contains("invitations again"), "\(text(undone))")
            #expect(
                try await test.browse("POST", invite, form: "email=dora%40mail.example", accept: "*/*").status == 202)
        }
    }

    @Test("an organizer's page, a calendar file, and a link that acts because it is signed", .timeLimit(.minutes(3)))
    func landing() async throws {
        try await TestStack.with(parameters: ["OneClickInvites": "true", "ReportRows": "1"]) { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let ann = try await test.key(.organizer(try #require(EmailAddress("ann@acme.example"))))

            let file = try await test.browse("GET", "/event/\(event)/calendar.ics")
            #expect(file.status == 200 && text(file).contains("METHOD:PUBLISH"))

            let profile = try await test.call("GET", "/organizer/ann@acme.example", key: ann)
            let address = try #require(profile.body["calendar_url"]?.string, "\(profile.body.text)")
            let month = try await test.eventually("the event on the organizer's page") {
                let page = try await test.browse("GET", address)
                return text(page).contains("event-\(event)") ? page : nil
            }
            #expect(month.status == 200 && text(month).contains("January 2027"))
            let chosen = try await test.browse(
                "POST", address, form: "email=fay%40mail.example&event-\(event)=yes")
            #expect(chosen.status == 202, "\(text(chosen))")
            _ = try await test.eventually("the invitation that was chosen") {
                try test.sentMails(to: "fay@mail.example").first
            }

            let links = try await test.call("POST", "/event/\(event)/links", key: ann)
            let oneClick = try #require(links.body["one_click"]?.string, "\(links.body.text)")
            #expect(try await test.browse("GET", oneClick + "gus%40mail.example").status == 202)
            _ = try await test.eventually("the invitation of one click") {
                try test.sentMails(to: "gus@mail.example").first
            }

            let report = try await test.call("GET", "/event/\(event)/report?format=json", key: ann)
            let addresses = report.body["attendees"]?.array?.compactMap { $0["email"]?.string } ?? []
            #expect(Set(addresses) == ["fay@mail.example", "gus@mail.example"], "\(report.body.text)")

            #expect(try await test.call("GET", "/event/\(event)/report", key: ann).status == 202)
            let mailed = try await test.eventually("both mails of the report") {
                let mails = try test.sentMails(to: "ann@acme.example")
                    .filter { $0.subject?.hasPrefix("Attendees of") == true }
                return mails.count == 2 ? mails.compactMap { $0.root.leaves.last?.part.text } : nil
            }
            for address in addresses { #expect(mailed.count { $0.contains(address) } == 1) }
        }
    }

    @Test(
        "who unsubscribes, by link or by mail, or blocks the organizer gets nothing more in any way",
        .timeLimit(.minutes(4)))
    func refusing() async throws {
        try await TestStack.with { test in
            let event = try await test.createEvent("google-weekly", organizer: "ann@acme.example")
            let key = try await test.key()
            let people = ["hal", "ida", "joe", "kim"].map { "\($0)@mail.example" }
            for person in people.prefix(2) {
                _ = try await test.browse(
                    "POST", "/event/\(event)/invite", form: "email=\(person.replacing("@", with: "%40"))")
            }
            let mails = try await test.eventually("both invitations") {
                let mails = try people.prefix(2).compactMap { try test.sentMails(to: $0).first }
                return mails.count == 2 ? mails : nil
            }
            func refuses(_ person: String) async throws -> Bool? {
                let address = try #require(EmailAddress(person))
                let ann = try #require(EmailAddress("ann@acme.example"))
                return try await test.environment.mainTable().readPersons([address])[address]?.refuses(ann)
            }

            // Hal's mail program sends what List-Unsubscribe says; no proof of sender is needed beside its link.
            let mailbox = "unsubscribe@\(TestStack.domain)"
            let subject = try #require(
                mails[0].headers.first("List-Unsubscribe")?.firstMatch(of: /<mailto:([^?>]+)\?subject=([^>]+)>/))
            #expect(String(subject.1) == mailbox)
            func unsubscribe(_ person: String, _ subject: String, _ verdicts: [String]) async throws {
                let mail = "From: \(person)\r\nTo: \(mailbox)\r\nSubject: \(subject)\r\n\r\n\r\n"
                try await test.deliver(Array(mail.utf8), to: mailbox, verdicts: verdicts)
            }
            try await unsubscribe("hal@other.example", String(subject.2), ["dmarc=FAIL", "dkim=FAIL", "spf=FAIL"])
            // Without a link only who is proven to write: Joe is, whoever writes as Kim is not.
            try await unsubscribe(people[3], "unsubscribe", ["dmarc=FAIL", "dkim=FAIL", "spf=FAIL"])
            try await unsubscribe(people[2], "unsubscribe", [])
            // Ida blocks the organizer.
            let plain = try #require(mails[1].textBody)
            let block = try #require(plain.firstMatch(of: /(http\S+\/block\/\S+)/)).1
            #expect(try await test.browse("POST", String(block), form: "").status == 200)
            for person in people.prefix(3) {
                _ = try await test.eventually("\(person) refuses") { try await refuses(person) }
            }
            #expect(try await refuses(people[3]) != true)

            let body: JSON = ["addresses": .array(people.map { .string($0) })]
            let started = try await test.call("POST", "/event/\(event)/campaigns", key: key, body: body.bytes)
            let campaign = try await test.campaign(
                try #require(started.body["id"]?.string), of: event, key: key, reaches: "finished")
            #expect(campaign["sent"] == 1 && campaign["import"]?["dropped"]?["suppressed"] == 3, "\(campaign.text)")
            let single = try await test.browse(
                "POST", "/event/\(event)/invite", form: "email=ida%40mail.example", accept: "*/*")
            #expect(single.status == 403 && text(single).contains("address_refuses"))
            // A change goes to Kim alone.
            let changed = try await test.call(
                "PATCH", "/event/\(event)", key: key, body: Array("{\"summary\":\"Tea\"}".utf8))
            #expect(changed.status == 200)
            _ = try await test.eventually("the change") { try test.sentMails(to: people[3]).count == 2 ? true : nil }
            #expect(try people.prefix(3).map { try test.sentMails(to: $0).count } == [1, 1, 0])
        }
    }

    @Test("too many requests, a blocked and a suspended organizer are refused", .timeLimit(.minutes(3)))
    func refusals() async throws {
        try await TestStack.with(parameters: ["InvitesPerAddress": "2"]) { test in
            let event = try await test.createEvent("outlook-zoned", organizer: "bob@contoso.example")
            let owner = try await test.key()
            let invite = "/event/\(event)/invite"
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(try await test.browse("POST", invite, form: "email=eve%40mail.example").status)
            }
            #expect(statuses == [202, 202, 429])

            let mail = try await test.eventually("the invitation") {
                try test.sentMails(to: "eve@mail.example").first
            }
            let plain = try #require(mail.textBody)
            let block = try #require(plain.firstMatch(of: /(http\S+\/block\/\S+)/)).1
            #expect(try await test.browse("GET", String(block)).status == 200)
            #expect(try await test.browse("POST", String(block), form: "").status == 200)
            let eve = try #require(EmailAddress("eve@mail.example"))
            let person = try await test.environment.mainTable().readPersons([eve])[eve]
            #expect(person?.blockedOrganizers == ["bob@contoso.example"])

            let suspended = try await test.call(
                "POST", "/system/organizers/bob@contoso.example", key: owner, body: Array("{\"suspended\":true}".utf8))
            #expect(suspended.status == 200)
            let refused = try await test.browse("POST", invite, form: "email=new%40mail.example", accept: "*/*")
            #expect(refused.status == 403 && text(refused).contains("organizer_suspended"))
        }
    }
}
