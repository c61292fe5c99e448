// Figures that move: answers, and what they break down into.

const answers = [
  { key: 'accepted', label: 'Yes', style: 'yes' },
  { key: 'declined', label: 'No', style: 'no' },
  { key: 'tentative', label: 'Maybe', style: 'maybe' },
  { key: 'noaction', label: 'No answer', style: 'none' },
];
const answerNames = { ...Object.fromEntries(answers.map(({ key, label }) => [key, label])), delegated: 'Delegated' };

/** Writes a figure, and marks it for a moment when it is another than before. */
function setFigure(target, number) {
  const text = count(number);
  if (target.textContent === text) return;
  const isFirst = target.textContent === '';
  target.textContent = text;
  if (isFirst) return;
  target.classList.remove('moved');
  void target.offsetWidth;
  target.classList.add('moved');
}

/** The answers as one bar. */
function answerBar() {
  const parts = answers.map(({ style }) => element('i', { class: style }));
  const bar = element('div', { class: 'answers', role: 'img' }, parts);
  return {
    element: bar,
    update(statistics) {
      const total = answers.reduce((sum, { key }) => sum + (statistics.rsvp[key] || 0), 0);
      answers.forEach(({ key }, index) => {
        parts[index].style.flexGrow = total ? statistics.rsvp[key] || 0 : index === 3 ? 1 : 0;
      });
      bar.setAttribute('aria-label', answers.map(({ key, label }) => `${label}: ${count(statistics.rsvp[key])}`).join(', '));
    },
  };
}

/** Invitations sent and their answers, as large figures above a bar. */
function figures({ withEvents }) {
  const tiles = {};
  function tile(key, label, style) {
    const number = element('dd', {});
    const note = element('dd', { class: 'note' });
    tiles[key] = { number, note };
    return element('div', { class: `tile ${style || ''}` }, element('dt', {}, label), number, note);
  }
  const bar = answerBar();
  const list = element('dl', { class: 'tiles' },
    withEvents && tile('events', 'Events'),
    tile('attendees', 'Invites sent'),
    answers.map(({ key, label, style }) => tile(key, label, style)));
  return {
    element: element('section', { 'aria-label': 'Figures', class: 'figures' }, list, bar.element),
    update(statistics) {
      setFigure(tiles.attendees.number, statistics.attendees);
      const replied = statistics.attendees - (statistics.rsvp.noaction || 0);
      tiles.attendees.note.textContent = statistics.attendees ? `${share(replied, statistics.attendees)} answered` : 'none yet';
      if (withEvents) {
        setFigure(tiles.events.number, statistics.events);
        tiles.events.note.textContent = statistics.events_cancelled ? `${count(statistics.events_cancelled)} cancelled` : '';
      }
      for (const { key } of answers) {
        setFigure(tiles[key].number, statistics.rsvp[key]);
        tiles[key].note.textContent = share(statistics.rsvp[key] || 0, statistics.attendees);
      }
      bar.update(statistics);
    },
  };
}

/** What became of the mails, as far as mailbox providers tell. */
function deliveryPanel() {
  const panel = breakdown('What became of the mails', 'Nothing has been sent yet.', 'Outcome', { isOrdered: true });
  const names = { delivered: 'Delivered', bounced: 'Came back', complained: 'Reported as unwanted', failed: 'Refused by the mail service' };
  return {
    element: panel.element,
    update(statistics) {
      const counts = {};
      for (const [key, name] of Object.entries(names)) counts[name] = (statistics.delivery || {})[key];
      panel.update({ 'Taken by the mail service': (statistics.delivery || {}).sent, ...counts, 'Opened': statistics.opened, 'Proven to be in a calendar': statistics.receipts });
    },
  };
}

/** Counts by name as bars in a table, the largest first unless they have an order of their own. */
function breakdown(title, empty, nameColumn, { isOrdered = false } = {}) {
  const body = element('tbody');
  const rows = new Map();
  const table = element('table', { class: 'breakdown' },
    element('thead', { class: 'hidden' }, element('tr', {}, element('th', { scope: 'col' }, nameColumn), element('th', { scope: 'col' }, 'People'))), body);
  const nothing = element('p', { class: 'soft' }, empty);
  return {
    element: element('section', { class: 'panel' }, element('h2', {}, title), nothing, table),
    update(counts) {
      const entries = Object.entries(counts).filter(([, number]) => number > 0);
      if (!isOrdered) entries.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
      const largest = Math.max(1, ...entries.map(([, number]) => number));
      nothing.hidden = entries.length > 0;
      table.hidden = entries.length === 0;
      for (const [name, row] of rows) if (!(counts[name] > 0)) { row.line.remove(); rows.delete(name); }
      entries.forEach(([name, number], position) => {
        let row = rows.get(name);
        if (!row) {
          const fillPart = element('i');
          const figure = element('td', { class: 'number' });
          row = { fillPart, figure, line: element('tr', {}, element('th', { scope: 'row' }, element('span', {}, name), element('span', { class: 'meter', 'aria-hidden': 'true' }, fillPart)), figure) };
          rows.set(name, row);
        }
        row.fillPart.style.width = `${(100 * number) / largest}%`;
        setFigure(row.figure, number);
        if (body.children[position] !== row.line) body.insertBefore(row.line, body.children[position] || null);
      });
    },
  };
}
