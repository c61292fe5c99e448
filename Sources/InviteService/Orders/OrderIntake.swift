import JSON
import MailMessage
import SigV4

/// Takes an order from the shop: the organizer gets the limits of a subscriber, and a mail that says so.
package struct OrderIntake: Sendable {
    package struct Ports: Sendable {
        /// The key that the shop signs its webhooks with.
        package var readSecret: @Sendable () async throws -> String
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        /// False when the order was taken before.
        package var enrol: @Sendable (Enrolment) async throws -> Bool
        package var notify: @Sendable (Notice) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readSecret: @escaping @Sendable () async throws -> String,
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            enrol: @escaping @Sendable (Enrolment) async throws -> Bool,
            notify: @escaping @Sendable (Notice) async throws -> Void, now: @escaping @Sendable () -> Int64
        ) {
            self.readSecret = readSecret
            self.readOrganizer = readOrganizer
            self.enrol = enrol
            self.notify = notify
            self.now = now
        }
    }

    /// What a subscriber may do.
    package struct Subscription: Sendable, Equatable {
        package var invitesPerEvent: Int
        package var events: Int

        package init(invitesPerEvent: Int, events: Int) {
            self.invitesPerEvent = invitesPerEvent
            self.events = events
        }
    }

    package enum Outcome: String, Sendable {
        case enrolled
        case enrolledBefore = "enrolled_before"
        /// Shopify sends another webhook once it is paid.
        case notPaid = "not_paid"
    }

    package enum Failure: Error, Sendable, Equatable {
        /// Not signed, or not by the shop.
        case notProven
        case notJSON(String)
        case unusable(ShopOrder.Failure)
    }

    private let ports: Ports
    private let subscription: Subscription

    package init(ports: Ports, subscription: Subscription) {
        self.ports = ports
        self.subscription = subscription
    }

    /// - Parameters:
    ///   - body: byte for byte as it came: the signature is over it.
    ///   - signature: the header X-Shopify-Hmac-Sha256.
    package func receive(_ body: [UInt8], signature: String?) async throws -> Outcome {
        let secret = try await ports.readSecret()
        guard !secret.isEmpty, let signature, let given = Base64.decode(signature),
            ConstantTime.equal(given, HMAC.sha256(key: Array(secret.utf8), message: body))
        else { throw Failure.notProven }
        let order: ShopOrder
        do {
            order = try ShopOrder(try JSON(parsing: body))
        } catch let failure as ShopOrder.Failure {
            throw Failure.unusable(failure)
        } catch {
            throw Failure.notJSON(String(describing: error))
        }
        guard order.isPaid else { return .notPaid }
        let known = try await ports.readOrganizer(order.organizer)
        let isNew = try await ports.enrol(
            Enrolment(
                order: order.id, organizer: order.organizer,
                // What the owner gave before is never taken away.
                invitesPerEvent: max(known?.inviteLimit ?? 0, subscription.invitesPerEvent),
                events: max(known?.eventLimit ?? 0, subscription.events), time: ports.now()))
        // Also when it was taken before, for the case that it broke off here; the notice is sent once.
        try await ports.notify(
            Notice(kind: .enrolled, organizer: order.organizer, message: order.id, subject: nil, inReplyTo: nil))
        return isNew ? .enrolled : .enrolledBefore
    }
}

/// What an order changes.
package struct Enrolment: Sendable, Equatable {
    package var order: String
    package var organizer: EmailAddress
    package var invitesPerEvent: Int
    package var events: Int
    /// Epoch seconds.
    package var time: Int64
}
