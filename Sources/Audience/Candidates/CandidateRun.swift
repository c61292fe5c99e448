import MailMessage

/// Candidates of a list on their way through S3, set apart by a hash of their addresses.
///
/// De-duplicating a list of any length in bounded memory rests on this: all rows with one address fall into the same
/// partition, and a partition is small. While the list is read, its candidates are collected by partition; whenever
/// they have grown to the size of a run, they are stored together, partition after partition behind an index. When the
/// list has been read, each partition is put together from its stretches of all runs, in the order of the list, and a
/// set of its addresses, compared whole, says which came before. So no hash decides what is a duplicate, and memory
/// holds one run while reading, and the distinct addresses of one partition afterwards.
package struct CandidateRun {
    /// Bytes of compressed list behind one partition: some ten thousand people.
    package static let partitionSize = 1 << 20
    package static let maximumPartitions = 1024

    /// How many partitions a list of that many bytes gets.
    package static func partitions(forBytes size: Int) -> Int {
        min(max((size + partitionSize - 1) / partitionSize, 1), maximumPartitions)
    }

    private var stretches: [[UInt8]]
    /// Bytes collected.
    package private(set) var size = 0

    package init(partitions: Int) { stretches = Array(repeating: [], count: partitions) }

    package var isEmpty: Bool { size == 0 }

    package mutating func add(_ recipient: Recipient) {
        let partition = Self.partition(of: recipient.address, among: stretches.count)
        let before = stretches[partition].count
        // Neither an address nor a name read from a list holds a control character.
        stretches[partition].append(contentsOf: recipient.address.description.utf8)
        if let name = recipient.name {
            stretches[partition].append(UInt8(ascii: "\t"))
            stretches[partition].append(contentsOf: name.utf8)
        }
        stretches[partition].append(UInt8(ascii: "\n"))
        size += stretches[partition].count - before
    }

    /// The run as it is stored: where each partition ends, in 8 bytes each, then the partitions. Empties the collection.
    package mutating func take() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.indexSize(partitions: stretches.count) + size)
        var end = Self.indexSize(partitions: stretches.count)
        for stretch in stretches {
            end += stretch.count
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: end >> shift)) }
        }
        for partition in stretches.indices {
            bytes.append(contentsOf: stretches[partition])
            stretches[partition] = []
        }
        size = 0
        return bytes
    }

    package static func indexSize(partitions: Int) -> Int { 8 * partitions }

    /// Where the partitions lie in a stored run.
    ///
    /// - Parameter index: the run's first `indexSize` bytes.
    package static func ranges(index: [UInt8]) -> [Range<Int>] {
        var start = index.count
        return stride(from: 0, to: index.count - 7, by: 8).map { place in
            let end = index[place..<(place + 8)].reduce(0) { $0 << 8 | Int($1) }
            defer { start = max(start, end) }
            return start..<max(start, end)
        }
    }

    /// The candidates of a partition's stretch, in the order in which they were added.
    package static func decode(_ stretch: [UInt8], into candidate: (Recipient) -> Void) {
        for line in stretch.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            guard let address = EmailAddress(String(decoding: parts[0], as: UTF8.self)) else { continue }
            candidate(
                Recipient(
                    address: address, name: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil))
        }
    }

    /// FNV-1a over the normalised address, its halves folded together.
    static func partition(of address: EmailAddress, among count: Int) -> Int {
        let hash = address.normalized.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return Int((hash ^ hash >> 32) % UInt64(count))
    }
}
