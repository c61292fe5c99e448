import InviteService
import JSON
import LambdaRuntime
import Store

/// Notice queue: tells organizers by mail what became of theirs.
package struct NotifyOrganizer: Sendable {
    private let notification: OrganizerNotification

    package init(notification: OrganizerNotification) { self.notification = notification }

    package static func live(_ environment: Environment) throws -> NotifyOrganizer {
        NotifyOrganizer(
            notification: OrganizerNotification(
                ports: try .live(environment), addresses: try environment.addresses(),
                publicURL: try environment.required("PUBLIC_URL"), branding: environment.branding()))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            let notice = try Notice(json: message)
            let outcome = try await notification.run(notice)
            LambdaLog.write(
                .info, "notice", ["id": .string(notice.id), "outcome": .string(String(describing: outcome))])
        }
    }
}
