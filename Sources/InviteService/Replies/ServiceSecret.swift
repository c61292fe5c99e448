import JSON
import SigV4

/// The secret that event UIDs and tokens are made with, as Secrets Manager keeps it:
/// `{"current":"a","uid":"a","a":"<random>","b":…}`.
///
/// `current` names the key that new tokens are made with; older keys stay, so that tokens in mails already sent go on
/// working after a rotation. `uid` names the key of event UIDs and never changes.
package struct ServiceSecret: Sendable {
    package enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case unusable(String)

        package var description: String {
            switch self {
            case .unusable(let what): "the secret is not usable: \(what)"
            }
        }
    }

    private let keys: [UInt8: [UInt8]]
    let currentKeyID: UInt8
    package let eventUIDKey: [UInt8]

    package init(parsing text: String) throws(Failure) {
        guard let json = try? JSON(parsing: text), let object = json.object else {
            throw .unusable("not a JSON object")
        }
        var keys: [UInt8: [UInt8]] = [:]
        for member in object where member.name.utf8.count == 1 {
            guard let id = member.name.utf8.first, Base32.isDigit(id) else {
                throw .unusable("key id \(member.name) is not one of a-z, 2-7")
            }
            guard let value = member.value.string, value.utf8.count >= 32 else {
                throw .unusable("key \(member.name) has fewer than 32 characters")
            }
            keys[id] = Array(value.utf8)
        }
        func key(named role: String) throws(Failure) -> (UInt8, [UInt8]) {
            guard let id = json[role]?.string?.utf8.first, let key = keys[id] else {
                throw .unusable("\"\(role)\" names no key")
            }
            return (id, key)
        }
        self.keys = keys
        currentKeyID = try key(named: "current").0
        // A separate key for each use, derived from the stored one.
        eventUIDKey = HMAC.sha256(key: try key(named: "uid").1, message: "event-uid")
    }

    /// The key for reply tokens that carry this key id; nil when no such key exists.
    func replyTokenKey(id: UInt8) -> [UInt8]? {
        keys[id].map { HMAC.sha256(key: $0, message: "reply-token") }
    }

    /// The key for links to public pages; nil when no such key exists.
    func pageKey(id: UInt8) -> [UInt8]? {
        keys[id].map { HMAC.sha256(key: $0, message: "page-link") }
    }
}
