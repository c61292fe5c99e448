#!/usr/bin/env python3
"""Sends a campaign of N invitations with the executables as they are shipped, and says what it cost.

usage: campaign.py BUILT N [WORKERS]     BUILT: folder of the executables; WORKERS: processes of SendInvites (2);
                                         0 imports the list and sends nothing

First a small campaign runs on the local stack; its event, campaign and environment then serve for the big one, against
an AWS that takes everything at once, so that what is measured is this product and no service.
"""
import copy
import json
import pathlib
import shutil
import sys
import tempfile
import time

from null_aws import NullAWS, identity
from recording import endpoints, record
from runtime import Function, queue_event

LOCAL = 2000
BATCH = 2000  # BatchSize of the stream in template.yaml


def main(built, count, workers):
    built, project = pathlib.Path(built).resolve(), pathlib.Path.cwd()
    work = pathlib.Path(tempfile.mkdtemp(prefix="calinvite-bench-"))
    try:
        print(f"Local stack: {min(LOCAL, count)} invitations …", flush=True)
        recording = record(built, project, work, min(LOCAL, count))
        print(f"  {recording.local_rate:,.0f} invitations a second from the request to the last counted one, all on one machine")
        aws = NullAWS(work / "null", recording.secret)
        try:
            rows = big(built, work, aws, recording, count, workers)
        finally:
            aws.stop()
        report(rows, recording, count, workers)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def big(built, work, aws, recording, count, workers):
    """Import, sending and counting, one after the other."""
    head, campaign = recording.head, copy.deepcopy(recording.campaign)
    campaign["status"] = {"S": "importing"}
    campaign.pop("checkpoint", None)
    campaign["source"] = {"S": f"s3://{recording.bucket}/lists/bench/"}
    aws.items = {identity(item): item for item in (head, campaign)}
    for key, content in recording.objects.items():
        aws.object(recording.bucket, key).write_bytes(content)
    print(f"Making a list of {count:,} endpoints …", flush=True)
    folder = aws.object(recording.bucket, "lists/bench/x").parent
    folder.rmdir()
    list_bytes = sum(part.stat().st_size for part in endpoints(folder, count, max(1, count // 100_000)))
    print(f"  {list_bytes / 1e6:.1f} MB of gzip", flush=True)

    def start(name, processes):
        environment = {
            key: value for key, value in recording.environments[name].items() if not key.startswith("AWS_ENDPOINT")}
        environment |= aws.environment | {
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x" * 40, "AWS_REGION": "us-east-1"}
        if name == "ImportSegment":
            environment["AWS_ENDPOINT_URL_DYNAMODB"] = aws.endpoint("dynamodb-kept")
        if name == "SendInvites":
            environment["SEND_WORKERS"] = str(processes)
        return Function(built / name, environment, processes, work / f"{name}.log")

    def queue_name(function, variable):
        return recording.environments[function][variable].rsplit("/", 1)[-1]

    rows = []

    def measure(name, processes, work_items, events, more=lambda: []):
        before, reads, writes = aws.requests(), aws.batch_units, aws.transaction_units
        function = start(name, processes)
        started = time.monotonic()
        while events:
            function.run(events, progress(name, started))
            events = more()
        elapsed = time.monotonic() - started
        rows.append({
            "function": name, "processes": processes, "items": work_items, "seconds": elapsed, "cpu": function.cpu(),
            "memory": function.peak_memory(), "requests": aws.requests() - before,
            "batch_units": aws.batch_units - reads, "transaction_units": aws.transaction_units - writes})
        print(f"\r  {name}: {elapsed:.1f} s" + " " * 30, flush=True)
        function.stop()

    job = json.dumps({"campaign": campaign["pk"]["S"].removeprefix("campaign#")})
    again = queue_name("ImportSegment", "IMPORT_QUEUE_URL")
    # What does not fit into one invocation goes on in the next.
    measure(
        "ImportSegment", 1, count, [queue_event([job])],
        more=lambda: [queue_event([body]) for body in aws.sent.pop(again, [])])
    jobs = aws.sent[queue_name("ImportSegment", "SEND_QUEUE_URL")]
    if not jobs:
        raise SystemExit("bench: the import queued nothing")
    if workers == 0:
        return rows
    aws.items[identity(campaign)] = recording.campaign
    measure("SendInvites", workers, count, (queue_event([body]) for body in jobs))
    measure("AggregateStatistics", 1, count, stream_events(recording.changes, count))
    return rows


def stream_events(changes, count):
    """The changes of one attendee as those of many, in batches as Lambda makes them."""
    text = json.dumps(changes, default=str)
    address = changes[0]["dynamodb"]["Keys"]["sk"]["S"].removeprefix("attendee#")
    sequence, batch = 0, []
    for number in range(count):
        for change in json.loads(text.replace(address, f"person{number}@mail.example")):
            sequence += 1
            change["dynamodb"]["SequenceNumber"] = str(10**20 + sequence)
            batch.append(change)
        if len(batch) >= BATCH or number == count - 1:
            yield json.dumps({"Records": batch}).encode()
            batch = []


def progress(name, started):
    last = [0.0]

    def show(done):
        now = time.monotonic()
        if sys.stdout.isatty() and now - last[0] > 1:
            last[0] = now
            print(f"\r  {name}: {done:,} invocations, {now - started:.0f} s", end="", flush=True)

    return show


def report(rows, recording, count, workers):
    what = f"{workers} processes of SendInvites" if workers else "imported only"
    print(f"\n{count:,} invitations against an AWS that answers at once, {what}")
    print(f"{'function':22}{'seconds':>10}{'per second':>13}{'CPU us each':>13}{'kernel us':>11}{'peak MiB':>10}")
    for row in rows:
        print(f"{row['function']:22}{row['seconds']:>10.1f}{row['items'] / row['seconds']:>13,.0f}"
              f"{row['cpu'][0] / row['items'] * 1e6:>13.0f}{row['cpu'][1] / row['items'] * 1e6:>11.0f}"
              f"{row['memory']:>10.1f}")
    print(f"\nRequests per invitation ({recording.attendee_bytes} bytes are stored of an attendee)")
    totals = {"requests": 0.0, "writes": 0.0, "reads": 0.0}
    for row in rows:
        for (service, operation, status), number in sorted(row["requests"].items()):
            each = number / count
            units = ""
            if service == "dynamodb":
                writes, reads = capacity(operation, each, recording, row, count)
                totals["writes"] += writes
                totals["reads"] += reads
                units = f"{writes:>10.4f} write units{reads:>10.4f} read units"
            totals["requests"] += each
            note = "" if status == 2 else f" (status {status}xx)"
            print(f"  {row['function']:20}{service:>15} {operation + note:24}{each:>9.4f}{units}")
    print(f"  {'together':60}{totals['requests']:>9.4f}{totals['writes']:>10.4f} write units{totals['reads']:>10.4f} read units")


def capacity(operation, each, recording, row, count):
    """Write and read units, as DynamoDB's developer guide charges them ("Read and write operations"): a write unit for
    each KiB of the item, twice that in a transaction; a read unit for each 4 KiB read strongly consistently, half of one
    otherwise, also for an item that is not there."""
    if operation in ("UpdateItem", "PutItem", "DeleteItem"):
        return each * -(-recording.attendee_bytes // 1024), 0
    if operation == "TransactWriteItems":
        return row["transaction_units"] / count, 0
    if operation == "BatchGetItem":
        return 0, row["batch_units"] / count
    if operation in ("GetItem", "Query"):
        return 0, each
    raise SystemExit(f"bench: what does {operation} cost?")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print(__doc__)
        raise SystemExit(64)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2)
