// Made by Scripts/generate-pages from Sources/Templates. Do not edit.
// swift-format-ignore-file

/// The dashboard: one page without a part from elsewhere.
enum DashboardPage {
    /// Content-Security-Policy: this page's own style and script, by their digests, and nothing else.
    static let policy = "default-src 'none'; script-src 'sha256-vTJJ0DXSQgam2XYnS2+Tlzhuv9Y9w3irPNZXNK1Y/t8='; style-src 'sha256-sWu2yv8TEl3Gi1wn6UGjrYmYMPlySeetB8Kl2u/FE6Y='; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static let text: StaticString = ##"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">
        <title>Dashboard · Calendar Invite Server</title>
        <link rel="icon" href="data:,">
        <style>:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--back:#f3f5f7;--line:#d0d7de;--deep:#1a56b0;--on:#fff;--wash:#e8f0fc;--yes:#1a7f45;--no:#b93a31;--maybe:#b77a08;--none:#8b95a1;--warn:#8a5a00}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#9aa4af;--paper:#1c2128;--back:#12161b;--line:#3a424c;--deep:#7db1ff;--on:#0b1522;--wash:#1d2b40;--yes:#4cc27c;--no:#f0776d;--maybe:#e3ab3d;--none:#76808c;--warn:#e3ab3d}}
        *{box-sizing:border-box}
        [hidden]{display:none!important}
        body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        h1,h2,h3,p,dl,dd,ul,ol{margin:0;padding:0}
        h1{font-size:1.6rem;line-height:1.2;overflow-wrap:anywhere}
        h1:focus,main:focus{outline:none}
        h2{font-size:1.05rem;margin-bottom:.75rem}
        a{color:var(--deep)}
        button,input,select,textarea{font:inherit;color:inherit}
        button,select,input,textarea{min-height:2.5rem;border:1px solid var(--none);border-radius:8px;background:var(--paper);padding:.35rem .75rem}
        button{cursor:pointer;font-weight:600;color:var(--deep);border-color:var(--deep)}
        button:disabled{cursor:default;color:var(--soft);border-color:var(--line)}
        button.main{color:var(--on);background:var(--deep)}
        button.quiet{border-color:transparent;background:none}
        button.small{min-height:1.75rem;padding:.1rem .5rem;font-size:.85rem}
        button.danger{color:var(--no);border-color:var(--no)}
        :focus-visible{outline:3px solid var(--deep);outline-offset:2px}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .skip{position:absolute;left:-99rem;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:2}
        .skip:focus{left:.5rem}
        .soft,.note{color:var(--soft)}
        .note,.small{font-size:.85rem}
        .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem;padding:.5rem max(1rem,calc((100vw - 72rem)/2));background:var(--paper);border-bottom:1px solid var(--line);min-height:3.5rem}
        .brand{display:flex;align-items:center;gap:.6rem;font-weight:700;color:var(--ink);text-decoration:none}
        .mark{width:1.35rem;height:1.35rem;border-radius:5px;background:linear-gradient(var(--deep) 34%,transparent 34%),conic-gradient(from 90deg at 62% 50%,var(--deep) 25%,transparent 0);border:2px solid var(--deep)}
        #trail{flex:1;min-width:0}
        #trail ol{display:flex;flex-wrap:wrap;list-style:none;gap:.15rem .5rem;font-size:.95rem}
        #trail li{display:flex;gap:.5rem;min-width:0;max-width:100%}
        #trail li+li::before{content:"›";color:var(--soft)}
        #trail a,#trail span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:22rem}
        .tools{display:flex;align-items:center;gap:.75rem;margin-left:auto}
        .live{font-size:.85rem;color:var(--soft);white-space:nowrap}
        .live[data-state]::before{content:"";display:inline-block;width:.6rem;height:.6rem;margin-right:.4rem;border-radius:50%;background:var(--none)}
        .live[data-state=on]::before{background:var(--yes)}
        main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 4rem;display:flex;flex-direction:column;gap:1.5rem}
        .panel,.card,.tile{background:var(--paper);border:1px solid var(--line);border-radius:12px}
        .panel{padding:1.1rem 1.25rem;min-width:0}
        .head{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:flex-start;justify-content:space-between}
        .head>div{min-width:0;flex:1 1 22rem}
        .head .actions{flex:0 1 auto;display:flex;gap:.5rem;flex-wrap:wrap}
        .lead{color:var(--soft);margin-top:.35rem;overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.75rem,1fr));gap:.75rem}
        .tile{padding:.8rem 1rem;border-top-width:4px}
        .tile dt{font-size:.9rem;color:var(--soft)}
        .tile dd:not(.note){font-size:1.9rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
        .tile .note{min-height:1.3rem}
        .tile.yes{border-top-color:var(--yes)}.tile.no{border-top-color:var(--no)}.tile.maybe{border-top-color:var(--maybe)}.tile.none{border-top-color:var(--none)}
        .answers{display:flex;height:.75rem;margin-top:.9rem;border-radius:6px;overflow:hidden;background:var(--line);gap:1px}
        .answers i{flex:0 1 0;transition:flex-grow .6s}
        .answers .yes{background:var(--yes)}.answers .no{background:repeating-linear-gradient(45deg,var(--no) 0 5px,color-mix(in srgb,var(--no) 75%,#000) 5px 7px)}.answers .maybe{background:var(--maybe)}.answers .none{background:var(--line)}
        .moved{animation:moved 1.6s}
        @keyframes moved{0%{background:var(--wash);box-shadow:0 0 0 .3rem var(--wash);border-radius:2px}}
        .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.5rem}
        table{width:100%;border-collapse:collapse}
        .breakdown th{font-weight:400;text-align:left;padding:.3rem 0;overflow-wrap:anywhere}
        .breakdown th{width:100%}
        .breakdown td{padding:.3rem 0 .3rem 1rem;vertical-align:bottom;white-space:nowrap}
        .number{text-align:right;font-variant-numeric:tabular-nums}
        .meter{display:block;height:.4rem;margin-top:.2rem;border-radius:3px;background:var(--back)}
        .meter i{display:block;height:100%;border-radius:3px;background:var(--deep);transition:width .6s}
        .controls{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin-bottom:1rem}
        .controls label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft);gap:.15rem}
        .controls label input,.controls label select{color:var(--ink);font-size:1rem}
        .controls .grow{flex:1 1 12rem}
        .tabs,.head .tabs{display:flex;gap:0;border:1px solid var(--deep);border-radius:8px;overflow:hidden}
        .tabs button{border:0;border-radius:0;font-weight:500;flex:1 0 auto}
        .tabs button+button{border-left:1px solid var(--line)}
        .tabs button[aria-pressed=true]{background:var(--deep);color:var(--on)}
        .tabs button:focus-visible{outline-offset:-4px}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1rem;list-style:none}
        .card{padding:1rem 1.1rem;display:flex;flex-direction:column;gap:.35rem;min-width:0}
        .card h3{font-size:1.05rem;line-height:1.3;overflow-wrap:anywhere}
        .card h3 a{color:inherit;text-decoration:none}
        .card h3 a:hover{text-decoration:underline}
        .card .answers{height:.5rem;margin-top:auto}
        .card p{font-size:.92rem;overflow-wrap:anywhere}
        .mini{display:flex;flex-wrap:wrap;gap:.1rem .9rem;font-size:.88rem;font-variant-numeric:tabular-nums;min-height:1.35rem}
        .mini b{font-weight:650}
        .badge{display:inline-block;font-size:.78rem;font-weight:600;padding:.05rem .5rem;border-radius:99px;border:1px solid currentColor;color:var(--soft);white-space:nowrap}
        .badge.confirmed,.badge.finished{color:var(--yes)}.badge.cancelled,.badge.failed{color:var(--no)}.badge.tentative,.badge.paused{color:var(--warn)}.badge.sending,.badge.importing{color:var(--deep)}
        .rows{overflow-x:auto;margin:0 -1.25rem;padding:0 1.25rem}
        .rows th,.rows td{text-align:left;padding:.5rem .9rem .5rem 0;border-top:1px solid var(--line);vertical-align:top;font-size:.93rem}
        .rows thead th{border-top:0;font-size:.85rem;color:var(--soft);font-weight:600;white-space:nowrap}
        .rows td.number,.rows th.number{text-align:right}
        .rows td.wide{min-width:12rem;overflow-wrap:anywhere}
        .pager{display:flex;gap:.75rem;align-items:center;margin-top:1rem;flex-wrap:wrap}
        .facts{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1.25rem}
        .facts dt{color:var(--soft)}
        .facts dd{min-width:0;overflow-wrap:anywhere}
        code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .pre{white-space:pre-wrap;max-height:14rem;overflow:auto}
        .campaign{padding:.8rem 0;border-top:1px solid var(--line)}
        .campaign:first-child{border-top:0;padding-top:0}
        .campaign .top{display:flex;flex-wrap:wrap;gap:.25rem .75rem;justify-content:space-between;align-items:baseline}
        .campaign .state{display:flex;gap:.75rem;align-items:center}
        progress{width:100%;height:.7rem;margin:.45rem 0 .25rem;border:0;border-radius:6px;background:var(--line);overflow:hidden;appearance:none;display:block}
        progress::-webkit-progress-bar{background:var(--line)}
        progress::-webkit-progress-value{background:var(--deep);transition:width .6s}
        progress::-moz-progress-bar{background:var(--deep)}
        .notice{padding:.75rem 1rem;border:1px solid var(--line);border-left:4px solid var(--deep);border-radius:8px;background:var(--paper);overflow-wrap:anywhere}
        .notice.bad{border-left-color:var(--no)}
        .entry{max-width:28rem;margin:8vh auto 0;width:100%;padding:2rem}
        .entry form{display:flex;flex-direction:column;gap:.75rem;margin-top:1.25rem}
        .entry label{font-weight:600}
        details summary{cursor:pointer;color:var(--deep);font-weight:600;min-height:2rem}
        .form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin-top:.75rem}
        .form label{flex:1 1 18rem;display:flex;flex-direction:column;font-size:.85rem;color:var(--soft)}
        .form input,.form textarea{color:var(--ink);font-size:1rem;width:100%}
        .form .whole{flex-basis:100%}
        .form .buttons{display:flex;flex-wrap:wrap;gap:.6rem}
        .form .whole p{margin:0}
        @media(max-width:40rem){.bar{padding:.4rem .75rem;gap:.1rem .5rem}.brand{font-size:.92rem}.tools{gap:.25rem}#leave{padding:.1rem .25rem;font-size:.85rem}#trail{order:3;flex-basis:100%}.head .tabs{margin-bottom:.75rem}main{padding:1rem .75rem 3rem;gap:1rem}.panel{padding:1rem}.rows{margin:0 -1rem;padding:0 1rem}.tiles{grid-template-columns:repeat(2,1fr)}.tile:first-child:nth-last-child(odd){grid-column:1/-1}.tile dd:not(.note){font-size:1.6rem}.tabs{width:100%;flex-wrap:wrap}.controls label{flex:1 1 8rem}.entry{margin-top:1rem;padding:1.25rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}}
        @media(prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}
        .badge.answer-yes{color:var(--yes)}.badge.answer-no{color:var(--no)}.badge.answer-maybe{color:var(--warn)}
        </style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="bar">
          <a class="brand" href="#/"><span class="mark" aria-hidden="true"></span>Calendar Invite Server</a>
          <nav id="trail" aria-label="Where you are"></nav>
          <div class="tools">
            <span id="live" class="live" role="status"></span>
            <button id="leave" class="quiet" type="button" hidden>Sign out</button>
          </div>
        </header>
        <main id="main" tabindex="-1">
          <noscript><p class="notice">The dashboard needs JavaScript. The same figures come from the HTTP API.</p></noscript>
        </main>
        <div id="say" class="hidden" role="status" aria-live="polite"></div>
        <script>'use strict';
        (() => {
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
        })();
        </script>
        </body>
        </html>

        """##
}
