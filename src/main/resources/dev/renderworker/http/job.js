// A job's own view: what it is, what has happened to it, what came of it, and what can be done.
import { bytes, call, clean, confirmed, count, dollars, el, isFinal, moment, notice, percent, safeUrl, say, since, span, status } from './dom.js';

const LOOK = 2000;
const LINKS = {
  mainLogsUrl: 'Log of the main function', rendererLogsUrl: 'Logs of the chunks', folderUrl: 'Folder in S3', progressUrl: 'progress.json'
};

let shown = null;
let timer = 0;
let last = '';

/** Shows a job and keeps it up to date until it has ended. */
export function show(id) {
  hide();
  shown = id;
  last = '';
  document.getElementById('job').replaceChildren(el('p', { class: 'empty' }, 'Reading ' + clean(id) + ' …'));
  look();
}

export function hide() {
  shown = null;
  clearTimeout(timer);
}

async function look() {
  const id = shown;
  clearTimeout(timer);
  try {
    const job = await call('jobs/' + encodeURIComponent(id));
    if (shown !== id) return;
    const text = JSON.stringify(job);
    if (text !== last) draw(job);
    last = text;
    if (!isFinal(job)) timer = setTimeout(() => (document.hidden ? later() : look()), LOOK);
  } catch (error) {
    if (shown !== id) return;
    if (last === '') missing(id, error);
    else {
      notice('action', 'bad', error.message);
      later();
    }
  }
}

function later() {
  timer = setTimeout(look, LOOK);
}

function missing(id, error) {
  document.getElementById('job').replaceChildren(
    el('div', { class: 'job-head' }, el('div', {}, back(), el('h2', {}, clean(id)), el('p', { class: 'data' }, clean(error.message)))));
}

const back = () => el('a', { href: '#/' }, '← All jobs');

const card = (title, ...children) => el('section', { class: 'card' }, el('h2', {}, title), ...children);

function draw(job) {
  const label = el('span', { class: 'status' });
  status(label, job);
  const section = document.getElementById('job');
  const playing = section.querySelector('video, audio');
  // Whoever watches the output is not thrown out by a change of the record.
  if (playing && !playing.paused) return;
  const refocus = section.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  section.replaceChildren(
    el('div', { class: 'job-head' },
      el('div', {}, back(), el('h2', {}, clean(job.jobId)), el('p', {}, label)),
      el('div', { class: 'actions' }, ...actions(job))),
    el('div', { class: 'grid2' },
      el('div', { class: 'stack' }, problem(job), progress(job), output(job), request(job)),
      el('div', { class: 'stack' }, facts(job), timeline(job), links(job))));
  if (refocus) section.querySelector('[data-action="' + refocus + '"]')?.focus();
}

function actions(job) {
  const buttons = [];
  if (!isFinal(job)) {
    buttons.push(el('button', { type: 'button', 'data-action': 'cancel', disabled: Boolean(job.cancelRequested), onclick: () => act(job, 'cancel') },
      job.cancelRequested ? 'Being cancelled' : 'Cancel'));
  }
  if (['FAILED', 'REJECTED', 'CANCELLED'].includes(job.status) || job.lost) {
    buttons.push(el('button', { type: 'button', class: 'strong', 'data-action': 'retry', onclick: () => act(job, 'retry') }, 'Try again'));
  }
  return buttons;
}

async function act(job, action) {
  const words = action === 'cancel'
    ? ['Cancel this job?', 'Its render ends without an output. It can be tried again later.', 'Cancel the job']
    : ['Try this job again?', 'Its request goes back into the queue under the same id, with a new round of attempts.', 'Try again'];
  if (!await confirmed(words[0], words[1], words[2])) return;
  try {
    const { message } = await call('jobs/' + encodeURIComponent(job.jobId) + '/' + action, null);
    notice('action', '', message + '.');
  } catch (error) {
    notice('action', 'bad', error.message);
  }
  if (shown === job.jobId) look();
}

function problem(job) {
  if (!job.errorCode || job.status === 'SUCCEEDED') return null;
  const section = card(clean(job.errorCode), el('p', { class: 'data' }, clean(job.errorMessage)));
  section.classList.add('problem');
  if (job.errors?.length) section.append(el('pre', {}, clean(job.errors.join('\n'))));
  return section;
}

