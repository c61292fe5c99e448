// One event: figures, campaigns and attendees.

const attendeesPerPage = 20;

async function showEvent(uid) {
  const path = `/event/${segment(uid)}`;
  const [event, statistics] = await Promise.all([api(path), api(`${path}/statistics`)]);
  const title = plain(event.summary_html) || '(no title)';
  trail([...(session.holder.scope === 'owner' ? [['All events', '#/']] : []),
    [event.organizer_name || event.organizer, `#/organizer/${segment(event.organizer)}`], [title]]);
  const heading = element('h1', { tabindex: '-1' });
  const lead = element('p', { class: 'lead' });
  const facts = element('dl', { class: 'facts' });
  const numbers = figures({ withEvents: false });
  const origins = breakdown('Where they came from', 'Nobody has been invited yet.', 'Origin');
  const clients = breakdown('What they answered with', 'Nobody has answered yet.', 'Calendar program');
  const deliveries = deliveryPanel();
  const attendees = attendeeTable(path);
  const campaigns = campaignList(path, event, () => refreshNow());
  let known = '';

  function draw(current) {
    fill(heading, plain(current.summary_html) || '(no title)');
    fill(lead, [when(current), plain(current.location_html)].filter(Boolean).join(' · '));
    const description = plain(current.description_html);
    const share = `${location.origin}${path}/invite`;
    fill(facts, [
      ['Status', badge(current.status)],
      ['Organizer', element('a', { href: `#/organizer/${segment(current.organizer)}` }, current.organizer_name ? `${current.organizer_name} (${current.organizer})` : current.organizer)],
      ['Organizer’s zone', current.tzid],
      ['Repeats', current.rrule && element('code', {}, current.rrule)],
      ['Description', description && element('div', { class: 'pre', tabindex: description.length > 800 ? '0' : null }, description)],
      ['Created', created(current.created)],
      ['Last changed', `${created(current.last_modified)}, revision ${current.revision}, sequence ${current.sequence}`],
      ['Made with', current.prodid],
      ['Event UID', [element('code', {}, current.uid), ' ', copyButton(current.uid, 'the event UID')]],
      ['Anyone may ask here', current.status !== 'cancelled' && element('a', { href: share, rel: 'noopener' }, share)],
    ].filter(([, value]) => value).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  }

  function update(current) {
    numbers.update(current);
    origins.update(current.origin);
    deliveries.update(current);
    clients.update(current.prodid);
  }

  draw(event);
  update(statistics);
  known = JSON.stringify([event, statistics]);
  fill(document.getElementById('main'), [
    element('div', { class: 'head' }, element('div', {}, heading, lead), element('div', { class: 'actions' }, reportButton(path, uid))),
    numbers.element,
    campaigns.element,
    element('div', { class: 'two' }, deliveries.element, origins.element, clients.element),
    attendees.element,
    element('section', { class: 'panel' }, element('h2', {}, 'About the event'), facts),
    event.status !== 'cancelled' && sharePanel(path, title),
  ]);
  document.title = `${title} · Dashboard`;
  const refreshNow = keepFresh(async (signal) => {
    const [current, counts] = await Promise.all([api(path, { signal }), api(`${path}/statistics`, { signal })]);
    const isBusy = await campaigns.refresh(signal);
    const text = JSON.stringify([current, counts]);
    const moved = text !== known;
    if (moved) {
      known = text;
      draw(current);
      update(counts);
      await attendees.refresh(signal);
    }
    return moved || isBusy;
  });
  return heading;
}

/** What an organizer puts on a page or into a mail. */
function sharePanel(path, title) {
  const list = element('dl', { class: 'facts' });
  const quoted = (text) => text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]);
  async function load() {
    const links = await api(`${path}/links`, { method: 'POST', json: {}, signal: page.controller.signal });
    const invite = `${location.origin}${path}/invite`;
    const rows = [
      ['A page to ask for an invitation', invite],
      ['The same inside your page', `<iframe src="${invite}?origin=landingpage" title="${quoted(title)}" style="width:100%;height:46rem;border:0"></iframe>`],
      ['A button in a mail', `<a href="${quoted(links.one_click || links.page)}ADDRESS">Send me the invitation</a>`],
      ['A file for any calendar', links.calendar],
    ];
    fill(list, rows.flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, element('code', {}, text), ' ', copyButton(text, name))]));
    if (!links.one_click) list.append(element('dt', {}, ''), element('dd', { class: 'small soft' }, 'ADDRESS is your mail tool’s placeholder. The button leads to a page with a form; with the server’s parameter OneClickInvites it sends at once.'));
  }
  const details = element('details', { ontoggle: () => { if (details.open && !list.children.length) load().catch((failure) => fill(list, failure.message)); } },
    element('summary', {}, 'Links and code'), list);
  return element('section', { class: 'panel' }, element('h2', {}, 'Share'), details);
}

