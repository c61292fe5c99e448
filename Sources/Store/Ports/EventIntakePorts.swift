import AWSClients
import InviteService

extension EventIntake.Ports {
    package static func live(_ environment: Environment) throws -> EventIntake.Ports {
        let bucket = try environment.bucket()
        let queues = Queues(sqs: environment.clients.sqs)
        let noticeQueue = try environment.required("NOTICE_QUEUE_URL")
        let prefix = try environment.required("MAIL_PREFIX")
        return EventIntake.Ports(
            readMail: { try await bucket.readMail($0, prefix: prefix) },
            recording: try environment.recordingPorts(),
            notify: { try await queues.send($0.json, to: noticeQueue) })
    }
}
