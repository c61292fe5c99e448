import SigV4
import Testing

@Suite("Signing date")
struct SigningDateTests {
    @Test(
        "the moment is written in UTC, leap days included",
        arguments: [
            (0, "19700101T000000Z"), (-1, "19691231T235959Z"), (951_782_399, "20000228T235959Z"),
            (951_782_400, "20000229T000000Z"), (1_440_938_160, "20150830T123600Z"), (1_709_251_199, "20240229T235959Z"),
            (1_709_251_200, "20240301T000000Z"), (4_107_542_399, "21000228T235959Z"),
            (4_107_542_400, "21000301T000000Z"),
        ])
    func timestamp(seconds: Int, expected: String) {
        let date = SigningDate(epochSeconds: seconds)
        #expect(date.timestamp == expected)
        #expect(date.day == String(expected.prefix(8)))
    }
}
