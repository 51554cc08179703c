// The large picture: how it forms, and what it became.

import { taskNamed } from './tasks.js';

const LARGEST = 704; // pixels across; 11 times the pocket model's 64
const SMALL = 256; // pictures up to this side are shown with their pixels

const find = (id) => document.getElementById(id);

export class Stage {
  constructor() {
    this.url = null;
    this.live = find('live');
  }

  /** Nothing is there yet. */
  clear() {
    find('empty').hidden = false;
    find('frame').hidden = true;
    this.picture(null);
  }

  /** A picture begins. `base` is what it is made from, if anything is; its size may be a guess. */
  begin({ width, height, base }) {
    find('empty').hidden = true;
    find('frame').hidden = false;
    find('caption').hidden = true;
    find('progress').hidden = false;
    find('stopped').hidden = true;
    this.compare(null);
    this.forming = false;
    this.shape(width, height);
    this.picture(base, '');
    this.told = 0;
    this.seen = null;
    this.now = null;
    this.drawTokens();
    find('bar').removeAttribute('value');
    this.tell('Waiting for the engine…', true);
  }

  /** A step is done. */
  step(data) {
    const left = data.steps - data.step;
    const bar = find('bar');
    bar.max = data.steps;
    bar.value = data.step;
    document.title = `${data.step}/${data.steps} · DiMOO`;
    const share = Math.floor((4 * data.step) / data.steps);
    this.tell(
      `Step ${data.step} of ${data.steps}, ${left} left · ${data.masked} tokens open`,
      share > this.told,
    );
    this.told = share;
    if (data.masked_tokens) {
      this.now = tokensOf(data);
      this.seen ??= this.now;
      this.drawTokens();
    }
  }

  /** The picture as far as it is decided. */
  partial(blob, data) {
    const [width, height] = data.size.split('x').map(Number);
    this.step(data);
    this.shape(width, height);
    this.picture(blob, 'The picture as far as it has formed');
    this.forming = true;
    this.seen = this.now;
    this.drawTokens();
  }

  /** No picture came of it. */
  end(message) {
    document.title = 'DiMOO';
    find('progress').hidden = true;
    this.now = null;
    this.drawTokens();
    this.live.textContent = message;
  }

  /** Leaves what has formed to be looked at. Returns false if there is nothing of it. */
  keep() {
    if (!this.forming) {
      return false;
    }
    const { max, value } = find('bar');
    const open = this.now;
    this.end('Stopped.');
    this.now = open;
    this.drawTokens();
    find('stopped').textContent =
      `Stopped after step ${value} of ${max}. What is covered was still open; it is not kept.`;
    find('stopped').hidden = false;
    return true;
  }

  /** A finished picture and what made it. */
  show(item) {
    find('stopped').hidden = true;
    find('empty').hidden = true;
    find('frame').hidden = false;
    find('progress').hidden = true;
    find('caption').hidden = false;
    document.title = 'DiMOO';
    this.now = null;
    this.shape(item.width, item.height);
    this.drawTokens();
    this.picture(item.blob, altOf(item));
    find('caption-prompt').textContent = item.order.prompt || taskNamed(item.order.task).label;
    find('made').replaceChildren(...factsOf(item).map(fact));
    const link = find('download');
    link.href = this.url;
    link.download = `dimoo-${item.made.seed ?? item.id}.png`;
    find('copy-prompt').hidden = item.order.prompt === '';
    find('copy-seed').hidden = item.made.seed == null;
    this.compare(item.order.expand ? null : item.order.picture);
  }

  /** Lets a picture be seen before the one that is shown, as far as its slider says. */
  compare(blob) {
    const before = find('before');
    URL.revokeObjectURL(before.src);
    find('compare').hidden = !blob;
    find('compare-at').value = 0;
    before.hidden = !blob;
    if (blob) {
      before.src = URL.createObjectURL(blob);
      before.classList.toggle('pixels', find('shown').classList.contains('pixels'));
      this.compareAt(0);
    } else {
      before.removeAttribute('src');
    }
  }

  /** @param percent how much of the picture before is seen, from the left */
  compareAt(percent) {
    find('before').style.clipPath = `inset(0 ${100 - percent}% 0 0)`;
  }

