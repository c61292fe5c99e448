// Calls of the HTTP API, and asking it again and again.

const keyName = 'calendar-invite-server.key';
const session = {
  get key() { return sessionStorage.getItem(keyName); },
  set key(value) {
    if (value) sessionStorage.setItem(keyName, value);
    else sessionStorage.removeItem(keyName);
  },
  /** What `GET /key` said of it. */
  holder: null,
};

class APIFailure extends Error {
  constructor(status, code, message, retryAfter) {
    super(message);
    Object.assign(this, { status, code, retryAfter });
  }
  get isKeyRefused() { return this.code === 'unknown_key' || this.code === 'missing_key'; }
}

async function request(path, options = {}) {
  const headers = { 'x-api-key': session.key || '', ...options.headers };
  if (options.json) headers['content-type'] = 'application/json';
  const response = await fetch(path, {
    method: options.method || 'GET', headers, body: options.json ? JSON.stringify(options.json) : undefined,
    signal: options.signal, cache: 'no-store', credentials: 'omit', redirect: 'error',
  });
  if (response.ok) return response;
  let error = {};
  try {
    error = (await response.json()).error || {};
  } catch { /* The gateway's own refusals are no JSON of ours. */ }
  const message = error.message || (response.status === 429 ? 'Too many requests at the moment.' : `The server answered ${response.status}.`);
  throw new APIFailure(response.status, error.code, message, Number(response.headers.get('retry-after')) || 0);
}

async function api(path, options) {
  const response = await request(path, options);
  return response.status === 204 ? null : response.json();
}

const segment = encodeURIComponent;

function query(values) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return known.length ? `?${new URLSearchParams(known)}` : '';
}

/** Work that belongs to the page that is shown, and ends with it. */
let page = { controller: new AbortController(), timers: [] };

function leavePage() {
  page.controller.abort();
  page.timers.forEach(clearTimeout);
  document.removeEventListener('visibilitychange', page.wake);
  page = { controller: new AbortController(), timers: [], wake: () => {} };
}

const live = {
  element: document.getElementById('live'),
  show(state, text) {
    if (this.element.dataset.state === state && this.element.textContent === text) return;
    this.element.dataset.state = state;
    this.element.textContent = text;
  },
};

const fastest = 2000;
const slowest = 30000;

/**
 * Asks again while the page is shown: every two seconds while figures move, ever more rarely when they stand still or
 * the server is not reached, and not at all while nobody looks.
 *
 * @param work asks and shows; answers whether anything moved.
 */
function keepFresh(work) {
  const own = page;
  let pause = fastest;
  let timer;
  async function round() {
    if (own.controller.signal.aborted) return;
    if (document.hidden) return;
    try {
      const moved = await work(own.controller.signal);
      if (own.controller.signal.aborted) return;
      pause = moved ? fastest : Math.min(pause * 1.4, slowest);
      live.show('on', 'Live');
    } catch (failure) {
      if (own.controller.signal.aborted) return;
      if (failure.isKeyRefused) return signOut(failure.message);
      pause = Math.max(Math.min(pause * 2, slowest), 1000 * (failure.retryAfter || 0));
      live.show('off', failure.status === 404 ? 'No longer there' : failure.status ? 'Waiting' : 'Not reached, trying again');
    }
    timer = setTimeout(round, pause);
    own.timers.push(timer);
  }
  own.wake = () => {
    if (document.hidden) return live.show('off', 'Paused');
    clearTimeout(timer);
    pause = fastest;
    round();
  };
  document.addEventListener('visibilitychange', own.wake);
  timer = setTimeout(round, fastest);
  own.timers.push(timer);
  live.show('on', 'Live');
  return () => { pause = fastest; clearTimeout(timer); round(); };
}
