"""Measures python icalendar as Bench measures this engine.

usage: icalendar_reader.py FOLDER     prints `<workload>\t<value>\t<unit>` for FOLDER/corpus and FOLDER/invitation
"""
import pathlib
import sys
import time
import warnings

import icalendar


def calendars(content):
    try:
        return icalendar.Calendar.from_ical(content, multiple=True)
    except Exception:  # What it cannot read costs what it costs.
        return []


def write(content):
    for calendar in calendars(content):
        try:
            calendar.to_ical()
        except Exception:
            pass


def measure(folder, name):
    files = [path.read_bytes() for path in sorted((pathlib.Path(folder) / name).iterdir())]
    total = sum(len(content) for content in files)
    events = sum(content.upper().count(b"BEGIN:VEVENT") for content in files)
    for work, run in (("parse", calendars), ("parse+write", write)):
        runs, start = 0, time.perf_counter()
        while True:
            for content in files:
                run(content)
            runs += 1
            elapsed = time.perf_counter() - start
            if elapsed >= 0.7:
                break
        print(f"{name} {work}\t{total * runs / elapsed / 1e6}\tMB/s")
        print(f"{name} {work}\t{events * runs / elapsed}\tevents/s")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    measure(sys.argv[1], "corpus")
    measure(sys.argv[1], "invitation")
