// Which page is shown, and with whose key.

const main = document.getElementById('main');
const trailElement = document.getElementById('trail');
const leave = document.getElementById('leave');

/** @param steps pairs of a name and an address; the last is where the reader is */
function trail(steps) {
  fill(trailElement, steps.length ? element('ol', {}, steps.map(([name, address]) =>
    element('li', {}, address ? element('a', { href: address }, name) : element('span', { 'aria-current': 'page' }, name)))) : []);
}

function signOut(message) {
  session.key = null;
  session.holder = null;
  show(message);
}

function askForKey(message) {
  trail([]);
  const field = element('input', { id: 'key', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', placeholder: 'cis_…' });
  const problem = element('p', { role: 'alert' }, message || '');
  const button = element('button', { type: 'submit', class: 'main' }, 'Open the dashboard');
  const form = element('form', { onsubmit: async (submission) => {
    submission.preventDefault();
    button.disabled = true;
    session.key = field.value.trim();
    await show();
  } }, element('label', { for: 'key' }, 'API key'), field, button, problem);
  const heading = element('h1', { tabindex: '-1' }, 'Who is looking?');
  fill(main, element('section', { class: 'panel entry' }, heading,
    element('p', { class: 'lead' }, 'An organizer’s key shows that organizer’s events, the domain owner’s key shows everything. It stays in this tab and is forgotten with it.'), form));
  document.title = 'Dashboard · Calendar Invite Server';
  field.focus();
}

/** The whole domain. */
async function showDomain() {
  trail([['All events']]);
  document.title = 'All events · Dashboard';
  return showFigures({
    title: 'All events', lead: 'Every organizer of this mail domain', path: '/system', scope: 'system', withOrganizer: true,
  });
}

async function showOrganizer(organizer) {
  const isOwner = session.holder.scope === 'owner';
  trail([...(isOwner ? [['All events', '#/']] : []), [organizer]]);
  document.title = `${organizer} · Dashboard`;
  const profile = await api(`/organizer/${segment(organizer)}`);
  return showFigures({
    title: organizer, path: `/organizer/${segment(organizer)}`, scope: organizer, withOrganizer: false,
    lead: [profileText(profile), profile.calendar_url && [' · ', element('a', { href: profile.calendar_url }, 'Public page')]], actions: isOwner && [suspensionButton(profile)],
  });
}

function profileText(profile) {
  const limits = profile.limits || {};
  return [
    profile.suspended ? 'Suspended: nothing is sent for them' : 'May send',
    profile.bulk && 'may send lists by mail',
    limits.events !== null && limits.events !== undefined && `at most ${counted(limits.events, 'event', 'events')}`,
    limits.invites_per_event !== null && limits.invites_per_event !== undefined && `at most ${counted(limits.invites_per_event, 'invitation', 'invitations')} for an event`,
  ].filter(Boolean).join(' · ');
}

/** Asks twice: it stops or resumes all that goes out for somebody. */
function suspensionButton(profile) {
  const label = () => (profile.suspended ? 'Let them send again' : 'Suspend');
  const button = element('button', { type: 'button', class: profile.suspended ? '' : 'danger' }, label());
  let isSure = false;
  button.addEventListener('click', async () => {
    if (!isSure) {
      isSure = true;
      button.textContent = profile.suspended ? 'Really let them send?' : 'Really suspend?';
      setTimeout(() => { isSure = false; button.textContent = label(); }, 4000);
      return;
    }
    button.disabled = true;
    try {
      await api(`/system/organizers/${segment(profile.organizer)}`, { method: 'POST', json: { suspended: !profile.suspended } });
      show();
    } catch (failure) {
      button.disabled = false;
      say(failure.message);
    }
  });
  return button;
}

async function showFigures({ title, lead, path, scope, withOrganizer, actions }) {
  let known = await api(`${path}/statistics`);
  const numbers = figures({ withEvents: true });
  const deliveries = deliveryPanel();
  const origins = breakdown('Where they came from', 'Nobody has been invited yet.', 'Origin');
  const clients = breakdown('What they answered with', 'Nobody has answered yet.', 'Calendar program');
  const list = eventList({ scope, path: `${path}/events`, withOrganizer });
  function update(statistics) {
    numbers.update(statistics);
    deliveries.update(statistics);
    origins.update(statistics.origin);
    clients.update(statistics.prodid);
  }
  update(known);
  const heading = element('h1', { tabindex: '-1' }, title);
  fill(main, [
    element('div', { class: 'head' }, element('div', {}, heading, lead && element('p', { class: 'lead' }, lead)), actions && element('div', { class: 'actions' }, actions)),
    numbers.element, list.element, element('div', { class: 'two' }, deliveries.element, origins.element, clients.element),
  ]);
  keepFresh(async (signal) => {
    const current = await api(`${path}/statistics`, { signal });
    const moved = JSON.stringify(current) !== JSON.stringify(known);
    known = current;
    if (moved) {
      update(current);
      await list.refresh(signal);
    }
    return moved;
  });
  return heading;
}

/** Of `#/event/…` and `#/organizer/…`; an address without a hash may name an event: `/dashboard/{uid}`. */
function place() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }
  });
  const uid = location.pathname.match(/^\/dashboard\/([^/]+)\/?$/);
  if (!location.hash && uid) return ['event', uid[1]];
  return parts;
}

let shows = 0;
async function show(message) {
  const own = ++shows;
  leavePage();
  live.element.textContent = '';
  delete live.element.dataset.state;
  leave.hidden = !session.key;
  if (!session.key) return askForKey(message);
  try {
    if (!session.holder) session.holder = await api('/key');
    if (own !== shows) return;
    const [kind, name] = place();
    const isOwner = session.holder.scope === 'owner';
    fill(main, element('p', { class: 'soft' }, 'Loading …'));
    const heading = kind === 'event' && name ? await showEvent(name)
      : kind === 'organizer' && name ? await showOrganizer(name)
        : isOwner ? await showDomain() : await showOrganizer(session.holder.organizer);
    if (own === shows) {
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }
  } catch (failure) {
    if (own !== shows || failure.name === 'AbortError') return;
    if (failure.isKeyRefused) return signOut(failure.message);
    const text = failure.status ? failure.message : 'The server cannot be reached.';
    fill(main, notice(text, () => show()));
  }
}

leave.addEventListener('click', () => signOut());
window.addEventListener('hashchange', () => show());
show();
