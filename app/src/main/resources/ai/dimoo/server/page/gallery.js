// The pictures of this session, small.

import { altOf } from './facts.js';

const KEPT = 'Kept in this browser, for this tab, and removed after a day.';
const NOT_KEPT = 'This browser has no room for them: they are lost when the page is loaded again.';

/** The type under which a picture of the gallery is dragged: its id. */
export const DRAGGED = 'application/x-dimoo-picture';

export class Gallery {
  /** `chosen` is called with the item that was chosen. */
  constructor(store, chosen) {
    this.store = store;
    this.chosen = chosen;
    this.items = [];
    this.section = document.getElementById('gallery');
    this.list = document.getElementById('thumbs');
    this.note = document.getElementById('gallery-note');
    this.note.textContent = KEPT;
  }

  /** Shows what an earlier load of the page made. */
  load(items) {
    items.forEach((item) => this.insert(item));
  }

  /** Takes a new picture and keeps it. */
  async add(item) {
    this.insert(item);
    const kept = await this.store.put(item);
    this.note.textContent = kept ? KEPT : NOT_KEPT;
  }

  insert(item) {
    this.items.push(item);
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.id = item.id;
    const image = document.createElement('img');
    image.alt = altOf(item);
    image.draggable = false; // its button is
    image.src = URL.createObjectURL(item.blob);
    image.classList.toggle('pixels', Math.max(item.width, item.height) <= 256);
    button.append(image);
    button.title = image.alt;
    button.addEventListener('click', () => this.choose(item));
    button.draggable = true;
    button.addEventListener('dragstart', (event) => event.dataTransfer.setData(DRAGGED, item.id));
    const entry = document.createElement('li');
    entry.append(button);
    this.list.prepend(entry);
    this.section.hidden = false;
  }

  button(item) {
    return this.list.querySelector(`[data-id="${item.id}"]`);
  }

  /** Marks one as the one that is shown large; null: none. */
  mark(item) {
    for (const button of this.list.querySelectorAll('button')) {
      button.setAttribute('aria-current', String(button.dataset.id === item?.id));
    }
  }

  choose(item) {
    this.mark(item);
    this.chosen(item);
  }

  /** The picture that is dragged, if it is one of these, or null. */
  dragged(transfer) {
    return this.items.find(({ id }) => id === transfer.getData(DRAGGED)) ?? null;
  }

  /** Those that were made together with one, and it; by its number. */
  madeWith(item) {
    return item.batch ? this.items.filter(({ batch }) => batch === item.batch) : [item];
  }

  /** The newest, or null. */
  get newest() {
    return this.items.at(-1) ?? null;
  }

  /** Takes pictures away for good. */
  async remove(...items) {
    await this.store.remove(items.map((item) => item.id));
    for (const item of items) {
      const button = this.button(item);
      URL.revokeObjectURL(button.querySelector('img').src);
      button.parentElement.remove();
    }
    this.items = this.items.filter((item) => !items.includes(item));
    this.section.hidden = this.items.length === 0;
  }
}
