// The first view: what goes on now, drawn from the stream of pictures.
import { age, call, clean, clock, confirmed, count, dollars, el, jobLink, notice, percent, say, since, span, status, sync } from './dom.js';
import { plot } from './plot.js';

const SHOWN = 30;
const SLOW = 10000;
const byId = id => document.getElementById(id);

/** A filter's jobs are in every picture, or are asked for. */
const FILTERS = {
  All: { live: p => [...p.rendering.jobs, ...p.waiting.jobs, ...p.ended] },
  Rendering: { statuses: 'STARTING,RENDERING', live: p => p.rendering.jobs },
  Waiting: { statuses: 'QUEUED,RETRYING', live: p => p.waiting.jobs },
  Succeeded: { statuses: 'SUCCEEDED' },
  Failed: { statuses: 'FAILED,REJECTED' },
  Cancelled: { statuses: 'CANCELLED' }
};

let filter = 'All';
let picture = null;
let asked = { at: 0, jobs: [] };
let older = { jobs: [], next: null, begun: false };

export function start() {
  byId('filters').append(...Object.keys(FILTERS).map(name =>
    el('button', { type: 'button', 'aria-pressed': String(name === filter), onclick: () => choose(name) }, name)));
  byId('more').addEventListener('click', () => showOlder().catch(failed));
  byId('redrive').addEventListener('click', () => redrive().catch(failed));
}

const failed = error => notice('action', 'bad', error.message);

function choose(name) {
  filter = name;
  asked = { at: 0, jobs: [] };
  older = { jobs: [], next: null, begun: false };
  for (const button of byId('filters').children) button.setAttribute('aria-pressed', String(button.textContent === name));
  table();
}

/** Draws a picture. */
export function draw(next) {
  picture = next;
  notices();
  if (!picture.rendering) return;
  rendering();
  facts();
  failures();
  workers();
  if (picture.steps) plot(byId('plot'), picture.steps);
  table();
}

const now = () => Date.parse(picture.at);

function notices() {
  const { worker, trouble } = picture;
  notice('trouble', 'bad', trouble && 'The picture is not whole.', trouble, true);
  notice('paused', 'warn', worker?.paused && 'This worker takes no new job: ' + worker.paused.code + '.', worker?.paused?.message, true);
  notice('stopping', 'warn', worker?.stopping && 'This worker is stopping.', 'Its renders are handed over.', true);
}

function facts() {
  const { rendering, waiting, queue, today, steps, worker } = picture;
  const many = list => list.jobs.length + (list.more ? '+' : '');
  say(byId('fact-rendering'), many(rendering));
  say(byId('fact-rendering-sub'), worker.free + ' more fit in here');
  say(byId('fact-waiting'), queue && queue.waiting + queue.delayed > waiting.jobs.length ? queue.waiting + queue.delayed : many(waiting));
  say(byId('fact-waiting-sub'), picture.oldestQueuedAt ? 'oldest for ' + age(picture.oldestQueuedAt, now()) : '');
  const succeeded = steps.reduce((sum, step) => sum + step.succeeded, 0);
  const failures = steps.reduce((sum, step) => sum + step.failed, 0);
  say(byId('fact-hour'), succeeded + failures);
  say(byId('fact-hour-sub'), count(failures, 'failure'));
  say(byId('fact-success'), succeeded + failures ? Math.floor(100 * succeeded / (succeeded + failures)) + ' %' : '–');
  say(byId('fact-cost'), dollars(today.costUsd));
  say(byId('fact-cost-sub'), count(today.succeeded, 'render') + ', since ' + clock(today.since) + (picture.complete ? '' : ', counting'));
  say(byId('fact-dead'), picture.deadLetters ?? '–');
  byId('redrive').hidden = !picture.deadLetters;
}

function empty(list, text) {
  const shown = [...list.children].find(child => child.dataset.key === 'empty');
  if (list.children.length === (shown ? 1 : 0)) {
    if (!shown) {
      const line = el('li', { class: 'empty' }, text);
      line.dataset.key = 'empty';
      list.append(line);
    }
  } else {
    shown?.remove();
  }
}

function rendering() {
  const list = byId('rendering');
  sync(list, picture.rendering.jobs, job => job.jobId, job =>
    el('li', {}, jobLink(job.jobId), el('span', { class: 'pct' }), el('span', { class: 'what data' }), el('span', { class: 'age' }),
      el('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': 'Progress of ' + clean(job.jobId) }, el('i'))),
  (item, job) => {
    const [, pct, what, time, bar] = item.children;
    const starting = job.status === 'STARTING';
    say(pct, job.lost ? 'lost' : starting ? 'starting' : percent(job.progress));
    say(what, job.composition + (job.attempt > 1 ? ', attempt ' + job.attempt : '') + (job.cancelRequested ? ', being cancelled' : ''));
    say(time, job.startedAt ? 'for ' + age(job.startedAt, now()) : '');
    bar.classList.toggle('starting', starting);
    bar.setAttribute('aria-valuenow', String(Math.floor((Number(job.progress) || 0) * 100)));
    bar.firstChild.style.transform = 'scaleX(' + Math.min(1, Math.max(0.004, Number(job.progress) || 0)) + ')';
  });
  empty(list, 'Nothing is rendering.');
}

