// The list of a domain's or an organizer's events.

const cardsPerPage = 12;
/** What is sorted or searched here has to be here first. */
const mostLoaded = 2000;

const views = [['all', 'All'], ['recent', 'Last 7 days'], ['future', 'Upcoming'], ['past', 'Past']];
const orders = {
  changed: ['Last changed', null],
  created: ['Created', (a, b) => b.created - a.created],
  start: ['Start', (a, b) => a.dtstart - b.dtstart],
  organizer: ['Organizer', (a, b) => a.organizer.localeCompare(b.organizer) || b.created - a.created],
};

/** What the reader chose stays while they look at an event and come back. */
const listChoices = {};

/**
 * @param scope names the list, so that its choices are kept apart
 * @param path of the API's list
 */
function eventList({ scope, path, withOrganizer }) {
  const choice = listChoices[scope] = listChoices[scope] || { view: 'all', status: '', order: 'changed', words: '', page: 0, asTable: false };
  let events = [];
  let next = null;
  let hasLoaded = false;
  let failure = null;
  let statistics = new Map();
  let shown = [];

  const results = element('div', { 'aria-live': 'off' });
  const summary = element('span', { class: 'soft small', role: 'status' });
  const previous = element('button', { type: 'button', onclick: () => turn(-1) }, 'Previous');
  const following = element('button', { type: 'button', onclick: () => turn(1) }, 'Next');
  const viewButtons = views.map(([view, label]) =>
    element('button', { type: 'button', 'aria-pressed': String(choice.view === view), onclick: () => change({ view }) }, label));
  const layouts = [[false, 'Cards'], [true, 'List']].map(([asTable, label]) =>
    element('button', { type: 'button', 'aria-pressed': String(choice.asTable === asTable), onclick: () => change({ asTable }, true) }, label));
  const status = element('select', { onchange: () => change({ status: status.value }) },
    [['', 'Any'], ...Object.entries(statusNames)].map(([value, label]) => element('option', { value }, label)));
  status.value = choice.status;
  const order = element('select', { onchange: () => change({ order: order.value }, true) },
    Object.entries(orders).filter(([key]) => withOrganizer || key !== 'organizer').map(([value, [label]]) => element('option', { value }, label)));
  order.value = choice.order;
  let typing;
  const words = element('input', { type: 'search', placeholder: 'Title, place or organizer', value: choice.words, oninput: () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ words: words.value.trim() }, true), 250);
  } });

  function change(values, isLocal) {
    Object.assign(choice, values, { page: 0 });
    viewButtons.forEach((button, index) => button.setAttribute('aria-pressed', String(views[index][0] === choice.view)));
    layouts.forEach((button, index) => button.setAttribute('aria-pressed', String(choice.asTable === (index === 1))));
    if (!isLocal) { events = []; next = null; hasLoaded = false; }
    show();
  }

  function turn(by) {
    choice.page = Math.max(0, choice.page + by);
    show().then(() => results.scrollIntoView({ block: 'nearest' }));
  }

  async function loadPage(limit) {
    const answer = await api(path + query({ filter: choice.view === 'all' ? '' : choice.view, status: choice.status, limit, cursor: next }), { signal: page.controller.signal });
    const known = new Set(events.map(({ uid }) => uid));
    events.push(...answer.events.filter(({ uid }) => !known.has(uid)));
    next = answer.next;
    hasLoaded = true;
  }

  function matching() {
    const wanted = choice.words.toLowerCase().split(/\s+/).filter(Boolean);
    const found = wanted.length ? events.filter((event) => {
      const text = [plain(event.summary_html), plain(event.location_html), event.organizer, event.organizer_name || '', event.uid].join(' ').toLowerCase();
      return wanted.every((word) => text.includes(word));
    }) : events.slice();
    const compare = orders[choice.order][1];
    return compare ? found.sort(compare) : found;
  }

  let latest = 0;
  async function show() {
    const own = ++latest;
    const wantsAll = choice.order !== 'changed' || choice.words !== '';
    try {
      failure = null;
      if (!hasLoaded) fill(results, element('p', { class: 'soft' }, 'Loading …'));
      while (!hasLoaded || (next && (wantsAll ? events.length < mostLoaded : matching().length <= (choice.page + 1) * cardsPerPage))) {
        await loadPage(wantsAll ? 500 : 2 * cardsPerPage);
        if (own !== latest) return;
      }
    } catch (caught) {
      if (caught.name === 'AbortError' || own !== latest) return;
      if (caught.isKeyRefused) return signOut(caught.message);
      failure = caught;
    }
    draw();
    await refreshStatistics();
  }

  function draw() {
    if (failure) return fill(results, notice(failure.message, show));
    const found = matching();
    const pages = Math.max(1, Math.ceil(found.length / cardsPerPage));
    choice.page = Math.min(choice.page, pages - 1);
    const first = choice.page * cardsPerPage;
    shown = found.slice(first, first + cardsPerPage).map((event) => entry(event, withOrganizer, choice.asTable));
    previous.disabled = choice.page === 0;
    following.disabled = first + cardsPerPage >= found.length && !next;
    const more = next ? (events.length >= mostLoaded ? `, among the ${count(mostLoaded)} last changed` : ' and more') : '';
    summary.textContent = found.length ? `${count(first + 1)} – ${count(first + shown.length)} of ${counted(found.length, 'event', 'events')}${more}` : '';
    if (!shown.length) {
      const isNarrowed = choice.view !== 'all' || choice.status || choice.words;
      fill(results, element('p', { class: 'soft' }, isNarrowed ? 'No event is like that.' : 'There is no event yet. Invite create@ of your mail domain from a calendar, and it appears here.'));
    } else if (choice.asTable) {
      fill(results, element('div', { class: 'rows', tabindex: '0', role: 'region', 'aria-label': 'Events' }, element('table', {},
        element('thead', {}, element('tr', {}, ['Event', 'Start', withOrganizer && 'Organizer', 'Status'].filter(Boolean).map((name) => element('th', { scope: 'col' }, name)),
          ['Sent', 'Yes', 'No', 'Maybe'].map((name) => element('th', { scope: 'col', class: 'number' }, name)), element('th', { scope: 'col' }, 'Created'))),
        element('tbody', {}, shown.map(({ element: row }) => row)))));
    } else {
      fill(results, element('ul', { class: 'cards' }, shown.map(({ element: card }) => card)));
    }
    for (const { uid, update } of shown) if (statistics.has(uid)) update(statistics.get(uid));
  }

  /** Asks for the figures of the events that are shown, four at a time. */
  async function refreshStatistics() {
    const waiting = shown.slice();
    const signal = page.controller.signal;
    async function ask() {
      for (let item = waiting.shift(); item && !signal.aborted; item = waiting.shift()) {
        try {
          const figures = await api(`/event/${item.uid}/statistics`, { signal });
          statistics.set(item.uid, figures);
          item.update(figures);
        } catch (caught) {
          if (caught.status === 429) return;
        }
      }
    }
    await Promise.all([ask(), ask(), ask(), ask()]);
  }

  /** Brings the figures up to date, and the list when an event came or changed. */
  async function refresh(signal) {
    const answer = await api(path + query({ filter: choice.view === 'all' ? '' : choice.view, status: choice.status, limit: 2 * cardsPerPage }), { signal });
    const before = new Map(events.map((event) => [event.uid, event.last_modified]));
    const changed = answer.events.filter(({ uid, last_modified }) => before.get(uid) !== last_modified);
    if (changed.length && hasLoaded) {
      const uids = new Set(changed.map(({ uid }) => uid));
      events = [...changed, ...events.filter(({ uid }) => !uids.has(uid))];
      draw();
    }
    await refreshStatistics();
    return changed.length > 0;
  }

  show();
  return {
    element: element('section', { class: 'panel', 'aria-label': 'Events' },
      element('div', { class: 'head' }, element('h2', {}, 'Events'), element('div', { class: 'tabs actions', role: 'group', 'aria-label': 'Layout' }, layouts)),
      element('div', { class: 'controls' },
        element('div', { class: 'tabs', role: 'group', 'aria-label': 'Which events' }, viewButtons),
        element('label', {}, 'Status', status), element('label', {}, 'Sorted by', order), element('label', { class: 'grow' }, 'Search', words)),
      results,
      element('div', { class: 'pager' }, previous, following, summary)),
    refresh,
  };
}

