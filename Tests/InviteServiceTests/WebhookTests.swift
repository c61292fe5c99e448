import InviteService
import JSON
import MailMessage
import Synchronization
import Testing

@Suite("Webhooks")
struct WebhookTests {
    private final class Log: Sendable {
        let requests = Mutex<[WebhookRequest]>([])
        let retries = Mutex<[(WebhookDelivery, Duration)]>([])
        let kept = Mutex<[FailedDelivery]>([])
    }

    private let log = Log()
    private let delivery = WebhookDelivery(webhook: "w1", holder: .owner, id: "w1-7", events: [["id": "7"]])

    private func sending(
        addresses: [[UInt8]] = [[93, 184, 216, 34]], status: Int? = 200, isThere: Bool = true, loopback: Bool = false
    ) throws -> WebhookSending {
        let log = log
        let hook = Webhook(
            id: "w1", holder: .owner, url: try WebhookURL(parsing: "https://hooks.example.com/x"), kinds: [],
            secret: try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), created: 0)
        return WebhookSending(
            ports: .init(
                readWebhook: { _, _ in isThere ? hook : nil },
                resolve: { _ in addresses.compactMap { IPAddress(bytes: $0) } },
                post: { request in
                    log.requests.withLock { $0.append(request) }
                    return status
                },
                retry: { delivery, pause in log.retries.withLock { $0.append((delivery, pause)) } },
                keep: { failed in log.kept.withLock { $0.append(failed) } }, now: { 1_614_265_330 }),
            allowsLoopback: loopback)
    }

    @Test("sign id, time and body as Standard Webhooks does")
    func signature() throws {
        // The example of the standard's documentation.
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        #expect(
            secret.signature(
                id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8)
            )
                == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSecret(WebhookSecret.generate().text) != nil)
        #expect(WebhookSecret.generate() != WebhookSecret.generate())
        for text in ["", "whsec_", "whsec_YQ==", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!"] {
            #expect(WebhookSecret(text) == nil)
        }
    }

    @Test("deliver to the address that was checked")
    func delivered() async throws {
        #expect(try await sending().run(delivery) == .delivered)
        let found = log.requests.withLock { $0.first }
        let request = try #require(found)
        #expect(request.address.text == "93.184.216.34")
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"id":"w1-7","events":[{"id":"7"}]}"#)
        #expect(request.signature.hasPrefix("v1,"))
        #expect(try await sending(isThere: false).run(delivery) == .dropped)
    }

    @Test("are never posted into a private network, whatever the name stands for")
    func privateAddresses() async throws {
        let inside: [[UInt8]] = [10, 172, 192, 169].map {
            switch $0 {
            case 10: [10, 1, 2, 3]
            case 172: [172, 31, 0, 1]
            case 192: [192, 168, 1, 1]
            default: [169, 254, 169, 254]
            }
        }
        for address in inside + [[127, 0, 0, 1]] {
            let outcome = try await sending(addresses: [[93, 184, 216, 34], address]).run(delivery)
            #expect(outcome == .kept(cause: "its host name leads into a private network"))
        }
        #expect(log.requests.withLock { $0.isEmpty })
        #expect(try await sending(addresses: [[127, 0, 0, 1]], loopback: true).run(delivery) == .delivered)
        let metadata = try await sending(addresses: [[169, 254, 169, 254]], loopback: true).run(delivery)
        #expect(metadata == .kept(cause: "its host name leads into a private network"))
    }

    @Test("are tried again with growing pauses, and kept in the end")
    func retries() async throws {
        var delivery = delivery
        var pauses: [Int64] = []
        for _ in 0..<100 {
            let outcome = try await sending(status: 503).run(delivery)
            if case .kept(let cause) = outcome {
                #expect(cause == "it answered 503")
                break
            }
            let found = log.retries.withLock { $0.last }
            let (again, pause) = try #require(found)
            delivery = again
            pauses.append(pause.components.seconds)
        }
        #expect(pauses == pauses.sorted())
        #expect(pauses.first == 5 && pauses.last == 900)
        #expect(pauses.reduce(0, +) > 8 * 3600)
        #expect(log.kept.withLock(\.first)?.delivery.events == [["id": "7"]])
        #expect(try await sending(status: nil).run(self.delivery) == .retried(cause: "no answer"))
        #expect(try await sending(addresses: []).run(self.delivery) == .retried(cause: "its host name has no address"))
        #expect(try await sending(status: 410).run(self.delivery) == .kept(cause: "it answered 410 Gone"))
        #expect(try await sending(status: 302).run(self.delivery) == .retried(cause: "it answered 302"))
        #expect(try WebhookDelivery(json: delivery.json) == delivery)
    }

    @Test(
        "are registered with usable addresses only",
        arguments: [
            ("https://example.com/hook?x=1", "example.com", 443), ("https://Example.COM:8443", "example.com", 8443),
            ("https://[2606:4700::1]/x", "2606:4700::1", 443), ("https://192.0.2.1/", "192.0.2.1", 443),
        ])
    func urls(text: String, host: String, port: Int) throws {
        let url = try WebhookURL(parsing: text)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.description == text)
    }

    @Test(
        "refuse other addresses",
        arguments: [
            "", "http://example.com/", "ftp://example.com", "https://", "https:///x", "https://user@example.com/",
            "https://example.com:0/", "https://example.com:x/", "https://exa mple.com/", "https://example.com/#a",
            "https://example.com\\@evil.example/", "https://[::1", "https://ex_ample.com/", "https://é.example/",
        ])
    func unusable(text: String) {
        #expect(throws: WebhookURL.Failure.self) { try WebhookURL(parsing: text) }
    }

    @Test(
        "know public addresses from others",
        arguments: [
            ([8, 8, 8, 8], true), ([100, 63, 0, 1], true), ([100, 64, 0, 1], false), ([0, 0, 0, 0], false),
            ([198, 18, 0, 1], false), ([224, 0, 0, 1], false), ([255, 255, 255, 255], false), ([172, 15, 0, 1], true),
            ([0x26, 0x06, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], true),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1], false),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 8, 8, 8, 8], true),
            ([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0x20, 0x02, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1], false),
            ([0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
        ] as [([UInt8], Bool)])
    func addresses(bytes: [UInt8], isPublic: Bool) throws {
        #expect(try #require(IPAddress(bytes: bytes)).isPublic == isPublic)
    }
}
