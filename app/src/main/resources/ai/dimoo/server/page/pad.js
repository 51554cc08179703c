// The picture that was given, as something to draw on: what is to be made anew, or the room to add.

import { drawn, pngOf } from './picture.js';
import { fitted } from './model.js';

const SHARP = 720; // pixels across, at least
const MOST_UNDONE = 30; // marks that can be taken back

export class Pad {
  /** `changed` is called when the marks have changed. */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.tool = 'brush';
    this.brush = 20; // percent of the shorter side
    this.expand = { left: 0, top: 0, right: 0, bottom: 0 };
    this.picture = null;
    this.mask = null;
    canvas.addEventListener('pointerdown', (event) => this.press(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', () => this.release());
    canvas.addEventListener('pointercancel', () => this.release());
    canvas.addEventListener('pointerleave', () => this.leave());
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('blur', () => this.leave());
  }

  /** Shows a picture, with the marks that it had. `area`: see tasks.js. */
  show(picture, area, model) {
    const before = picture === this.picture ? this.mask : null;
    this.picture = picture;
    this.area = area;
    this.unit = model.pixelsPerToken;
    this.canvas.hidden = picture === null;
    if (picture === null) {
      return;
    }
    const size = area === null ? picture : fitted(picture.width, picture.height, model);
    this.scaled = size.width !== picture.width || size.height !== picture.height;
    this.work = drawn(picture.bitmap, size.width, size.height);
    this.mask = document.createElement('canvas');
    this.mask.width = size.width;
    this.mask.height = size.height;
    this.ink = this.mask.getContext('2d', { willReadFrequently: true });
    if (before) {
      this.ink.drawImage(before, 0, 0, size.width, size.height);
    }
    this.pointer = null;
    this.box = null;
    this.past = [];
    const marks = area === 'most' || area === 'any';
    this.canvas.classList.toggle('marks', marks);
    this.canvas.tabIndex = marks ? 0 : -1;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute(
      'aria-label',
      marks
        ? 'The picture. Draw on it; or move the brush with the arrow keys and mark with the space bar.'
        : 'The picture',
    );
    this.update();
  }

  /** The picture as it is sent. */
  async file() {
    return this.scaled ? pngOf(this.work) : this.picture.blob;
  }

  /** The marks as a mask: clear where the picture is to be made anew. */
  async maskFile() {
    const { width, height } = this.mask;
    const marks = this.ink.getImageData(0, 0, width, height).data;
    const mask = document.createElement('canvas');
    mask.width = width;
    mask.height = height;
    const context = mask.getContext('2d');
    const pixels = context.createImageData(width, height);
    for (let i = 3; i < marks.length; i += 4) {
      pixels.data[i] = marks[i] < 128 ? 255 : 0;
    }
    context.putImageData(pixels, 0, 0);
    return pngOf(mask);
  }

  /** Marks what a mask marks. */
  async restore(file) {
    const bitmap = await createImageBitmap(file);
    const { width, height } = this.mask;
    this.ink.fillRect(0, 0, width, height);
    this.ink.globalCompositeOperation = 'destination-out';
    this.ink.drawImage(bitmap, 0, 0, width, height);
    this.ink.globalCompositeOperation = 'source-over';
    this.update();
  }

  /** Keeps the marks as they are, for `undo`. */
  remember() {
    this.past.push(this.ink.getImageData(0, 0, this.mask.width, this.mask.height));
    this.past.splice(0, this.past.length - MOST_UNDONE);
  }

  /** Takes the last mark back. */
  undo() {
    const marks = this.past?.pop();
    if (marks) {
      this.ink.putImageData(marks, 0, 0);
      this.update();
    }
  }

  /** Takes all marks away. */
  clear() {
    this.remember();
    this.ink.clearRect(0, 0, this.mask.width, this.mask.height);
    this.update();
  }

  /** Looks at the marks again, and draws. */
  update() {
    this.tokens = this.findTokens();
    this.draw();
    this.changed();
  }

  /** Which tokens are to be made anew; null if that is not known. */
  findTokens() {
    if (!this.unit || this.area === null || this.area === 'expand') {
      return null;
    }
    const { width, height } = this.mask;
    const columns = Math.floor(width / this.unit);
    const rows = Math.floor(height / this.unit);
    const counts = new Uint32Array(columns * rows);
    const marks = this.ink.getImageData(0, 0, width, height).data;
    for (let y = 0; y < rows * this.unit; y++) {
      const row = Math.floor(y / this.unit) * columns;
      for (let x = 0; x < columns * this.unit; x++) {
        counts[row + Math.floor(x / this.unit)] += marks[4 * (y * width + x) + 3] >> 7;
      }
    }
    const least = this.area === 'any' ? 0 : (this.unit * this.unit) / 2;
    const marked = Array.from(counts, (count) => count > least);
    return { columns, rows, marked, count: marked.filter(Boolean).length };
  }

  /** Whether nothing is marked. */
  get empty() {
    const marks = this.ink.getImageData(0, 0, this.mask.width, this.mask.height).data;
    return this.tokens ? this.tokens.count === 0 : !marks.some((a, i) => i % 4 === 3 && a > 127);
  }

  // drawing with a pointer or with keys

  place(event) {
    const bounds = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - bounds.left) / bounds.width) * this.mask.width,
      y: ((event.clientY - bounds.top) / bounds.height) * this.mask.height,
    };
  }

  get marks() {
    return this.canvas.classList.contains('marks');
  }

  press(event) {
    if (!this.marks || event.button > 0) {
      return;
    }
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.pointer = this.place(event);
    this.drawing = true;
    this.remember();
    if (this.tool === 'box') {
      this.box = { from: this.pointer, to: this.pointer };
    } else {
      this.stroke(this.pointer, this.pointer);
    }
    this.draw();
  }

  move(event) {
    if (!this.marks) {
      return;
    }
    const place = this.place(event);
    if (this.drawing && this.tool === 'box') {
      this.box.to = place;
    } else if (this.drawing) {
      this.stroke(this.pointer, place);
    }
    this.pointer = place;
    this.draw();
  }

  release() {
    if (!this.drawing) {
      return;
    }
    this.drawing = false;
    if (this.box) {
      const { x, y, width, height } = this.boxPixels();
      this.ink.fillRect(x, y, width, height);
      this.box = null;
    }
    this.update();
  }

  leave() {
    if (!this.drawing && this.pointer) {
      this.pointer = null;
      this.draw();
    }
  }

  key(event) {
    const steps = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    if (this.marks && event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.undo();
    }
    if (!this.marks || event.ctrlKey || event.metaKey) {
      return;
    }
    const { width, height } = this.mask;
    this.pointer ??= { x: width / 2, y: height / 2 };
    if (steps[event.key]) {
      const [x, y] = steps[event.key];
      const by = Math.max(1, this.diameter() / 2);
      this.pointer.x = Math.min(width, Math.max(0, this.pointer.x + x * by));
      this.pointer.y = Math.min(height, Math.max(0, this.pointer.y + y * by));
      this.draw();
    } else if (event.key === ' ') {
      this.remember();
      this.stroke(this.pointer, this.pointer);
      this.update();
    } else {
      return;
    }
    event.preventDefault();
  }

  diameter() {
    return Math.max(1, (Math.min(this.mask.width, this.mask.height) * this.brush) / 100);
  }

  stroke(from, to) {
    this.ink.globalCompositeOperation = this.tool === 'erase' ? 'destination-out' : 'source-over';
    this.ink.lineCap = 'round';
    this.ink.lineWidth = this.diameter();
    this.ink.beginPath();
    this.ink.moveTo(from.x, from.y);
    this.ink.lineTo(to.x + 0.001, to.y); // a line of no length would draw nothing
    this.ink.stroke();
    this.ink.globalCompositeOperation = 'source-over';
  }

  boxPixels() {
    const { from, to } = this.box;
    const within = (value, most) => Math.min(most, Math.max(0, value));
    const { width, height } = this.mask;
    const x = Math.floor(within(Math.min(from.x, to.x), width));
    const y = Math.floor(within(Math.min(from.y, to.y), height));
    return {
      x,
      y,
      width: Math.ceil(within(Math.max(from.x, to.x), width)) - x,
      height: Math.ceil(within(Math.max(from.y, to.y), height)) - y,
    };
  }

  // what is seen

  draw() {
    const room =
      this.area === 'expand' ? this.expand : { left: 0, top: 0, right: 0, bottom: 0 };
    const width = this.work.width + room.left + room.right;
    const height = this.work.height + room.top + room.bottom;
    const scale = Math.max(1, Math.ceil(SHARP / width));
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    const context = this.canvas.getContext('2d');
    context.scale(scale, scale);
    context.imageSmoothingEnabled = false;
    if (this.area === 'expand') {
      hatch(context, width, height, scale);
    }
    context.drawImage(this.work, room.left, room.top);
    if (this.marks) {
      this.drawMarks(context, scale);
    }
  }

  drawMarks(context, scale) {
    const accent = colour('--accent');
    context.globalAlpha = 0.6;
    context.drawImage(tinted(this.mask, accent), 0, 0);
    context.globalAlpha = 1;
    if (this.tokens && !this.drawing) {
      drawOutline(context, this.tokens, this.unit, scale);
    }
    context.lineWidth = 2 / scale;
    context.strokeStyle = accent;
    if (this.box) {
      const { x, y, width, height } = this.boxPixels();
      context.strokeRect(x, y, width, height);
    } else if (this.pointer && this.tool !== 'box') {
      for (const [style, wider] of [['#000', 0], ['#fff', 2 / scale]]) {
        context.strokeStyle = style;
        context.beginPath();
        context.arc(this.pointer.x, this.pointer.y, this.diameter() / 2 + wider, 0, 7);
        context.stroke();
      }
    }
  }
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** What is not clear in a canvas, in one colour. */
function tinted(canvas, style) {
  const copy = drawn(canvas);
  const context = copy.getContext('2d');
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = style;
  context.fillRect(0, 0, copy.width, copy.height);
  return copy;
}

