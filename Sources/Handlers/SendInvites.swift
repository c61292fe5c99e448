import InviteService
import JSON
import LambdaRuntime
import Store

/// Send queue: one invitation for each recipient of a chunk.
package struct SendInvites: Sendable {
    private let sending: InvitationSending

    package init(sending: InvitationSending) { self.sending = sending }

    package static func live(_ environment: Environment) async throws -> SendInvites {
        SendInvites(
            sending: InvitationSending(
                ports: try .live(environment),
                policy: InvitationSending.Policy(lease: Int64(try environment.number("LEASE_SECONDS"))),
                addresses: try environment.addresses(), secret: try await environment.secret()))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            let job = try SendJob(json: message)
            let outcome = try await sending.run(job, deadline: context.deadline)
            LambdaLog.write(
                .info, "chunk",
                [
                    "campaign": .string(job.campaign), "chunk": .int(job.chunk),
                    "outcome": .string(String(describing: outcome)),
                ])
        }
    }
}
