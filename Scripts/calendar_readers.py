"""What two readers that are not ours, and the letter of the standard, find wrong with a calendar object: python icalendar
(no component may have errors), libical (parsed, put to its iTIP restriction check, then no error property may be
there), and RFC 5545 (CRLF, 75 octets a line, nothing after the end). For check-outbox and check-generated.
"""
import ctypes
import ctypes.util

import icalendar


class Libical:
    def __init__(self):
        self.library = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
        self.library.icalparser_parse_string.restype = ctypes.c_void_p
        self.library.icalrestriction_check.argtypes = [ctypes.c_void_p]
        self.library.icalcomponent_count_errors.argtypes = [ctypes.c_void_p]
        self.library.icalcomponent_as_ical_string.argtypes = [ctypes.c_void_p]
        self.library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
        self.library.icalcomponent_free.argtypes = [ctypes.c_void_p]

    def faults(self, content):
        component = self.library.icalparser_parse_string(ctypes.c_char_p(content))
        if not component:
            return ["libical cannot parse it"]
        try:
            self.library.icalrestriction_check(component)
            if self.library.icalcomponent_count_errors(component) == 0:
                return []
            text = self.library.icalcomponent_as_ical_string(component).decode()
            lines = text.replace("\r\n ", "").split("\r\n")
            return [f"libical: {line}" for line in lines if line.startswith("X-LIC-ERROR")]
        finally:
            self.library.icalcomponent_free(component)


def icalendar_faults(content):
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except ValueError as error:
        return [f"icalendar: {error}"]
    return [f"icalendar: {part.name} {error}" for part in calendar.walk() for error in part.errors]


def letter_faults(content):
    if not content.endswith(b"END:VCALENDAR\r\n"):
        return ["does not end with END:VCALENDAR and CRLF"]
    lines = content.split(b"\r\n")
    if any(b"\r" in line or b"\n" in line for line in lines):
        return ["a line end other than CRLF"]
    return [f"a line of {len(line)} octets" for line in lines if len(line) > 75]


def calendar_faults(content, libical):
    return letter_faults(content) + icalendar_faults(content) + libical.faults(content)
