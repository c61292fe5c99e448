import AWSClients
import InviteService

extension InvitationSending.Ports {
    package static func live(_ environment: Environment) throws -> InvitationSending.Ports {
        let table = try environment.mainTable()
        let bucket = try environment.bucket()
        let calendars = CalendarCache(bucket)
        let queues = Queues(sqs: environment.clients.sqs)
        let sendQueue = try environment.required("SEND_QUEUE_URL")
        let priorityQueue = try environment.required("PRIORITY_QUEUE_URL")
        let updateQueue = try environment.required("UPDATE_QUEUE_URL")
        let mail = environment.mailSender(isPaced: true)
        let rate = SendRate(ses: environment.clients.ses, workers: try environment.number("SEND_WORKERS"))
        return InvitationSending.Ports(
            readEvent: { try await table.readEvent($0) },
            readCalendar: { try await calendars.read($0) },
            readHeads: { try await table.readHeads($0, campaign: $1) },
            readChunk: { try await bucket.readChunk($0, $1) },
            readPersons: { try await table.readPersons($0) },
            readStandings: { try await table.readStandings($0, $1) },
            readDateAnswers: { try await table.readInstanceAnswers($0, $1, instances: $2) },
            claim: { try await table.claim($0) },
            forgetAnswer: { try await table.forgetAnswer($0, $1) },
            send: { invitation in
                let limit = AWSDeadline.current.map { $0 - .seconds(1) }
                let result = try await AWSDeadline.$current.withValue(limit) { try await mail.send(invitation) }
                if result == .throttled { await rate.slowDown() }
                return result
            },
            recordSent: { try await table.recordSent($0, messageID: $1, at: $2) },
            recordFailed: { try await table.recordFailed($0, reason: $1) },
            release: { try await table.release($0, $1) },
            pause: { _ = try await table.pauseCampaign($0, reason: $1) },
            enqueue: { job, delay in
                // What was taken from ahead of the campaigns goes back there.
                let queue =
                    switch job.work {
                    case .chunk: sendQueue
                    case .recipients: priorityQueue
                    case .attendees: updateQueue
                    }
                try await queues.send(job.json, to: queue, delay: delay)
            },
            markDone: { try await table.markDone($0) },
            waitForTurn: { try await rate.waitForTurn(latest: $0) },
            now: Environment.now)
    }
}
