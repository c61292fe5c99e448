extension String {
    /// The longest prefix of at most that many bytes that ends between characters.
    func cut(toUTF8 limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var text = ""
        var size = 0
        for character in self {
            size += character.utf8.count
            guard size <= limit else { break }
            text.append(character)
        }
        return text
    }
}
