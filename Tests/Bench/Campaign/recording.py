"""A small campaign on the local stack: how fast that is, and the real items, objects and events that the big one uses."""
import dataclasses
import gzip
import json
import pathlib
import re
import subprocess
import time
import urllib.request
from random import Random

import botocore.session


@dataclasses.dataclass
class Recording:
    environments: dict  # by function, as the template sets them
    bucket: str
    organizer: str
    event: str
    head: dict  # the event's item
    campaign: dict  # its campaign's item
    objects: dict  # calendar objects by key
    secret: str
    attendee_bytes: int  # stored size of an attendee's item
    changes: list  # stream records of one attendee, in order
    local_rate: float  # invitations a second


def record(built, project, work, people):
    """Runs the local stack with a campaign to so many people, and stops it."""
    stack = work / "stack"
    log = open(work / "local.log", "wb")
    server = subprocess.Popen(
        [built / "calinvite", "local", "--data", stack, "--port", "0", "--send-rate", "100000", "--daily-quota", "1000000"],
        stdout=log, stderr=log, cwd=project)
    try:
        wait("the local stack", lambda: b"Ctrl-C stops" in (work / "local.log").read_bytes(), server)
        return campaign(built, project, work, stack, people)
    finally:
        server.terminate()
        server.wait()


def campaign(built, project, work, stack, people):
    def calinvite(*arguments, **options):
        return subprocess.run(
            [built / "calinvite", *arguments, "--data", stack], check=True, capture_output=True, text=True, cwd=project,
            **options).stdout.strip()

    state = json.loads((stack / "stack.json").read_text())
    session = botocore.session.Session()
    session.set_credentials(state["accessKeyId"], state["secretAccessKey"])

    def client(service):
        return session.create_client(service, region_name=state["region"], endpoint_url=state["endpoint"])

    calinvite("deliver", "Events/mail/google-weekly.eml", "--to", f"create@{state['mailDomain']}")
    event = wait("the event", lambda: next(
        (found[1] for mail in pathlib.Path(state["outbox"]).glob("*.eml")
         if (found := re.search(r"Event UID: ([0-9a-f]{40})", mail.read_text()))), None))
    key = calinvite("key", "create", "--owner")
    parts = endpoints(work / "small", people, 1)
    started = time.monotonic()
    identifier = calinvite("campaign", "start", "--event", event, "--key", key, *parts)

    def progress():
        request = urllib.request.Request(
            f"{state['gateway']}/event/{event}/campaigns/{identifier}", headers={"x-api-key": key})
        answer = json.load(urllib.request.urlopen(request))
        return answer["status"] == "finished" and answer["sent"] >= people

    wait("the campaign", progress, within=600)
    rate = people / (time.monotonic() - started)

    outputs, resources = state["outputs"], state["resources"]
    table, bucket = outputs["MainTable"], outputs["DataBucket"]
    dynamodb, s3 = client("dynamodb"), client("s3")

    def item(pk, sk):
        return dynamodb.get_item(TableName=table, Key={"pk": {"S": pk}, "sk": {"S": sk}})["Item"]

    lambdas = client("lambda")
    environments = {
        name: lambdas.get_function_configuration(FunctionName=resources[name])["Environment"]["Variables"]
        for name in ("ImportSegment", "SendInvites", "AggregateStatistics")}
    prefix = f"events/{event}/"
    objects = {
        found["Key"]: s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
        for found in s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]}
    secret = client("secretsmanager").get_secret_value(SecretId=outputs["SecretId"])["SecretString"]
    changes = attendee_changes(client("dynamodbstreams"), table)
    head = item(f"event#{event}", "event")
    return Recording(
        environments, bucket, head["organizer"]["S"], event, head, item(f"campaign#{identifier}", "campaign"), objects,
        secret, size(changes[-1]["dynamodb"]["NewImage"]), changes, rate)


def attendee_changes(streams, table):
    """The changes of one attendee up to the recorded outcome; what SES reports later is feedback."""
    stream = streams.list_streams(TableName=table)["Streams"][0]["StreamArn"]
    shard = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(
        StreamArn=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    found, of = [], None
    while iterator:
        page = streams.get_records(ShardIterator=iterator, Limit=1000)
        for change in page["Records"]:
            keys = change["dynamodb"]["Keys"]
            if keys["sk"]["S"].startswith("attendee#") and of in (None, keys):
                of = keys
                change["dynamodb"].pop("ApproximateCreationDateTime", None)
                if not any("sentRevision" in earlier["dynamodb"]["NewImage"] for earlier in found):
                    found.append(change)
        if not page["Records"]:
            return found
        iterator = page.get("NextShardIterator")
    return found


def size(item):
    """Bytes of an item as DynamoDB counts them: names and values in UTF-8."""
    return sum(len(name.encode()) + len(str(next(iter(value.values()))).encode()) for name, value in item.items())


def endpoints(folder, count, parts):
    """A Pinpoint segment export of so many e-mail endpoints, as gzip parts of about 150 bytes an endpoint."""
    random = Random(5545)
    folder.mkdir(parents=True)
    files = []
    for part in range(parts):
        files.append(folder / f"part-{part:04}.gz")
        with gzip.open(files[-1], "wt", compresslevel=1) as file:
            for number in range(part, count, parts):
                file.write(json.dumps({
                    "Id": f"{random.getrandbits(128):032x}", "ChannelType": "EMAIL",
                    "Address": f"person{number}@mail{number % 997}.example", "EndpointStatus": "ACTIVE",
                    "OptOut": "NONE", "RequestId": f"{random.getrandbits(128):032x}",
                    "Location": {"City": "Utrecht", "Country": "NLD"},
                    "Demographic": {"Locale": "nl_NL", "Timezone": "Europe/Amsterdam"},
                    "User": {
                        "UserId": f"{random.getrandbits(64):016x}",
                        "UserAttributes": {"FirstName": ["Person"], "LastName": [str(number)]}},
                    "Attributes": {"Interests": ["music", "art"]}, "CreationDate": "2026-01-01T00:00:00.000Z"}) + "\n")
    return files


def wait(what, ready, process=None, within=60):
    """What `ready` gives, once it gives something."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if value := ready():
            return value
        if process is not None and process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"bench: gave up waiting for {what}")