/** The outline of what is to be made anew: of the tokens, not of the marks. */
function drawOutline(context, { columns, rows, marked }, unit, scale) {
  const is = (x, y) => x >= 0 && y >= 0 && x < columns && y < rows && marked[y * columns + x];
  context.beginPath();
  for (let y = 0; y <= rows; y++) {
    for (let x = 0; x <= columns; x++) {
      if (is(x, y) !== is(x - 1, y)) {
        context.moveTo(x * unit, y * unit);
        context.lineTo(x * unit, (y + 1) * unit);
      }
      if (is(x, y) !== is(x, y - 1)) {
        context.moveTo(x * unit, y * unit);
        context.lineTo((x + 1) * unit, y * unit);
      }
    }
  }
  context.lineCap = 'square';
  for (const [style, width] of [['#000', 6], ['#fff', 3]]) {
    context.strokeStyle = style;
    context.lineWidth = width / scale;
    context.stroke();
  }
}

/** Ground for pixels that do not exist yet. */
function hatch(context, width, height, scale) {
  context.fillStyle = colour('--sunk');
  context.fillRect(0, 0, width, height);
  context.strokeStyle = colour('--edge');
  context.lineWidth = 1 / scale;
  const gap = 14 / scale;
  context.beginPath();
  for (let x = -height; x < width; x += gap) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
}
