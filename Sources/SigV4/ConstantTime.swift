import CCrypto

/// Comparison for values an attacker may guess at, such as message authentication codes and key hashes.
package enum ConstantTime {
    /// Whether both are equal, in a time that depends on their length only.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.isEmpty || CRYPTO_memcmp(left, right, left.count) == 0
    }
}
