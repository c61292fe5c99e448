/// Punycode (RFC 3492), with the parameters of section 5.
enum Punycode {
    private static let base = 36
    private static let minimumThreshold = 1
    private static let maximumThreshold = 26
    private static let skew = 38
    private static let damp = 700
    private static let initialBias = 72
    private static let initialCode = 0x80
    // A DNS label has 63 octets, so no honest input comes near; the bound keeps the arithmetic from overflowing.
    private static let maximumLength = 256

    /// The ASCII form without its `xn--`, or nil when the label is too long to be one.
    static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
        guard scalars.count <= maximumLength else { return nil }
        var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var code = initialCode
        var delta = 0
        var bias = initialBias
        var handled = basicCount
        while handled < scalars.count {
            guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= code }).min() else { return nil }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if Int(scalar.value) < code { delta += 1 }
                guard Int(scalar.value) == code else { continue }
                var remainder = delta
                var position = base
                while true {
                    let threshold = threshold(position, bias: bias)
                    if remainder < threshold { break }
                    output.append(digit(threshold + (remainder - threshold) % (base - threshold)))
                    remainder = (remainder - threshold) / (base - threshold)
                    position += base
                }
                output.append(digit(remainder))
                bias = adapt(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    /// The scalars behind an ASCII form without its `xn--`, or nil when it is not one.
    static func decode(_ bytes: [UInt8]) -> [Unicode.Scalar]? {
        guard bytes.count <= maximumLength, !bytes.isEmpty, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let delimiter = bytes.lastIndex(of: UInt8(ascii: "-"))
        var output = bytes[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
        var index = delimiter.map { $0 + 1 } ?? 0
        var code = initialCode
        var offset = 0
        var bias = initialBias
        while index < bytes.count {
            let old = offset
            var weight = 1
            var position = base
            while true {
                guard index < bytes.count, let value = value(bytes[index]) else { return nil }
                index += 1
                offset += value * weight
                let threshold = threshold(position, bias: bias)
                if value < threshold { break }
                weight *= base - threshold
                // Far above any code point there is, far below what an Int holds.
                guard weight < 1 << 40, offset < 1 << 40 else { return nil }
                position += base
            }
            let count = output.count + 1
            bias = adapt(offset - old, count: count, isFirst: old == 0)
            code += offset / count
            offset %= count
            guard let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value), value >= 0x80
            else { return nil }
            output.insert(scalar, at: offset)
            offset += 1
        }
        return output
    }

    private static func threshold(_ position: Int, bias: Int) -> Int {
        min(max(position - bias, minimumThreshold), maximumThreshold)
    }

    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var steps = 0
        while delta > (base - minimumThreshold) * maximumThreshold / 2 {
            delta /= base - minimumThreshold
            steps += base
        }
        return steps + (base - minimumThreshold + 1) * delta / (delta + skew)
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
    }

    private static func value(_ byte: UInt8) -> Int? {
        if byte.isLetter { return Int(byte.lowercased) - 0x61 }
        return byte.isDigit ? Int(byte) - 0x30 + 26 : nil
    }
}
