@_spi(_Unicode) import Swift

/// Unicode Normalization Form C (UAX #15).
///
/// The standard library has it for comparing strings, but behind an SPI; this file is the only one that knows.
/// Without it `müller.example` typed with a combining mark would become another domain and another database key.
enum NormalForm {
    static func composed(_ text: String) -> String {
        if LocalPart.isASCII(text.utf8) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text._nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
