/// What was wrong with a message that was read nevertheless.
package enum MailProblem: Sendable, Hashable {
    case emptyMessage
    /// No line feed anywhere: lines end with carriage returns.
    case bareCarriageReturns
    /// A line in a header that is no field.
    case malformedHeaderLine
    /// A header that runs into its body without an empty line.
    case missingBlankLine
    /// A field that may stand only once (RFC 5322 section 3.6) and stands several times. Others may have judged the
    /// message, its sender for example, by another one than the first, which is used here.
    case repeatedField(String)
    case tooManyHeaderFields(limit: Int)
    /// A multipart without a boundary parameter.
    case missingBoundary
    /// A boundary that does not occur; the one found in the body was used, if any.
    case wrongBoundary
    case missingEndBoundary
    case tooDeep(limit: Int)
    case tooManyParts(limit: Int)
    case malformedBase64
    case malformedQuotedPrintable
    case unknownTransferEncoding(String)
    case unknownCharset(String)
}
