import SigV4

/// A link to an invitation that acts as soon as it is followed, for buttons in mails: its signature covers event, origin
/// and landing page, so that only what its maker chose can happen. The address is filled in by whoever sends the mail.
package enum InviteLink {
    package static func signature(
        event: EventUID, origin: String, landing: String, secret: ServiceSecret
    ) -> String {
        let id = secret.currentKeyID
        guard let mac = mac(event, origin, landing, secret.pageKey(id: id)) else { return "" }
        return String(decoding: [id] + mac, as: UTF8.self)
    }

    package static func isValid(
        _ signature: String, event: EventUID, origin: String, landing: String, secret: ServiceSecret
    ) -> Bool {
        guard let id = signature.utf8.first, let mac = mac(event, origin, landing, secret.pageKey(id: id)) else {
            return false
        }
        return ConstantTime.equal(Array(signature.utf8.dropFirst()), mac)
    }

    private static func mac(_ event: EventUID, _ origin: String, _ landing: String, _ key: [UInt8]?) -> [UInt8]? {
        guard let key else { return nil }
        let message = "invite\0\(event)\0\(origin)\0\(landing)"
        return Base32.encode(Array(HMAC.sha256(key: key, message: message).prefix(20)))
    }
}
