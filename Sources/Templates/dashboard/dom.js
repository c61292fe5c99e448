// Elements, and how figures and times are written.

/** Makes an element. Properties that begin with "on" are listeners; nothing is ever parsed as HTML. */
function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'class') made.className = value;
    else if (key === 'value') made.value = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  fill(made, children);
  return made;
}

function fill(target, children) {
  target.replaceChildren(...[children].flat(3).filter((child) => child !== undefined && child !== null && child !== false));
  return target;
}

/** The text of a field the API gives as HTML. The parsed document is inert: no script in it runs. */
function plain(html) {
  if (!html) return '';
  const body = new DOMParser().parseFromString(html.replace(/<br\s*\/?>\n?/g, '\n'), 'text/html').body;
  return body.textContent;
}

const numberFormat = new Intl.NumberFormat();
const count = (number) => numberFormat.format(number || 0);
const counted = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

function share(part, whole) {
  if (!whole) return '0 %';
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 1) return '< 1 %';
  return `${percent > 99 && percent < 100 ? 99 : Math.round(percent)} %`;
}

function moment(seconds, options) {
  return new Intl.DateTimeFormat(undefined, options).format(new Date(seconds * 1000));
}

const dayAndTime = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' };
const onlyDay = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };

/** When an event is, on the reader's own clock; an all-day event is the same date everywhere. */
function when(event) {
  if (!event.all_day) {
    const start = moment(event.dtstart, dayAndTime);
    const sameDay = moment(event.dtstart, onlyDay) === moment(event.dtend, onlyDay);
    if (event.dtend <= event.dtstart) return start;
    return `${start} – ${moment(event.dtend, sameDay ? { hour: '2-digit', minute: '2-digit' } : dayAndTime)}`;
  }
  const utc = { ...onlyDay, timeZone: 'UTC' };
  const first = moment(event.dtstart, utc);
  const last = moment(Math.max(event.dtstart, event.dtend - 86400), utc);
  return `${first === last ? first : `${first} – ${last}`}, all day`;
}

const created = (seconds) => moment(seconds, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

const statusNames = { confirmed: 'Confirmed', tentative: 'Tentative', cancelled: 'Cancelled' };

function badge(status) {
  return element('span', { class: `badge ${status}` }, statusNames[status] || status);
}

/** Says something to those who do not see it. */
function say(text) {
  document.getElementById('say').textContent = text;
}

/** A button that copies a text and says so. */
function copyButton(text, label) {
  const button = element('button', { type: 'button', class: 'quiet small', 'aria-label': `Copy ${label}` }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select and copy by hand';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  return button;
}
