/// Finds out whose key a call comes with, and notes that the key was used.
struct KeyCheck: Sendable {
    let read: @Sendable (_ hash: String) async throws -> APIKey?
    let recordUse: @Sendable (_ hash: String, _ now: Int64) async throws -> Void
    let now: @Sendable () -> Int64

    /// Seconds between two notes of one key's use.
    private static let interval: Int64 = 3600

    func holder(of text: String?) async throws -> APIKey {
        guard let text, !text.isEmpty else { throw KeyRefusal.missingKey }
        let hash = APIKey.hash(of: text)
        guard let key = try await read(hash) else { throw KeyRefusal.unknownKey }
        let now = now()
        if key.lastUsed.map({ $0 <= now - Self.interval }) ?? true { try await recordUse(hash, now) }
        return key
    }
}

/// Why a call was turned away before anything was looked at.
package enum KeyRefusal: Error, Sendable, Equatable {
    case missingKey
    case unknownKey
}
