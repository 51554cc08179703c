// What is to be repainted of a picture: marks that are drawn, and the tokens that they mean.

import { pngOf } from './picture.js';

const MOST_UNDONE = 30; // marks that can be taken back

export class Marks {
  /**
   * `unit`: pixels across a token, or null; `area`: 'most' (tokens of which most is marked count) or
   * 'any' (tokens that are touched do).
   */
  constructor(width, height, unit, area) {
    this.width = width;
    this.height = height;
    this.unit = unit;
    this.area = area;
    this.canvas = document.createElement('canvas');
    this.canvas.width = width;
    this.canvas.height = height;
    this.ink = this.canvas.getContext('2d', { willReadFrequently: true });
    this.past = [];
    this.future = [];
    this.look();
  }

  /** Draws a line; of no length, a dot. */
  stroke(from, to, diameter, erase) {
    this.ink.globalCompositeOperation = erase ? 'destination-out' : 'source-over';
    this.ink.lineCap = 'round';
    this.ink.lineWidth = diameter;
    this.ink.beginPath();
    this.ink.moveTo(from.x, from.y);
    this.ink.lineTo(to.x + 0.001, to.y); // a line of no length would draw nothing
    this.ink.stroke();
    this.ink.globalCompositeOperation = 'source-over';
  }

  /** Marks a box. */
  fill({ x, y, width, height }) {
    this.ink.fillRect(x, y, width, height);
  }

  /** Takes over the marks of a picture that was marked before. */
  take(marks) {
    this.ink.drawImage(marks.canvas, 0, 0, this.width, this.height);
    this.look();
  }

  /** Marks what a mask marks. */
  async restore(file) {
    const bitmap = await createImageBitmap(file);
    this.ink.fillRect(0, 0, this.width, this.height);
    this.ink.globalCompositeOperation = 'destination-out';
    this.ink.drawImage(bitmap, 0, 0, this.width, this.height);
    this.ink.globalCompositeOperation = 'source-over';
    this.look();
  }

  // taking back

  /** Keeps the marks as they are, for `undo`. */
  remember() {
    this.past.push(this.pixels());
    this.past.splice(0, this.past.length - MOST_UNDONE);
    this.future = [];
  }

  /** Takes the last mark back. */
  undo() {
    this.exchange(this.past, this.future);
  }

  /** Makes again what was taken back. */
  redo() {
    this.exchange(this.future, this.past);
  }

  /** Takes back what was drawn since `remember` as if it had never been. */
  forget() {
    this.undo();
    this.future.pop();
  }

  exchange(from, to) {
    if (from.length > 0) {
      to.push(this.pixels());
      this.ink.putImageData(from.pop(), 0, 0);
      this.look();
    }
  }

  /** Takes all marks away. */
  clear() {
    this.remember();
    this.ink.clearRect(0, 0, this.width, this.height);
    this.look();
  }

  pixels() {
    return this.ink.getImageData(0, 0, this.width, this.height);
  }

  // what they mean

  /** Finds out which tokens are to be repainted; null if that is not known. */
  look() {
    this.tokens = this.unit ? this.findTokens() : null;
  }

  findTokens() {
    const { unit, width } = this;
    const columns = Math.floor(width / unit);
    const rows = Math.floor(this.height / unit);
    const counts = new Uint32Array(columns * rows);
    const { data } = this.pixels();
    for (let y = 0; y < rows * unit; y++) {
      const row = Math.floor(y / unit) * columns;
      for (let x = 0; x < columns * unit; x++) {
        counts[row + Math.floor(x / unit)] += data[4 * (y * width + x) + 3] >> 7;
      }
    }
    const least = this.area === 'any' ? 0 : (unit * unit) / 2;
    const marked = Array.from(counts, (count) => count > least);
    return { columns, rows, marked, count: marked.filter(Boolean).length };
  }

  /** Whether nothing is marked. */
  get empty() {
    return this.tokens
      ? this.tokens.count === 0
      : !this.pixels().data.some((a, i) => i % 4 === 3 && a > 127);
  }

  /** As a mask: clear where the picture is to be repainted. */
  async file() {
    const marks = this.pixels().data;
    const mask = document.createElement('canvas');
    mask.width = this.width;
    mask.height = this.height;
    const context = mask.getContext('2d');
    const pixels = context.createImageData(this.width, this.height);
    for (let i = 3; i < marks.length; i += 4) {
      pixels.data[i] = marks[i] < 128 ? 255 : 0;
    }
    context.putImageData(pixels, 0, 0);
    return pngOf(mask);
  }
}
