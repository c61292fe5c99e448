import Foundation

/// Points in time in the forms the services write them. All are UTC.
enum Timestamp {
    /// Milliseconds since the epoch, now.
    static func milliseconds() -> Int { Int(Date().timeIntervalSince1970 * 1000) }

    /// `2026-11-22T20:41:14.203Z`
    static func iso8601(milliseconds: Int) -> String {
        let parts = Parts(milliseconds)
        return "\(parts.year)-\(two(parts.month))-\(two(parts.day))T\(parts.time).\(three(parts.millisecond))Z"
    }

    /// `22/Nov/2026:20:41:14 +0000`, as in the request context of API Gateway.
    static func commonLog(milliseconds: Int) -> String {
        let parts = Parts(milliseconds)
        return "\(two(parts.day))/\(parts.monthName)/\(parts.year):\(parts.time) +0000"
    }

    /// `Sun, 22 Nov 2026 20:41:14 +0000 (UTC)`, as SES writes it in Received (RFC 5322 section 3.3).
    static func mail(milliseconds: Int) -> String {
        let parts = Parts(milliseconds)
        return "\(parts.weekday), \(two(parts.day)) \(parts.monthName) \(parts.year) \(parts.time) +0000 (UTC)"
    }

    private struct Parts {
        let year: Int, month: Int, day: Int
        let time: String
        let millisecond: Int
        let weekday: String
        var monthName: String { Parts.months[month - 1] }

        private static let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

        init(_ milliseconds: Int) {
            var seconds = time_t(milliseconds / 1000)
            var civil = tm()
            gmtime_r(&seconds, &civil)
            year = Int(civil.tm_year) + 1900
            month = Int(civil.tm_mon) + 1
            day = Int(civil.tm_mday)
            time = "\(two(Int(civil.tm_hour))):\(two(Int(civil.tm_min))):\(two(Int(civil.tm_sec)))"
            millisecond = milliseconds % 1000
            weekday = Parts.weekdays[Int(civil.tm_wday)]
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    private static func three(_ number: Int) -> String { number < 100 ? "0\(two(number))" : String(number) }
}
