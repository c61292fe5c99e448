import CCrypto

/// Keyed hashing (RFC 2104).
package enum HMAC {
    /// HMAC-SHA-256 of the message under the key: 32 bytes.
    package static func sha256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        key.withUnsafeBufferPointer { key in
            message.withUnsafeBufferPointer { message in
                [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { code, count in
                    var written: UInt32 = 0
                    CCrypto.HMAC(
                        EVP_sha256(), key.baseAddress, Int32(clamping: key.count), message.baseAddress, message.count,
                        code.baseAddress, &written)
                    count = Int(written)
                }
            }
        }
    }

    package static func sha256(key: [UInt8], message: String) -> [UInt8] {
        sha256(key: key, message: Array(message.utf8))
    }
}
