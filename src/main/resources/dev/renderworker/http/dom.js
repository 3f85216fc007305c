// Building blocks: elements that hold data as text only, times and amounts in words, calls of the API.

/** Control characters and marks that turn the direction of text show as a box, not as what they do. */
export const clean = text =>
  String(text ?? '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/** An element; text and children are never read as HTML. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

/** Sets text where it differs, so that a screen reader hears only of changes. */
export function say(element, text) {
  const wanted = clean(text);
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** Brings a list's children into line with the items; what stays keeps its element, focus and motion. */
export function sync(parent, items, key, create, update) {
  const present = new Map([...parent.children].map(child => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const id = String(key(item));
    let child = present.get(id);
    if (!child) {
      child = create(item);
      child.dataset.key = id;
    }
    present.delete(id);
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
    update(child, item);
  });
  present.forEach(child => child.remove());
}

export const jobPath = id => '#/jobs/' + encodeURIComponent(id);

export const jobLink = id => el('a', { class: 'id', href: jobPath(id) }, clean(id));

/** Only addresses of the web become links. */
export const safeUrl = url => (/^https?:\/\//i.test(url ?? '') ? url : null);

const STATUS_WORDS = {
  QUEUED: 'Queued', STARTING: 'Starting', RENDERING: 'Rendering', RETRYING: 'Retrying',
  SUCCEEDED: 'Succeeded', CANCELLED: 'Cancelled', FAILED: 'Failed', REJECTED: 'Rejected', LOST: 'Lost'
};

export function status(element, job) {
  const name = job.lost ? 'LOST' : job.status;
  if (element.dataset.status !== name) element.dataset.status = name;
  say(element, STATUS_WORDS[name] ?? name);
}

export const isFinal = job => ['SUCCEEDED', 'CANCELLED', 'FAILED', 'REJECTED'].includes(job.status);

/** A span of time in words. */
export function span(milliseconds) {
  const s = Math.max(0, Math.round(milliseconds / 1000));
  if (s < 60) return s + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min' + (s < 600 && s % 60 ? ' ' + (s % 60) + ' s' : '');
  if (s < 86400) return Math.floor(s / 3600) + ' h' + (s % 3600 >= 60 ? ' ' + Math.floor((s % 3600) / 60) + ' min' : '');
  return Math.floor(s / 86400) + ' d';
}

export const since = (iso, now = Date.now()) => span(now - Date.parse(iso));

/** The same in one unit, for narrow places. */
export const age = (iso, now = Date.now()) => since(iso, now).replace(/^(\d+ (?:min|h)) .*/, '$1');

export const clock = iso => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });

export const moment = iso =>
  new Date(iso).toLocaleString([], { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

export function dollars(amount) {
  const number = Number(amount ?? 0);
  if (number === 0) return '$0';
  return '$' + number.toFixed(number >= 1 ? 2 : number >= 0.01 ? 3 : 5);
}

/** A file's size. */
export function bytes(number) {
  if (number < 1024) return count(number, 'byte');
  return number < 1048576 ? (number / 1024).toFixed(1) + ' KiB' : (number / 1048576).toFixed(1) + ' MiB';
}

export const count = (number, one, many = one + 's') => number.toLocaleString('en') + ' ' + (number === 1 ? one : many);

export const percent = progress => Math.floor((Number(progress) || 0) * 100) + ' %';

/** Calls the API; a problem document becomes an error that says what is wrong. */
export async function call(path, body) {
  const options = body === undefined ? {} : {
    method: 'POST',
    headers: body === null ? {} : { 'Content-Type': 'application/json' },
    body: body === null ? undefined : JSON.stringify(body)
  };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('The worker can’t be reached.');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const violations = (answer.violations ?? []).map(v => ' ' + v.pointer + ' ' + v.reason + '.').join('');
    const error = new Error(((answer.title ?? 'Refused') + ': ' + (answer.detail ?? response.status) + '.' + violations));
    error.status = response.status;
    throw error;
  }
  return answer;
}

let refuse = () => {};

/** Asks before an action; resolves to whether to go on. A question asked before, and not answered, is answered by no. */
export function confirmed(title, text, yes) {
  const dialog = document.getElementById('confirm');
  refuse();
  say(document.getElementById('confirm-title'), title);
  say(document.getElementById('confirm-text'), text);
  say(document.getElementById('confirm-yes'), yes);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => {
    // The word that the dialog has closed comes late: it may be open again by then, for this question.
    const hear = () => {
      if (dialog.open) return;
      dialog.removeEventListener('close', hear);
      resolve(dialog.returnValue === 'yes');
    };
    refuse = () => {
      dialog.removeEventListener('close', hear);
      resolve(false);
    };
    dialog.addEventListener('close', hear);
  });
}

/** Shows a notice at the top for a while, or until another takes its key. */
export function notice(key, kind, title, text, stays = false) {
  const box = document.getElementById('notices');
  let element = [...box.children].find(child => child.dataset.key === key);
  if (!title) {
    element?.remove();
    return;
  }
  if (!element) {
    element = el('p', {}, el('b'), ' ', el('span', { class: 'data' }));
    element.dataset.key = key;
    box.append(element);
  }
  element.className = 'notice ' + kind;
  say(element.firstChild, title);
  say(element.lastChild, text ?? '');
  clearTimeout(element.timer);
  if (!stays) element.timer = setTimeout(() => element.remove(), 8000);
}