function reportButton(path, uid) {
  const button = element('button', { type: 'button' }, 'Download CSV');
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const parts = [];
      let cursor = null;
      do {
        const answer = await request(`${path}/report${query({ format: 'csv', cursor })}`);
        cursor = answer.headers.get('x-next-cursor');
        parts.push(await answer.blob());
      } while (cursor);
      const link = element('a', { href: URL.createObjectURL(new Blob(parts, { type: 'text/csv' })), download: `attendees-${uid.slice(0, 8)}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (failure) {
      say(failure.message);
      button.textContent = 'Could not be made';
      setTimeout(() => { button.textContent = 'Download CSV'; }, 3000);
    }
    button.disabled = false;
  });
  return button;
}

/** A length of time in words, as exact as anybody wants it. */
function duration(seconds) {
  if (seconds < 90) return counted(seconds, 'second', 'seconds');
  if (seconds < 5400) return counted(Math.round(seconds / 60), 'minute', 'minutes');
  return counted(Math.round(seconds / 3600), 'hour', 'hours');
}

/** Campaigns with how far they are, and a form that starts one. */
function campaignList(path, event, started) {
  const list = element('div');
  const entries = new Map();
  const nothing = element('p', { class: 'soft' }, 'No list has been sent this event yet.');

  function row(campaign) {
    const made = { progress: element('progress', { max: '1', value: '0' }), status: element('span', {}), text: element('p', { class: 'small soft' }) };
    made.control = element('button', { type: 'button', class: 'small' });
    made.control.addEventListener('click', () => steer(made, made.verb));
    made.cancel = element('button', { type: 'button', class: 'small' }, 'Cancel');
    made.cancel.addEventListener('click', () => {
      if (confirm('Nobody who is left gets the invitation, and the campaign cannot be resumed. Cancel it?')) steer(made, 'cancel');
    });
    made.element = element('div', { class: 'campaign' },
      element('div', { class: 'top' }, element('b', {}, created(campaign.created)), element('span', { class: 'state' }, made.control, made.cancel, made.status)),
      element('div', { class: 'small soft' }, element('code', {}, campaign.source || '')), made.progress, made.text);
    return made;
  }

  /** Pauses a campaign, goes on with it, or cancels it. */
  async function steer(made, verb) {
    made.control.disabled = made.cancel.disabled = true;
    try {
      update(made, await api(`${path}/campaigns/${made.id}/${verb}`, { method: 'POST' }));
      started();
    } catch (failure) {
      say(failure.message);
      made.text.textContent = failure.message;
    }
    made.control.disabled = made.cancel.disabled = false;
  }

  function update(made, campaign) {
    made.id = campaign.id;
    made.verb = campaign.status === 'paused' ? 'resume' : 'pause';
    made.control.hidden = campaign.status !== 'paused' && campaign.status !== 'sending';
    made.cancel.hidden = made.control.hidden && campaign.status !== 'importing';
    made.control.textContent = campaign.status === 'paused' ? 'Resume' : 'Pause';
    const found = campaign.import || {};
    const recipients = found.accepted ?? found.recipients ?? 0;
    const skipped = Object.values(campaign.skipped || {}).reduce((sum, number) => sum + (number || 0), 0);
    const done = campaign.sent + campaign.failed + skipped;
    const total = Math.max(recipients, done, 1);
    fill(made.status, badge(campaign.status));
    made.progress.max = total;
    made.progress.value = campaign.status === 'finished' ? total : done;
    made.progress.setAttribute('aria-label', `Campaign of ${created(campaign.created)}: ${count(campaign.sent)} of ${count(recipients)} sent`);
    const dropped = Object.entries(found.dropped || {}).filter(([, number]) => number > 0).map(([reason, number]) => `${count(number)} ${reason.replaceAll('_', ' ')}`);
    fill(made.text, [
      campaign.paused_because ? `Paused: ${campaign.paused_because}. ` : '',
      campaign.failure || `${count(campaign.sent)} of ${counted(recipients, 'recipient', 'recipients')} sent`,
      campaign.bounced ? `, ${count(campaign.bounced)} came back` : '',
      campaign.complained ? `, ${count(campaign.complained)} reported as unwanted` : '',
      campaign.failed ? `, ${count(campaign.failed)} refused by the mail service` : '',
      skipped ? `, ${count(skipped)} left out` : '',
      campaign.status === 'sending' && campaign.rate ? `, ${count(Math.round(campaign.rate))} a second` : '',
      campaign.status === 'sending' && campaign.seconds_left ? `, about ${duration(campaign.seconds_left)} left` : '',
      dropped.length ? `. Not used of ${counted(found.rows || 0, 'row', 'rows')}: ${dropped.join(', ')}` : '',
    ].join(''));
  }

  async function refresh(signal) {
    let answer;
    try {
      answer = await api(`${path}/campaigns?limit=10`, { signal });
    } catch (failure) {
      if (failure.name === 'AbortError' || failure.isKeyRefused) throw failure;
      return false;
    }
    // A trial has sent nothing; whoever made it was told what it found.
    const campaigns = answer.campaigns.filter((campaign) => !campaign.dry_run);
    nothing.hidden = campaigns.length > 0;
    campaigns.forEach((campaign, position) => {
      if (!entries.has(campaign.id)) entries.set(campaign.id, row(campaign));
      const made = entries.get(campaign.id);
      update(made, campaign);
      if (list.children[position] !== made.element) list.insertBefore(made.element, list.children[position] || null);
    });
    return campaigns.some(({ status }) => status === 'importing' || status === 'sending');
  }

  const form = campaignForm(path, event, started);

  refresh(page.controller.signal).catch(() => {});
  return {
    element: element('section', { class: 'panel' }, element('h2', {}, 'Campaigns'), nothing, list,
      event.status !== 'cancelled' && element('details', {}, element('summary', {}, 'Start a campaign'), form)),
    refresh,
  };
}

/** Takes a list, shows what would become of it, and sends to it once that is confirmed. */
function campaignForm(path, event, started) {
  const addresses = element('textarea', { name: 'addresses', rows: '5', autocomplete: 'off', spellcheck: 'false', placeholder: 'ann@example.com\nBob Lee <bob@example.com>' });
  const source = element('input', { pattern: 's3://.+/.+', placeholder: `s3://…/lists/${event.organizer}/…`, name: 'source', autocomplete: 'off' });
  const consent = element('input', { name: 'consent', maxlength: '250', placeholder: 'Such as: newsletter, double opt-in' });
  const said = element('p', { class: 'small', role: 'alert' });
  const check = element('button', { type: 'submit', value: 'check' }, 'Check the list');
  const send = element('button', { type: 'submit', value: 'send', class: 'main' }, 'Send to this list');
  // The same list, sent again because an answer was lost, starts nothing twice.
  let attempt = { text: '', key: '' };
  let tried = { text: '', found: null };

  function keyOf(json) {
    const text = JSON.stringify(json);
    if (text !== attempt.text) attempt = { text, key: newKey() };
    return attempt.key;
  }

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  function list() {
    const lines = addresses.value.split('\n').map((line) => line.trim()).filter(Boolean);
    if (lines.length > 0 === Boolean(source.value)) throw new Error('Give either addresses, one a line, or where a list lies.');
    if (source.value) return { source: source.value };
    return { addresses: lines.map((line) => {
      const [, name, email] = /^"?([^"<]*?)"?\s*<([^<>]+)>$/.exec(line) || [];
      return email && name ? { email, name } : email || line;
    }) };
  }

  async function post(json, key) {
    return api(`${path}/campaigns`, { method: 'POST', json, headers: { 'idempotency-key': key } });
  }

  /** A trial's findings, once it has read the whole list; of the list that was tried last, those it had. */
  async function trial(json) {
    const text = JSON.stringify(json);
    if (text === tried.text) return tried.found;
    let campaign = await post({ ...json, dry_run: true }, newKey());
    while (campaign.status === 'importing') {
      await new Promise((resolve) => { setTimeout(resolve, 700); });
      campaign = await api(`${path}/campaigns/${campaign.id}`, { signal: page.controller.signal });
    }
    if (campaign.status !== 'checked') throw new Error(campaign.failure || `The list could not be checked: ${campaign.status}.`);
    tried = { text, found: campaign.import };
    return campaign.import;
  }

  function findings(found) {
    const dropped = Object.entries(found.dropped || {}).filter(([, number]) => number > 0).map(([reason, number]) => `${count(number)} ${reason.replaceAll('_', ' ')}`);
    return [
      `${counted(found.accepted, 'person', 'people')} of ${counted(found.rows, 'row', 'rows')} would get the event`,
      dropped.length ? `; left out: ${dropped.join(', ')}` : '',
      (found.sample || []).length ? `. Such as ${found.sample.slice(0, 5).join(', ')}` : '',
    ].join('');
  }

  async function submit(submission) {
    submission.preventDefault();
    const sends = submission.submitter !== check;
    said.textContent = 'The list is being read …';
    check.disabled = send.disabled = true;
    try {
      const json = { ...list(), ...(consent.value ? { consent: consent.value } : {}) };
      const found = await trial(json);
      said.textContent = findings(found);
      if (sends && found.accepted > 0 && confirm(`Send the event to ${counted(found.accepted, 'person', 'people')} now?`)) {
        await post(json, keyOf(json));
        attempt = { text: '', key: '' };
        addresses.value = source.value = consent.value = '';
        say('The campaign was started.');
      }
      started();
    } catch (failure) {
      if (failure.name !== 'AbortError') said.textContent = failure.message;
    }
    check.disabled = send.disabled = false;
  }

  return element('form', { class: 'form', onsubmit: submit },
    element('label', { class: 'whole' }, 'Addresses, one a line', addresses),
    element('label', {}, 'Or where a list lies in the server’s bucket', source),
    element('label', {}, 'Where their consent comes from (optional)', consent),
    element('div', { class: 'buttons whole' }, send, check), element('div', { class: 'whole' }, said));
}

