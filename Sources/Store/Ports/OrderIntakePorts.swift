import AWSClients
import InviteService

extension OrderIntake.Ports {
    package static func live(_ environment: Environment) throws -> OrderIntake.Ports {
        let table = try environment.mainTable()
        let queues = Queues(sqs: environment.clients.sqs)
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        let secrets = environment.clients.secretsManager
        let secret = try environment.required("ORDER_SECRET_ID")
        return OrderIntake.Ports(
            // Orders are few: a key that was just put in works at once.
            readSecret: { try await secrets.getSecretValue(id: secret) },
            readOrganizer: { try await table.readOrganizer($0) },
            enrol: { try await table.enrol($0) },
            notify: { try await queues.send($0.json, to: noticeQueue) },
            now: Environment.now)
    }
}
