import CCrypto

/// SHA-256 (FIPS 180-4), one call over the whole message.
package enum SHA256 {
    package static let byteCount = 32

    /// The hash of no bytes at all, in hexadecimal: what a request without a body is signed with.
    package static let hexOfEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// The 32 bytes of the hash.
    package static func hash(_ message: [UInt8]) -> [UInt8] {
        message.withUnsafeBufferPointer { message in
            [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
                CCrypto.SHA256(message.baseAddress, message.count, digest.baseAddress)
                count = byteCount
            }
        }
    }

    /// The hash as 64 lowercase hexadecimal digits.
    package static func hex(_ message: [UInt8]) -> String { Hexadecimal.encode(hash(message)) }
}
