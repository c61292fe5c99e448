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