function progress(job) {
  if (job.status !== 'RENDERING' && job.status !== 'STARTING') return null;
  const bar = el('i');
  bar.style.transform = 'scaleX(' + (Number(job.progress) || 0.004) + ')';
  return card('Progress', el('p', {}, job.status === 'STARTING' ? 'Starting' : percent(job.progress)),
    el('div', { class: 'bar', role: 'progressbar', 'aria-label': 'Progress', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(Math.floor((Number(job.progress) || 0) * 100)) }, bar));
}

function output(job) {
  const url = safeUrl(job.outputUrl);
  if (job.status !== 'SUCCEEDED' || !url) return null;
  const section = card('Output');
  section.classList.add('output');
  const file = new URL(url).pathname.toLowerCase();
  const kind = /\.(png|jpe?g|gif|webp)$/.test(file) ? 'img' : /\.(mp3|wav|aac|ogg)$/.test(file) ? 'audio' : /\.(mp4|webm|mov|mkv)$/.test(file) ? 'video' : null;
  if (kind) {
    const media = kind === 'img' ? el('img', { src: url, alt: 'The output' }) : el(kind, { src: url, controls: true, preload: 'metadata' });
    media.addEventListener('error', () => media.replaceWith(el('p', {}, 'It can’t be shown here: the file is private, or is no longer there.')));
    section.append(media);
  }
  section.append(el('p', {}, el('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, clean(url))));
  return section;
}

function request(job) {
  if (!job.request) return null;
  let text = job.request;
  try {
    text = JSON.stringify(JSON.parse(job.request), null, 2);
  } catch {
    // As it came: the record may keep only its beginning.
  }
  return card('Request', job.requestTruncated ? el('p', { class: 'empty' }, 'Only its beginning is kept.') : null, el('pre', { tabindex: '0' }, clean(text)));
}

function facts(job) {
  const pairs = [
    ['Composition', job.composition],
    ['Kind', job.type],
    ['Attempt', job.attempt || null],
    ['Cost', job.costUsd === undefined ? null : dollars(job.costUsd)],
    ['Took', job.timeToFinishMs ? span(job.timeToFinishMs) : null],
    ['Frames', job.framesRendered ? count(job.framesRendered, 'frame') + ' on ' + count(job.lambdasInvoked ?? 0, 'Lambda') : null],
    ['Size', job.outputSizeInBytes ? bytes(job.outputSizeInBytes) : null],
    ['Worker', job.owner],
    ['Tried again at', job.retryAt ? moment(job.retryAt) : null],
    ['Render id', job.renderId],
    ['Bucket', job.bucketName],
    ['Function', job.functionName],
    ['Region', job.region],
    ['Message id', job.messageId],
    ['Created', job.createdAt ? moment(job.createdAt) : null],
    ['Changed', moment(job.updatedAt) + ' (' + since(job.updatedAt) + ' ago)']
  ].filter(([, value]) => value !== null && value !== undefined && value !== '');
  return card('Details', el('dl', { class: 'pairs' },
    ...pairs.flatMap(([name, value]) => [el('dt', {}, name), el('dd', { class: 'data' }, clean(value))])));
}

function timeline(job) {
  const steps = job.history ?? [];
  if (!steps.length) return null;
  return card('Timeline', el('ol', { class: 'timeline' }, ...steps.map(step => {
    const label = el('b');
    status(label, { status: step.status });
    const tone = ['FAILED', 'REJECTED'].includes(step.status) ? 'bad' : step.status === 'SUCCEEDED' ? 'good' : '';
    return el('li', { class: tone }, label, el('time', { datetime: step.at }, moment(step.at)), step.note ? el('p', { class: 'data' }, clean(step.note)) : null);
  })));
}

function links(job) {
  const known = Object.entries(LINKS).filter(([name]) => safeUrl(job[name]));
  if (!known.length) return null;
  return card('In the AWS console', el('p', { class: 'links' },
    ...known.map(([name, words]) => el('a', { href: job[name], rel: 'noopener noreferrer', target: '_blank' }, words))));
}
