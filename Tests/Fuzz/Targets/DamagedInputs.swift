/// Inputs made of known ones by damaging them: the same ones in every run, which is what an ordinary test can promise and
/// libFuzzer, however seeded, cannot.
package struct DamagedInputs: Sequence, IteratorProtocol {
    private let seeds: [[UInt8]]
    /// What the format is made of.
    private let words: [[UInt8]]
    private var state: UInt64

    /// - Parameter seeds: at least one.
    package init(seeds: [[UInt8]], words: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        self.words =
            words + ["", "0", "-1", "999999999999999999999", "\u{FEFF}", "\r\n ", "\u{0}"].map { Array($0.utf8) }
        state = seed
    }

    package mutating func next() -> [UInt8]? {
        var input = one(of: seeds)
        for _ in 0...number(below: 6) { damage(&input) }
        return input
    }

    private mutating func damage(_ input: inout [UInt8]) {
        let place = number(below: input.count + 1)
        let end = Swift.min(input.count, place + number(below: 40))
        switch number(below: 6) {
        case 0: if place < input.count { input[place] = UInt8(number(below: 256)) }
        case 1: input.removeSubrange(place..<end)
        case 2: input.insert(contentsOf: input[place..<end], at: place)
        case 3: input.replaceSubrange(place..<end, with: one(of: words))
        case 4: input.insert(contentsOf: one(of: words), at: place)
        default:
            let other = one(of: seeds)
            let from = number(below: other.count + 1)
            input.replaceSubrange(place..., with: other[from...])
        }
    }

    private mutating func one(of list: [[UInt8]]) -> [UInt8] { list[number(below: list.count)] }

    /// SplitMix64.
    private mutating func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        return Int(value % UInt64(limit))
    }
}
