// The large picture, or several: how they form, and what they became.

import { altOf, factsOf, fileNameOf } from './facts.js';
import { Sheet } from './sheet.js';
import { taskNamed } from './tasks.js';
import { View } from './view.js';

const find = (id) => document.getElementById(id);

/** Says how many requests come first. */
export function placeOf(before) {
  return before === 0 ? 'It is your turn…' : `Waiting in the queue: ${before} before you`;
}

export class Stage {
  /** `opened` is called with the item of the picture that was chosen among several. */
  constructor(opened) {
    this.view = new View(find('shown'), find('tokens'));
    this.sheet = new Sheet(find('sheet'), opened);
    this.live = find('live');
    this.count = 1;
  }

  /** Nothing is there yet. */
  clear() {
    find('empty').hidden = false;
    find('frame').hidden = true;
    this.view.picture(null);
    this.sheet.make(0);
  }

  /** Shows `count` pictures: one large, or several side by side. */
  lay(count) {
    this.count = count;
    find('empty').hidden = true;
    find('frame').hidden = false;
    find('view').hidden = count > 1;
    find('sheet').hidden = count === 1;
    find('stopped').hidden = true;
    find('all').hidden = true;
    this.compare(null);
  }

  /**
   * `count` pictures begin. `base` is what they are made from, if anything is; their size may be a
   * guess.
   */
  begin({ count, width, height, base }) {
    this.lay(count);
    find('caption').hidden = true;
    find('progress').hidden = false;
    if (count === 1) {
      this.view.begin(width, height, base);
    } else {
      this.sheet.begin(count, width, height, base);
    }
    this.told = 0;
    find('bar').removeAttribute('value');
    this.tell('Waiting for the engine…', true);
  }

  /** It waits: so many come first. */
  queued(before) {
    this.tell(placeOf(before), true);
  }

  viewOf({ picture = 0 }) {
    return this.count === 1 ? this.view : this.sheet.view(picture);
  }

  /** A step is done. */
  step(data) {
    this.advance(data);
    this.viewOf(data).step(data);
  }

  advance({ picture = 0, step, steps, masked }) {
    const bar = find('bar');
    const done = picture * steps + step;
    const all = this.count * steps;
    bar.max = all;
    bar.value = done;
    document.title = `${done}/${all} · DiMOO`;
    const share = Math.floor((4 * done) / all);
    const which = this.count === 1 ? '' : `Picture ${picture + 1} of ${this.count} · `;
    this.tell(
      `${which}Step ${step} of ${steps}, ${steps - step} left · ${masked} tokens open`,
      share > this.told,
    );
    this.told = share;
  }

  /** The picture as far as it is decided. */
  partial(blob, data) {
    this.advance(data);
    this.viewOf(data).partial(blob, data);
  }

  /** One of several pictures is there. */
  finished(index, item) {
    this.sheet.finished(index, item);
  }

  /** No more comes. */
  end(message, keep = false) {
    document.title = 'DiMOO';
    find('progress').hidden = true;
    this.view.end(keep);
    this.sheet.end(keep);
    this.live.textContent = message;
  }

  /** Leaves what has formed to be looked at. Returns false if there is nothing of it. */
  keep() {
    if (this.count === 1 ? !this.view.forms : !this.sheet.begun) {
      return false;
    }
    const { max, value } = find('bar');
    this.end('Stopped.', true);
    find('stopped').textContent =
      this.count === 1
        ? `Stopped after step ${value} of ${max}. What is covered was still open; it is not kept.`
        : `Stopped: ${this.sheet.ready} of ${this.count} pictures are there; the others are not kept.`;
    find('stopped').hidden = false;
    return true;
  }

  /** A finished picture and what made it; `siblings`: how many were made with it. */
  show(item, siblings = 1) {
    this.lay(1);
    this.describe(item);
    this.view.show(item, altOf(item));
    find('made').replaceChildren(...factsOf(item));
    find('made').hidden = false;
    find('sheet-hint').hidden = true;
    find('actions').hidden = false;
    const link = find('download');
    link.href = this.view.url;
    link.download = fileNameOf(item);
    find('all').hidden = siblings === 1;
    find('all').textContent = `All ${siblings}`;
    this.warn(item.warnings);
    find('copy-prompt').hidden = item.order.prompt === '';
    find('copy-seed').hidden = item.made.seed == null;
    this.compare(item.order.expand ? null : item.order.picture);
  }

  /** Pictures that were made together. */
  showAll(items) {
    this.lay(items.length);
    this.describe(items[0]);
    this.sheet.show(items);
    this.warn(items[0].warnings);
    find('made').hidden = true;
    find('sheet-hint').hidden = false;
    find('actions').hidden = true;
  }

  /** What did not go as one may think. */
  warn(warnings = []) {
    find('warnings').textContent = warnings.join(' ');
    find('warnings').hidden = warnings.length === 0;
  }

  describe({ order }) {
    document.title = 'DiMOO';
    find('progress').hidden = true;
    find('caption').hidden = false;
    find('caption-prompt').textContent = order.prompt || taskNamed(order.task).label;
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
}