function failures() {
  const list = byId('failed');
  sync(list, (picture.failed?.jobs ?? []).slice(0, 6), job => job.jobId, job =>
    el('li', {}, el('p', { class: 'head' }, jobLink(job.jobId), el('span', { class: 'age' })), el('p', { class: 'code' }), el('p', { class: 'why data' })),
  (item, job) => {
    say(item.children[0].lastChild, age(job.updatedAt, now()));
    say(item.children[1], job.errorCode ?? job.status);
    say(item.children[2], job.errorMessage ?? '');
  });
  empty(list, 'Nothing has failed.');
}

function workers() {
  const list = byId('workers');
  sync(list, picture.workers ?? [], worker => worker.workerId, worker =>
    el('li', {}, el('p', { class: 'head' }, el('span', { class: 'id' }, clean(worker.workerId)), el('span', { class: 'age' })), el('p', { class: 'note data' })),
  (item, worker) => {
    const own = worker.workerId === picture.worker.workerId;
    const paused = own ? picture.worker.paused : worker.pausedBy && { code: worker.pausedBy, message: worker.pausedMessage };
    say(item.children[0].lastChild, worker.alive ? 'alive' : 'silent for ' + age(worker.heartbeatAt, now()));
    const load = own ? picture.worker.inFlight + ' in flight, ' + picture.worker.free + ' free; serves this page'
      : worker.inFlight !== undefined ? worker.inFlight + ' in flight' : '';
    say(item.children[1], paused && worker.alive ? 'Paused by ' + paused.code + (paused.message ? ': ' + paused.message : '') : load);
    item.children[1].classList.toggle('paused', Boolean(paused && worker.alive));
  });
  empty(list, 'No worker has been heard of.');
}

function table() {
  if (!picture?.rendering) return;
  const { live } = FILTERS[filter];
  if (!live) ask();
  const newest = (live ? live(picture) : asked.jobs).slice().sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  // A job that changes while a picture is drawn, or is tried again, is in two of its lists: its newest state counts.
  const seen = new Set();
  const unseen = job => !seen.has(job.jobId) && seen.add(job.jobId);
  const top = newest.filter(unseen).slice(0, SHOWN);
  const jobs = [...top, ...older.jobs.filter(unseen)];
  const body = byId('jobs');
  sync(body, jobs, job => job.jobId, row, fill);
  if (!jobs.length) {
    const line = el('tr', {}, el('td', { colspan: '5', class: 'empty' }, filter === 'All' ? 'There are no jobs yet.' : 'There are no such jobs.'));
    line.dataset.key = 'empty';
    body.append(line);
  }
  byId('more').hidden = older.begun ? !older.next : top.length < (live ? 10 : SHOWN);
}

function row(job) {
  return el('tr', {}, el('td', {}, jobLink(job.jobId)), el('td', {}, el('span', { class: 'status' })),
    el('td', { class: 'wide data' }), el('td', { class: 'wide' }, el('span', { class: 'why data' })), el('td', { class: 'num' }));
}

function fill(item, job) {
  const [, state, composition, what, time] = item.children;
  status(state.firstChild, job);
  say(composition, job.composition ?? '–');
  say(what.firstChild, happened(job));
  say(time, age(job.updatedAt, now()));
}

/** A job's last news, in words. */
function happened(job) {
  switch (job.status) {
    case 'SUCCEEDED': return job.timeToFinishMs ? 'in ' + span(job.timeToFinishMs) + (job.costUsd ? ', ' + dollars(job.costUsd) : '') : '';
    case 'RENDERING': return percent(job.progress);
    case 'FAILED': case 'REJECTED': case 'RETRYING': return [job.errorCode, job.errorMessage].filter(Boolean).join(': ');
    case 'QUEUED': return 'waits for ' + since(job.createdAt ?? job.updatedAt, now());
    default: return '';
  }
}

/** Jobs that no picture has, no more often than things change much. */
function ask() {
  if (Date.now() - asked.at < SLOW) return;
  asked.at = Date.now();
  const wanted = filter;
  call('jobs?limit=' + SHOWN + '&status=' + FILTERS[filter].statuses)
    .then(page => {
      if (filter !== wanted) return;
      asked.jobs = page.jobs;
      table();
    })
    .catch(failed);
}

async function showOlder() {
  const rows = [...byId('jobs').children];
  const query = new URLSearchParams({ limit: '50' });
  if (FILTERS[filter].statuses) query.set('status', FILTERS[filter].statuses);
  if (older.next) query.set('after', older.next);
  const wanted = filter;
  const page = await call('jobs?' + query);
  if (filter !== wanted) return;
  older = { jobs: [...older.jobs, ...page.jobs], next: page.next ?? null, begun: true };
  table();
  byId('jobs').children[rows.length]?.querySelector('a')?.focus();
}

async function redrive() {
  const number = picture.deadLetters;
  if (!await confirmed('Send all dead letters again?', 'About ' + count(number, 'message goes', 'messages go') + ' back into the queue, each with a new round of attempts.', 'Send again')) return;
  const { moving } = await call('dlq/redrive', { all: true });
  notice('action', '', count(moving, 'message is', 'messages are') + ' on the way back into the queue.');
}
