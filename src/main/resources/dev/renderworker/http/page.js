// The job page: which view is shown, and the stream that keeps it alive while someone looks.
import * as board from './board.js';
import * as job from './job.js';
import { jobPath, say } from './dom.js';

const byId = id => document.getElementById(id);
let stream = null;

function live(state, text) {
  byId('live').dataset.state = state;
  say(byId('live'), text);
}

/** Nobody looking at the board, nothing is read for it. */
function listen() {
  const wanted = !document.hidden && !byId('board').hidden;
  if (wanted && !stream) {
    stream = new EventSource('events');
    stream.onopen = () => live('on', 'Live');
    stream.onmessage = event => board.draw(JSON.parse(event.data));
    stream.onerror = () => {
      live('off', 'Connection lost');
      // A browser gives up when it was refused; the worker may be back in a while.
      if (stream?.readyState === EventSource.CLOSED) {
        stream = null;
        setTimeout(listen, 5000);
      }
    };
  } else if (!wanted) {
    stream?.close();
    stream = null;
    live('', document.hidden ? 'Paused' : '');
  }
}

function jobOf(hash) {
  try {
    return hash.startsWith('#/jobs/') ? decodeURIComponent(hash.slice(7)) : null;
  } catch {
    return null;
  }
}

function route() {
  const id = jobOf(location.hash);
  byId('board').hidden = id !== null;
  byId('job').hidden = id === null;
  document.title = id === null ? 'Render Worker' : id + ' · Render Worker';
  if (id === null) job.hide();
  else job.show(id);
  listen();
}

byId('search').addEventListener('submit', event => {
  event.preventDefault();
  const id = byId('search-id').value.trim();
  if (id) location.hash = jobPath(id);
});
addEventListener('hashchange', () => {
  route();
  byId('main').focus({ preventScroll: true });
  scrollTo(0, 0);
});
document.addEventListener('visibilitychange', listen);

board.start();
route();