/** The attendees, a page at a time, all or those of one answer. */
function attendeeTable(path) {
  let answer = '';
  let before = [];
  let cursor = null;
  let next = null;
  const body = element('tbody');
  const nothing = element('p', { class: 'soft' });
  const summary = element('span', { class: 'soft small', role: 'status' });
  const turn = (change) => () => { change(); previous.disabled = following.disabled = true; load(); };
  const previous = element('button', { type: 'button', onclick: turn(() => { cursor = before.pop() ?? null; }) }, 'Previous');
  const following = element('button', { type: 'button', onclick: turn(() => { before.push(cursor); cursor = next; }) }, 'Next');
  const choices = [['', 'All'], ...answers.map(({ key, label }) => [key, label])];
  const buttons = choices.map(([key, label]) => element('button', { type: 'button', 'aria-pressed': String(key === ''), onclick: () => {
    answer = key;
    before = [];
    cursor = null;
    buttons.forEach((button, index) => button.setAttribute('aria-pressed', String(choices[index][0] === key)));
    load();
  } }, label));
  const table = element('div', { class: 'rows', tabindex: '0', role: 'region', 'aria-label': 'Attendees' }, element('table', {},
    element('thead', {}, element('tr', {}, ['Person', 'Answer', 'Origin', 'Answered with', 'Delivery'].map((name) => element('th', { scope: 'col' }, name)))), body));

  async function load(signal = page.controller.signal) {
    let answered;
    try {
      answered = await api(`${path}/attendees${query({ limit: attendeesPerPage, status: answer, cursor })}`, { signal });
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      nothing.hidden = false;
      nothing.textContent = failure.message;
      return;
    }
    next = answered.next;
    fill(body, answered.attendees.map(attendeeRow));
    nothing.hidden = answered.attendees.length > 0;
    nothing.textContent = next ? 'None on this page; the next may have some.' : before.length ? 'These were all.' : 'Nobody here yet.';
    table.hidden = answered.attendees.length === 0;
    previous.disabled = before.length === 0;
    following.disabled = !next;
    const first = before.length ? `Page ${count(before.length + 1)}, ` : '';
    summary.textContent = answered.attendees.length ? `${first}${counted(answered.attendees.length, 'person', 'people')}` : '';
  }

  load();
  return {
    element: element('section', { class: 'panel' },
      element('div', { class: 'head' }, element('h2', {}, 'Attendees'),
        element('div', { class: 'tabs actions', role: 'group', 'aria-label': 'Which answers' }, buttons)),
      nothing, table, element('div', { class: 'pager' }, previous, following, summary)),
    refresh: load,
  };
}

function attendeeRow(attendee) {
  const style = answers.find(({ key }) => key === attendee.status)?.style || 'none';
  const proposal = attendee.proposal && attendee.proposal.when;
  return element('tr', {},
    element('td', {}, attendee.email, attendee.name && element('div', { class: 'small soft' }, attendee.name)),
    element('td', { class: attendee.comment || proposal ? 'wide' : null },
      element('span', { class: `badge answer-${style}` }, answerNames[attendee.status] || attendee.status),
      attendee.comment && element('div', { class: 'small' }, `“${attendee.comment}”`),
      proposal && element('div', { class: 'small' }, `Proposes ${proposal}`),
      attendee.delegated_to && element('div', { class: 'small' }, `Sends ${attendee.delegated_to}`)),
    element('td', {}, attendee.origin), element('td', {}, attendee.prodid || '–'), element('td', {}, attendee.delivery));
}
