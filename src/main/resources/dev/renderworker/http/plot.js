// The last hour as stacked bars: an image of its own, no library.
import { clock } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 344, HEIGHT = 128, LEFT = 26, TOP = 8, BOTTOM = 20;

function shape(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A round number that is not below the largest bar. */
function ceiling(largest) {
  for (let unit = 1; ; unit *= 10) {
    for (const step of [2, 4, 10]) if (step * unit >= largest) return step * unit;
  }
}

export function plot(figure, steps) {
  const high = ceiling(Math.max(...steps.map(step => step.succeeded + step.failed), 1));
  const floor = HEIGHT - BOTTOM, scale = (floor - TOP) / high, slot = (WIDTH - LEFT) / steps.length;
  const succeeded = steps.reduce((sum, step) => sum + step.succeeded, 0);
  const failed = steps.reduce((sum, step) => sum + step.failed, 0);
  const svg = shape('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img',
    'aria-label': `Jobs that ended in the last hour, by two minutes: ${succeeded} succeeded, ${failed} failed; at most ${high} in one bar`
  });
  for (const value of [0, high / 2, high]) {
    const y = floor - value * scale;
    svg.append(shape('line', { class: 'grid', x1: LEFT, x2: WIDTH, y1: y, y2: y }));
    svg.append(shape('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, value));
  }
  steps.forEach((step, index) => {
    const x = LEFT + index * slot + 1.5, width = slot - 3;
    const group = shape('g', {});
    group.append(shape('title', {}, `${clock(step.at)}: ${step.succeeded} succeeded, ${step.failed} failed`));
    const ok = step.succeeded * scale, no = step.failed * scale;
    if (ok) group.append(shape('rect', { class: 'ok', x, width, y: floor - ok, height: ok, rx: 1.5 }));
    if (no) group.append(shape('rect', { class: 'no', x, width, y: floor - ok - no, height: no, rx: 1.5 }));
    svg.append(group);
  });
  [[0, 'start'], [15, 'middle'], [steps.length - 1, 'end']].forEach(([index, anchor]) => {
    const x = anchor === 'end' ? WIDTH : LEFT + index * slot;
    svg.append(shape('text', { x, y: HEIGHT - 5, 'text-anchor': anchor }, index === steps.length - 1 ? 'now' : clock(steps[index].at)));
  });
  const caption = document.createElement('figcaption');
  [['key', succeeded + ' succeeded'], ['key no', failed + ' failed']].forEach(([name, text]) => {
    const key = document.createElement('span');
    key.className = name;
    key.textContent = text;
    caption.append(key);
  });
  figure.replaceChildren(svg, caption);
}
