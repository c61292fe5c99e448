-- Views over the table `changes`, the same for Amazon Athena and DuckDB.

-- Every attendee as they are now.
CREATE VIEW attendees AS
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY event, attendee ORDER BY sequence DESC) AS newest
  FROM changes WHERE kind = 'attendee'
) AS states
WHERE newest = 1;

-- Every event as it is now.
CREATE VIEW events AS
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY event ORDER BY sequence DESC) AS newest
  FROM changes WHERE kind = 'event'
) AS states
WHERE newest = 1;

-- What the statistics of the API say of each event.
CREATE VIEW event_statistics AS
SELECT
  event,
  organizer,
  -- Who answered a forwarded invitation was sent none.
  sum(CASE WHEN revision IS NOT NULL OR origin = 'shared' THEN 1 ELSE 0 END) AS attendees,
  sum(CASE WHEN delivery IN ('sent', 'delivered', 'bounced', 'complained') THEN 1 ELSE 0 END) AS sent,
  sum(CASE WHEN delivery IN ('delivered', 'complained') THEN 1 ELSE 0 END) AS delivered,
  sum(CASE WHEN delivery = 'bounced' THEN 1 ELSE 0 END) AS bounced,
  sum(CASE WHEN delivery = 'complained' THEN 1 ELSE 0 END) AS complained,
  sum(CASE WHEN rsvp = 'accepted' THEN 1 ELSE 0 END) AS accepted,
  sum(CASE WHEN rsvp = 'declined' THEN 1 ELSE 0 END) AS declined,
  sum(CASE WHEN rsvp = 'tentative' THEN 1 ELSE 0 END) AS tentative,
  count(opened) AS opened,
  count(receipt) AS receipts
FROM attendees
GROUP BY event, organizer;
