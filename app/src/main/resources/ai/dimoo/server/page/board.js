// The picture to paint on, with its tools: on the stage, or in the form where there is little room.

import { Pad } from './pad.js';

const find = (id) => document.getElementById(id);

export class Board {
  /** `narrow`: the media query that says whether there is little room. */
  constructor(narrow) {
    this.narrow = narrow;
    this.element = find('board');
    this.used = false; // whether there is something to paint on
    this.side = 'result';
    this.pad = new Pad(find('pad'), () => this.describe());
    const on = (id, handle) => find(id).addEventListener('click', handle);
    on('brush-undo', () => this.pad.undo());
    on('brush-redo', () => this.pad.redo());
    on('brush-clear', () => this.pad.clear());
    on('zoom-in', () => this.pad.zoomIn());
    on('zoom-out', () => this.pad.zoomOut());
    on('zoom-whole', () => this.pad.showWhole());
    on('board-full', () => this.toggleFullScreen());
    find('brush-size').addEventListener('input', (event) => {
      this.pad.brush = Number(event.target.value);
    });
    for (const radio of document.querySelectorAll('[name="tool"]')) {
      radio.addEventListener('change', () => {
        this.pad.tool = radio.value;
        this.pad.canvas.dataset.tool = radio.value;
      });
    }
    for (const radio of document.querySelectorAll('[name="side"]')) {
      radio.addEventListener('change', () => this.turn(radio.value));
    }
    narrow.addEventListener('change', () => this.place());
    this.place();
  }

  /** Shows a picture to paint on; null, or without an area: there is nothing to paint. */
  show(picture, area, model) {
    this.pad.show(picture, area, model);
    this.used = picture !== null && area !== null;
    this.element.hidden = !this.used;
    this.turn(this.used ? 'board' : 'result');
    for (const part of ['brush', 'zooms']) {
      find(part).hidden = this.pad.marks === null;
    }
  }

  /** Turns the stage to the picture to paint on ('board') or to what came of it ('result'). */
  turn(side) {
    this.side = this.used ? side : 'result';
    document.querySelector(`[name="side"][value="${this.side}"]`).checked = true;
    this.place();
  }

  /** Puts it where there is room for it. */
  place() {
    const inForm = this.narrow.matches;
    const home = find(inForm ? 'board-in-form' : 'board-on-stage');
    if (this.element.parentElement !== home) {
      home.append(this.element);
    }
    find('stage').dataset.side = inForm ? 'result' : this.side;
    find('picture-show').hidden = this.pad.picture === null || (this.used && inForm);
    find('sides').hidden = !this.used || inForm;
  }

  describe() {
    const { marks, lens, brush } = this.pad;
    find('brush-note').hidden = !marks;
    find('brush-note').textContent = marks?.tokens?.count
      ? `${marks.tokens.count} of ${marks.tokens.marked.length} tokens will be repainted.`
      : 'Mark what to repaint.';
    find('zoom').textContent = `${Math.round(100 * lens.zoom)} %`;
    find('brush-size').value = brush;
    find('brush-undo').ariaDisabled = String(!marks?.past.length);
    find('brush-redo').ariaDisabled = String(!marks?.future.length);
  }

  toggleFullScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      this.element.requestFullscreen();
    }
  }
}
