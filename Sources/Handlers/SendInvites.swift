import InviteService
import JSON
import LambdaRuntime
import Store

/// Send queues: one invitation for each recipient of a chunk, and for those who asked for one.
package struct SendInvites: Sendable {
    private let sending: InvitationSending

    package init(sending: InvitationSending) { self.sending = sending }

    package static func live(_ environment: Environment) async throws -> SendInvites {
        SendInvites(
            sending: InvitationSending(
                ports: try .live(environment),
                policy: InvitationSending.Policy(lease: Int64(try environment.number("LEASE_SECONDS"))),
                addresses: try environment.addresses(), links: try environment.links(),
                secret: try await environment.secret()))
    }

    package func handle(_ event: JSON, _ context: LambdaContext) async throws -> JSON {
        try await QueueBatch.process(event) { message in
            let job = try SendJob(json: message)
            let outcome = try await sending.run(job, deadline: context.deadline)
            var fields: JSONObject = ["outcome": .string(String(describing: outcome))]
            if case .chunk(let campaign, let number) = job.work {
                fields["campaign"] = .string(campaign)
                fields["chunk"] = .int(number)
            }
            LambdaLog.write(.info, "invitations", fields)
        }
    }
}
