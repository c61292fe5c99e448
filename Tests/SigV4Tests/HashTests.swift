import SigV4
import Testing

@Suite("Hashes")
struct HashTests {
    @Test("SHA-256 gives the published digests")
    func sha256() {
        #expect(SHA256.hex([]) == SHA256.hexOfEmpty)
        #expect(
            SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("HMAC-SHA-256 gives the digests of RFC 4231, also for a key longer than a block")
    func hmac() {
        #expect(
            Hexadecimal.encode(HMAC.sha256(key: [UInt8](repeating: 0x0B, count: 20), message: "Hi There"))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            Hexadecimal.encode(
                HMAC.sha256(
                    key: [UInt8](repeating: 0xAA, count: 131),
                    message: "Test Using Larger Than Block-Size Key - Hash Key First"))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(
            Hexadecimal.encode(HMAC.sha256(key: [], message: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("codes are equal only when every byte is")
    func constantTime() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2, 4]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2]))
        #expect(!ConstantTime.equal([], [0]))
    }
}
