import InviteService
import JSON
import MailMessage
import SigV4
import Synchronization
import Testing

@Suite("Orders")
struct OrderIntakeTests {
    private final class Shop: Sendable {
        struct State {
            var enrolments: [Enrolment] = []
            var notices: [Notice] = []
            var organizer: Organizer?
            var failsToNotify = false
        }

        struct QueueDown: Error {}

        let state = Mutex(State())

        var intake: OrderIntake {
            OrderIntake(
                ports: .init(
                    readSecret: { "hush" }, readOrganizer: { _ in self.state.withLock(\.organizer) },
                    enrol: { enrolment in
                        self.state.withLock { state in
                            guard !state.enrolments.contains(where: { $0.order == enrolment.order }) else {
                                return false
                            }
                            state.enrolments.append(enrolment)
                            return true
                        }
                    },
                    notify: { notice in
                        try self.state.withLock { state in
                            if state.failsToNotify { throw QueueDown() }
                            state.notices.append(notice)
                        }
                    }, now: noon),
                subscription: OrderIntake.Subscription(invitesPerEvent: 1_000, events: 50))
        }
    }

    private let shop = Shop()

    private func receive(_ text: String, signature: String? = nil) async throws -> OrderIntake.Outcome {
        let body = Array(text.utf8)
        let code = Base64.encode(HMAC.sha256(key: Array("hush".utf8), message: body))
        return try await shop.intake.receive(body, signature: signature ?? code)
    }

    private let order = #"{"id":820982911946154508,"email":"Ann@Acme.example","line_items":[{"properties":[]}]}"#

    @Test("defect 41: an order without the shop's signature changes nothing")
    func unsigned() async throws {
        let body = Array(order.utf8)
        let wrong = Base64.encode(HMAC.sha256(key: Array("other".utf8), message: body))
        let elsewhere = Base64.encode(HMAC.sha256(key: Array("hush".utf8), message: body + [0x20]))
        for signature in [nil, "", "!", "YQ==", wrong, elsewhere] {
            let problem = await failure(OrderIntake.Failure.self) {
                try await self.shop.intake.receive(body, signature: signature)
            }
            #expect(problem == .notProven)
        }
        #expect(shop.state.withLock { $0.enrolments.isEmpty && $0.notices.isEmpty })
    }

    @Test("defect 45: an order whose items have no properties enrols who ordered")
    func noProperties() async throws {
        #expect(try await receive(order) == .enrolled)
        let found = shop.state.withLock { $0.enrolments.first }
        let enrolment = try #require(found)
        #expect(enrolment.order == "820982911946154508")
        #expect(enrolment.organizer == (try Samples.address("ann@acme.example")))
        #expect(enrolment.invitesPerEvent == 1_000)
        #expect(enrolment.events == 50)
    }

    @Test("defect 45: a confirmation that fails comes with the shop's next attempt")
    func confirmation() async throws {
        shop.state.withLock { $0.failsToNotify = true }
        await #expect(throws: Shop.QueueDown.self) { try await self.receive(self.order) }
        shop.state.withLock { $0.failsToNotify = false }
        #expect(try await receive(order) == .enrolledBefore)
        #expect(shop.state.withLock(\.notices).map(\.id) == ["enrolled.820982911946154508"])
        #expect(shop.state.withLock { $0.enrolments.count } == 1)
        let found = shop.state.withLock { $0.notices.first }
        let notice = try #require(found)
        #expect(try Notice(json: notice.json) == notice)
    }

    @Test("name the organizer in a property of an item, else the buyer")
    func organizer() throws {
        let cases: [(String, String?)] = [
            (
                #"{"id":1,"email":"a@x.example","line_items":[{"properties":[{"name":"Organizer","value":"b@x.example"}]}]}"#,
                "b@x.example"
            ),
            (
                #"{"id":1,"email":"a@x.example","line_items":[{"properties":[{"name":"organizer","value":"nobody"}]}]}"#,
                "a@x.example"
            ),
            (#"{"id":"1","contact_email":"c@x.example"}"#, "c@x.example"),
            (
                #"{"id":1,"email":"","customer":{"email":"d@x.example"},"line_items":[{"properties":null}]}"#,
                "d@x.example"
            ),
            (#"{"id":1,"line_items":[]}"#, nil), (#"{"id":1,"email":null,"customer":null}"#, nil),
        ]
        for (text, address) in cases {
            #expect((try? ShopOrder(try JSON(parsing: text)))?.organizer.description == address, "\(text)")
        }
        #expect(throws: ShopOrder.Failure.noID) { try ShopOrder(["email": "a@x.example"]) }
    }

    @Test("that are not paid wait, and what cannot be used is told apart")
    func others() async throws {
        #expect(try await receive(#"{"id":1,"email":"a@x.example","financial_status":"pending"}"#) == .notPaid)
        #expect(try await receive(#"{"id":1,"email":"a@x.example","financial_status":"paid"}"#) == .enrolled)
        #expect(await failure(OrderIntake.Failure.self) { try await self.receive("[]") } == .unusable(.noID))
        #expect(
            await failure(OrderIntake.Failure.self) { try await self.receive(#"{"id":1}"#) } == .unusable(.noAddress))
        let broken = await failure(OrderIntake.Failure.self) { try await self.receive("{") }
        guard case .notJSON? = broken else {
            Issue.record("\(String(describing: broken))")
            return
        }
    }

    @Test("never take away what the owner gave before")
    func higherLimits() async throws {
        let ann = try Samples.address("ann@acme.example")
        shop.state.withLock { $0.organizer = Organizer(address: ann, inviteLimit: 5_000, eventLimit: 3) }
        _ = try await receive(order)
        let found = shop.state.withLock { $0.enrolments.first }
        let enrolment = try #require(found)
        #expect(enrolment.invitesPerEvent == 5_000)
        #expect(enrolment.events == 50)
    }
}
