import AWSClients
import InviteService
import MailMessage

/// How many may be invited to an event. Counted before anything is queued; sending counts nothing.
extension MainTable {
    /// Days a reservation is remembered, longer than any queue keeps what might ask for it again.
    private static let reservationDays: Int64 = 30

    /// Counts one invitation that was asked for; false when the limit was reached before. Whoever has a record is
    /// invited already.
    package func reserveInvite(_ event: EventUID, _ address: EmailAddress, limit: Int, now: Int64) async throws -> Bool
    {
        let known = try await dynamoDB.getItem(table: name, key: Key.attendee(event, address), projection: "pk")
        if known != nil { return true }
        let reservation = Reservation(event: event, id: Reservation.id(of: [address]), wanted: 1, limit: limit)
        return try await reserve(reservation, now: now).granted == 1
    }

    /// Counts as many as there is room for, and notes under the reservation's id how many those were.
    package func reserve(_ reservation: Reservation, now: Int64) async throws -> Reservation.Outcome {
        var granted = min(reservation.wanted, max(0, reservation.limit))
        while true {
            switch try await attempt(reservation, granting: granted, now: now) {
            case .settled(let outcome): return outcome
            case .room(let room): granted = min(granted - 1, max(0, room))
            }
        }
    }

    private enum Attempt {
        /// Now or by an attempt before.
        case settled(Reservation.Outcome)
        /// Fewer than were to be granted.
        case room(Int)
    }

    private func attempt(_ reservation: Reservation, granting granted: Int, now: Int64) async throws -> Attempt {
        var mark = Key.reservation(reservation.event, reservation.id)
        mark["granted"] = .int(granted)
        mark["refused"] = .int(reservation.wanted - granted)
        mark["ttl"] = .int(now + Self.reservationDays * 86_400)
        let put = DynamoDB.PutItem(
            table: name, item: mark, condition: "attribute_not_exists(pk)", returnsOldOnFailure: true)
        let count = DynamoDB.UpdateItem(
            table: name, key: Key.inviteCount(reservation.event), update: "ADD reserved :granted",
            condition: "attribute_not_exists(reserved) OR reserved <= :room",
            values: [":granted": .int(granted), ":room": .int(reservation.limit - granted)], returnsOldOnFailure: true)
        do {
            // Where there is no room at all, that is noted and nothing counted.
            try await dynamoDB.transactWrite(granted > 0 ? [.put(put), .update(count)] : [.put(put)])
        } catch let error {
            guard case .transactionCanceled(let reasons) = error.kind else { throw error }
            guard let attempt = try Self.attempt(endedBy: reasons, limit: reservation.limit) else { throw error }
            return attempt
        }
        return .settled(.init(granted: granted, refused: reservation.wanted - granted))
    }

    /// nil for what is neither an earlier attempt nor the limit.
    private static func attempt(endedBy reasons: [DynamoDB.CancellationReason], limit: Int) throws -> Attempt? {
        if let first = reasons.first, first.isConditionFailure, let stored = first.item {
            let earlier = ItemReader(stored, kind: "reservation")
            return .settled(.init(granted: try earlier.int("granted"), refused: try earlier.int("refused")))
        }
        guard reasons.count == 2, reasons[1].isConditionFailure else { return nil }
        return .room(limit - (reasons[1].item?["reserved"]?.int ?? 0))
    }

    /// People counted so far.
    package func readReserved(_ event: EventUID) async throws -> Int {
        let count = try await dynamoDB.getItem(table: name, key: Key.inviteCount(event), consistent: true)
        return count?["reserved"]?.int ?? 0
    }

    /// Which of at most 100 people have a record, and count no more.
    package func readInvited(_ event: EventUID, _ people: [EmailAddress]) async throws -> Set<EmailAddress> {
        let items = try await dynamoDB.batchGet(
            table: name, keys: people.map { Key.attendee(event, $0) }, projection: "sk")
        return Set(items.compactMap(Key.attendeeAddress))
    }
}
