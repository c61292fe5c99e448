/// Turns a mail's own identifier into the seed of its MIME boundaries, so that the same mail has the same bytes.
enum BoundarySeed {
    /// FNV-1a, 64 bits.
    static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
