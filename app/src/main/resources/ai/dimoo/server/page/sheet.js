// Several pictures of one order, side by side.

import { altOf, fileNameOf } from './facts.js';
import { View } from './view.js';

export class Sheet {
  /** `opened` is called with the item of the picture that was chosen. */
  constructor(list, opened) {
    this.list = list;
    this.opened = opened;
    this.cells = [];
  }

  /** So many pictures begin. */
  begin(count, width, height, base) {
    this.make(count);
    this.shape(width, height);
    this.cells.forEach(({ view }) => view.begin(width, height, base));
  }

  /** Shows finished pictures. */
  show(items) {
    this.make(items.length);
    this.shape(items[0].width, items[0].height);
    items.forEach((item, i) => this.finished(i, item));
  }

  make(count) {
    this.cells.forEach(({ view }) => view.picture(null));
    this.cells = Array.from({ length: count }, cell);
    this.list.replaceChildren(...this.cells.map(({ entry }) => entry));
  }

  /** Lays them out so that all are seen at once: two in a row of four, three of six. */
  shape(width, height) {
    const columns = Math.ceil(Math.sqrt(this.cells.length));
    const rows = Math.ceil(this.cells.length / columns);
    this.list.style.setProperty('--columns', columns);
    this.list.style.setProperty('--shape', (columns * width) / (rows * height));
  }

  /** The view of the n-th, counted from 0. */
  view(index) {
    return this.cells[index].view;
  }

  /** The n-th is there: it can be opened and downloaded. */
  finished(index, item) {
    const { view, button, link } = this.cells[index];
    view.show(item, altOf(item));
    button.disabled = false;
    button.setAttribute('aria-label', `Open picture ${index + 1}, seed ${item.made.seed}`);
    button.title = `Seed ${item.made.seed}`;
    button.addEventListener('click', () => this.opened(item));
    link.href = view.url;
    link.download = fileNameOf(item);
    link.setAttribute('aria-label', `Download picture ${index + 1}`);
    link.hidden = false;
  }

  /** Whether one of them is there, or has begun to form. */
  get begun() {
    return this.cells.some(({ view, button }) => view.forms || !button.disabled);
  }

  /** How many are there. */
  get ready() {
    return this.cells.filter(({ button }) => !button.disabled).length;
  }

  /** Nothing more will be decided. */
  end(keep) {
    this.cells.forEach(({ view }) => view.end(keep));
  }
}

function cell() {
  const entry = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.disabled = true;
  button.className = 'view';
  const image = document.createElement('img');
  const canvas = document.createElement('canvas');
  canvas.ariaHidden = 'true';
  button.append(image, canvas);
  const link = document.createElement('a');
  link.className = 'quiet';
  link.textContent = 'Download';
  link.hidden = true;
  entry.append(button, link);
  return { entry, button, link, view: new View(image, canvas) };
}