/** One event of the list, as a card or as a row. */
function entry(event, withOrganizer, asTable) {
  const title = plain(event.summary_html) || '(no title)';
  const link = element('a', { href: `#/event/${event.uid}` }, title);
  const organizer = element('a', { href: `#/organizer/${segment(event.organizer)}` }, event.organizer_name || event.organizer);
  // A secondary calendar of the organizer's.
  const calendar = event.original_organizer && event.original_organizer.replace(/^mailto:/i, '').toLowerCase() !== event.organizer ? event.original_organizer.replace(/^mailto:/i, '') : null;
  if (asTable) {
    const figures = ['attendees', 'accepted', 'declined', 'tentative'].map(() => element('td', { class: 'number' }));
    return {
      uid: event.uid,
      element: element('tr', {}, element('th', { scope: 'row' }, link), element('td', {}, when(event)), withOrganizer && element('td', {}, organizer),
        element('td', {}, badge(event.status)), figures, element('td', {}, created(event.created))),
      update(statistics) {
        [statistics.attendees, statistics.rsvp.accepted, statistics.rsvp.declined, statistics.rsvp.tentative].forEach((number, index) => setFigure(figures[index], number));
      },
    };
  }
  const bar = answerBar();
  const mini = [['Sent', 'attendees'], ['Yes', 'accepted'], ['No', 'declined'], ['Maybe', 'tentative']].map(([label, key]) => ({ key, label, number: element('b') }));
  return {
    uid: event.uid,
    element: element('li', { class: 'card' },
      element('div', {}, badge(event.status), event.rrule && [' ', element('span', { class: 'badge' }, 'Repeating')]),
      element('h3', {}, link),
      element('p', {}, when(event)),
      withOrganizer && element('p', { class: 'soft' }, 'by ', organizer, event.organizer_name && ` (${event.organizer})`),
      calendar && element('p', { class: 'soft' }, `on behalf of ${calendar}`),
      element('p', { class: 'soft' }, `Created ${created(event.created)}`),
      element('div', { class: 'mini' }, mini.map(({ label, number }) => element('span', {}, `${label} `, number))),
      bar.element),
    update(statistics) {
      for (const { key, number } of mini) setFigure(number, key === 'attendees' ? statistics.attendees : statistics.rsvp[key]);
      bar.update(statistics);
    },
  };
}

function notice(message, again) {
  return element('div', { class: 'notice bad', role: 'alert' }, element('p', {}, message),
    again && element('p', {}, element('button', { type: 'button', onclick: again }, 'Try again')));
}
