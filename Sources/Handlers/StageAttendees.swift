import InviteService
import JSON
import LambdaRuntime
import Store

/// Stage queue: all who have a changed or cancelled event become chunks in the update queue.
package struct StageAttendees: Sendable {
    private let staging: AttendeeStaging

    package init(staging: AttendeeStaging) { self.staging = staging }

    package static func live(_ environment: Environment) throws -> StageAttendees {
        StageAttendees(staging: AttendeeStaging(ports: try .live(environment)))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            let job = try StageJob(json: message)
            let outcome = try await staging.run(job, deadline: context.deadline)
            LambdaLog.write(
                .info, "attendees staged",
                [
                    "event": .string(job.event.description), "revision": .int(job.revision),
                    "outcome": .string(String(describing: outcome)),
                ])
        }
    }
}
