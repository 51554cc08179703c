// The pictures of this session, small.

import { altOf } from './stage.js';

export class Gallery {
  /** `chosen` is called with the item that was chosen. */
  constructor(store, chosen) {
    this.store = store;
    this.chosen = chosen;
    this.items = [];
    this.section = document.getElementById('gallery');
    this.list = document.getElementById('thumbs');
    this.note = document.getElementById('gallery-note');
  }

  /** Shows what an earlier load of the page made. */
  load(items) {
    items.forEach((item) => this.insert(item));
  }

  /** Takes a new picture and keeps it. */
  async add(item) {
    this.insert(item);
    const kept = await this.store.put(item);
    this.note.hidden = kept;
    this.note.textContent = kept
      ? ''
      : 'This browser has no room for them: they are lost when the page is loaded again.';
  }

  insert(item) {
    this.items.push(item);
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.id = item.id;
    const image = document.createElement('img');
    image.alt = altOf(item);
    image.src = URL.createObjectURL(item.blob);
    image.classList.toggle('pixels', Math.max(item.width, item.height) <= 256);
    button.append(image);
    button.title = image.alt;
    button.addEventListener('click', () => this.choose(item));
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