  /** Says what goes on; aloud only where `aloud`. */
  tell(text, aloud) {
    find('progress-text').textContent = text;
    if (aloud) {
      this.live.textContent = text;
    }
  }

  shape(width, height) {
    const view = find('view');
    const small = Math.max(width, height) <= SMALL;
    const most = small ? Math.floor(LARGEST / width) * width : LARGEST;
    view.style.aspectRatio = `${width} / ${height}`;
    const room = `min(100%, ${most}px, calc(72vh * ${width / height}))`;
    view.style.maxWidth = room;
    // whole screen pixels for each of the picture's, where the browser can
    view.style.width = '100%';
    view.style.width = small ? `round(down, ${room}, ${width}px)` : '100%';
    find('shown').classList.toggle('pixels', small);
  }

  picture(blob, alt = '') {
    const shown = find('shown');
    const old = this.url;
    this.url = blob ? URL.createObjectURL(blob) : null;
    shown.hidden = !blob;
    shown.alt = alt;
    if (blob) {
      shown.src = this.url;
    } else {
      shown.removeAttribute('src');
    }
    if (old) {
      // not before the new one is there
      (blob ? shown.decode().catch(() => {}) : Promise.resolve()).then(() =>
        URL.revokeObjectURL(old),
      );
    }
  }

  /** Covers tokens that are open; tints those that were decided after the picture that is shown. */
  drawTokens() {
    const canvas = find('tokens');
    canvas.hidden = !this.now;
    if (!this.now) {
      return;
    }
    const { columns, rows, open } = this.now;
    const unit = Math.max(4, Math.ceil(LARGEST / columns));
    canvas.width = columns * unit;
    canvas.height = rows * unit;
    const context = canvas.getContext('2d');
    const style = getComputedStyle(document.documentElement);
    const [ground, cover, tint] = ['--panel', '--line', '--accent'].map((name) =>
      style.getPropertyValue(name),
    );
    const gap = Math.max(1, Math.round(unit / 40));
    for (let i = 0; i < columns * rows; i++) {
      const fresh = !open[i] && this.seen.open[i];
      if (open[i] || fresh) {
        const x = (i % columns) * unit;
        const y = Math.floor(i / columns) * unit;
        context.globalAlpha = 1;
        context.fillStyle = ground;
        context.fillRect(x, y, unit, unit);
        context.globalAlpha = fresh ? 0.55 : 1;
        context.fillStyle = fresh ? tint : cover;
        context.fillRect(x + gap, y + gap, unit - 2 * gap, unit - 2 * gap);
      }
    }
  }
}

/** Bits, row by row, the highest of a byte first; 1: open. */
function tokensOf({ columns, rows, masked_tokens: bits }) {
  const bytes = atob(bits);
  const open = Array.from(
    { length: columns * rows },
    (_, i) => ((bytes.charCodeAt(i >> 3) >> (7 - (i & 7))) & 1) === 1,
  );
  return { columns, rows, open };
}

/** What a picture is called where it cannot be seen. */
export function altOf(item) {
  const { label } = taskNamed(item.order.task);
  return item.order.prompt ? `${label}: ${item.order.prompt}` : label;
}

function factsOf({ order, made, width, height }) {
  const task = taskNamed(order.task);
  return [
    ['Task', task.pictures > 0 ? task.label : null],
    ['Size', `${width}×${height}`],
    ['Seed', made.seed],
    ['Steps', made.timesteps],
    ['Guidance', made.cfg_scale],
    ['Image guidance', task.imageGuidance ? made.cfg_img : null],
    ['Temperature', made.temperature],
    ['Speed', ['balanced', 'fast'].includes(order.speed) ? order.speed : null],
    ['Time', made.seconds == null ? null : `${made.seconds.toFixed(1)} s`],
  ].filter(([, value]) => value != null);
}

function fact([name, value]) {
  const pair = document.createElement('div');
  const term = document.createElement('dt');
  const description = document.createElement('dd');
  term.textContent = name;
  description.textContent = value;
  pair.append(term, description);
  return pair;
}
