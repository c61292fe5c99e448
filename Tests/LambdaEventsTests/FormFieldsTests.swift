import LambdaEvents
import Testing

@Suite("Fields of a form")
struct FormFieldsTests {
    @Test(
        "are read as browsers write them",
        arguments: [
            ("email=a%40b.example&name=Ann+Lee", ["email": "a@b.example", "name": "Ann Lee"]),
            ("List-Unsubscribe=One-Click", ["List-Unsubscribe": "One-Click"]),
            ("a=1&a=2&b&c=&=d&&e=f=g", ["a": "2", "b": "", "c": "", "": "d", "e": "f=g"]),
            ("n=%C3%A9%2B%26%3D%25", ["n": "é+&=%"]), ("n=%zz%4&m=%4", ["n": "%zz%4", "m": "%4"]), ("", [:]),
            ("n=%FF", ["n": "\u{FFFD}"]),
        ] as [(String, [String: String])])
    func parse(body: String, fields: [String: String]) { #expect(FormFields.parse(Array(body.utf8)) == fields) }
}
