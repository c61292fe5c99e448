-- The change log as a table of Amazon Athena. Put the stack's output DataBucket in place of BUCKET.
-- Each row is the state of an attendee or an event after a change; partitions need no maintenance.
CREATE EXTERNAL TABLE changes (
  sequence string,
  shard string,
  at bigint,
  kind string,
  event string,
  organizer string,
  domain string,
  campaign string,
  attendee string,
  attendee_domain string,
  origin string,
  delivery string,
  revision bigint,
  sent bigint,
  opened bigint,
  rsvp string,
  replied bigint,
  receipt bigint,
  client string,
  status string,
  starts bigint,
  ends bigint,
  summary string
)
PARTITIONED BY (day string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/changes/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.day.type' = 'date',
  'projection.day.format' = 'yyyy-MM-dd',
  'projection.day.range' = '2026-01-01,NOW',
  'storage.location.template' = 's3://BUCKET/changes/day=${day}/'
);
