/// Base64 with padding and without line ends (RFC 4648 section 4).
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { output in
            alphabet.withUnsafeBufferPointer { letters in
                bytes.withUnsafeBufferPointer { write($0, to: output, letters: letters) }
            }
        }
    }

    private static func write(
        _ input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>,
        letters: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var read = 0
        var written = 0
        while read < input.count {
            let present = min(3, input.count - read)
            let group =
                UInt32(input[read]) << 16 | UInt32(present > 1 ? input[read + 1] : 0) << 8
                | UInt32(present > 2 ? input[read + 2] : 0)
            output[written] = letters[Int(group >> 18)]
            output[written + 1] = letters[Int(group >> 12 & 63)]
            output[written + 2] = present > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "=")
            output[written + 3] = present > 2 ? letters[Int(group & 63)] : UInt8(ascii: "=")
            read += 3
            written += 4
        }
        return written
    }

    /// Nil for anything that is not whole groups of the alphabet, padded at the end only.
    package static func decode(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return nil }
        let padding = letters.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        var output: [UInt8] = []
        output.reserveCapacity(letters.count / 4 * 3)
        var group: UInt32 = 0
        for (index, letter) in letters.dropLast(padding).enumerated() {
            let value = values[Int(letter)]
            guard value != 0xFF else { return nil }
            group = group << 6 | UInt32(value)
            if index % 4 == 3 {
                output.append(UInt8(truncatingIfNeeded: group >> 16))
                output.append(UInt8(truncatingIfNeeded: group >> 8))
                output.append(UInt8(truncatingIfNeeded: group))
                group = 0
            }
        }
        if padding == 1 {
            output.append(UInt8(truncatingIfNeeded: group >> 10))
            output.append(UInt8(truncatingIfNeeded: group >> 2))
        } else if padding == 2 {
            output.append(UInt8(truncatingIfNeeded: group >> 4))
        }
        return output
    }
}
