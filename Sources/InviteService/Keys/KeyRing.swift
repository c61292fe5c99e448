/// The keys of one holder: an organizer, or the domain's owner.
struct KeyRing: Sendable {
    let list: @Sendable (APIKey.Scope) async throws -> [StoredKey]
    let write: @Sendable (StoredKey) async throws -> Void
    let delete: @Sendable (StoredKey) async throws -> Void
    let now: @Sendable () -> Int64

    /// Keys a holder may have. Two that are made at the same moment may go one beyond it.
    static let limit = 50

    /// Makes a key, whose text is known to nobody but the caller afterwards.
    func create(for holder: APIKey.Scope, name: String?) async throws -> NewKey {
        guard try await list(holder).count < Self.limit else { throw KeyRingFailure.tooManyKeys(limit: Self.limit) }
        let text = APIKey.generate()
        let stored = StoredKey(
            hash: APIKey.hash(of: text), key: APIKey(scope: holder, name: name, created: now()))
        try await write(stored)
        return NewKey(text: text, stored: stored)
    }

    /// The newest first.
    func keys(of holder: APIKey.Scope) async throws -> [StoredKey] {
        try await list(holder).sorted { ($1.key.created, $0.hash) < ($0.key.created, $1.hash) }
    }

    func revoke(_ id: String, of holder: APIKey.Scope) async throws {
        guard let stored = try await list(holder).first(where: { $0.id == id }) else {
            throw KeyRingFailure.unknownID
        }
        try await delete(stored)
    }
}

package struct NewKey: Sendable, Equatable {
    /// The key itself.
    package var text: String
    package var stored: StoredKey
}

package enum KeyRingFailure: Error, Sendable, Equatable {
    case tooManyKeys(limit: Int)
    /// The holder has no key of this id.
    case unknownID
}
