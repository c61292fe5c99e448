/// How services differ in what they sign.
package struct SigningOptions: Sendable, Hashable {
    /// Removes `.`, `..` and empty segments from the path before it is signed.
    package var normalizesPath: Bool
    /// Percent-encodes the path once more than it is sent.
    package var doubleEncodesPath: Bool
    /// Sends and signs `x-amz-content-sha256`.
    package var sendsContentHash: Bool
    /// Signs the session token; otherwise it is added to the finished request.
    package var signsSessionToken: Bool

    package init(
        normalizesPath: Bool = true, doubleEncodesPath: Bool = true, sendsContentHash: Bool = false,
        signsSessionToken: Bool = true
    ) {
        self.normalizesPath = normalizesPath
        self.doubleEncodesPath = doubleEncodesPath
        self.sendsContentHash = sendsContentHash
        self.signsSessionToken = signsSessionToken
    }

    /// All services but S3.
    package static let standard = SigningOptions()

    /// In S3 a path is an object's key, where `a//b` and `a/../b` are keys of their own: it is signed exactly as sent.
    package static let s3 = SigningOptions(normalizesPath: false, doubleEncodesPath: false, sendsContentHash: true)
}
