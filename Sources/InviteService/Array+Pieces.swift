extension Array {
    /// The elements in their order, in arrays of the given size, at least 1; the last may be shorter.
    func pieces(of size: Int) -> [[Element]] {
        if count <= size { return isEmpty ? [] : [self] }
        return stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
