// The picture that was given, as something to draw on: what is to be repainted, or the room to add.

import { drawn, pngOf } from './picture.js';
import { fitted } from './model.js';
import { Lens } from './lens.js';
import { Marks } from './marks.js';

const SHARP = 1024; // pixels across, at least
const NO_ROOM = { left: 0, top: 0, right: 0, bottom: 0 };
const CLOSER = 1.25; // how much a turn of the wheel or a key zooms
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const EXPLAINED =
  'The picture. Draw on it; or move the brush with the arrow keys and mark with the space bar.' +
  ' Plus and minus zoom.';

export class Pad {
  /** `changed` is called when the marks, the brush or the zoom have changed. */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.tool = 'brush';
    this.brush = 20; // percent of the shorter side
    this.expand = NO_ROOM;
    this.picture = null;
    this.marks = null;
    this.lens = new Lens();
    this.fingers = new Map(); // pointers that are down, by their ids: where
    const on = (event, handle) => canvas.addEventListener(event, handle.bind(this));
    on('pointerdown', this.press);
    on('pointermove', this.move);
    on('pointerup', this.release);
    on('pointercancel', this.release);
    on('pointerleave', this.leave);
    on('keydown', this.key);
    on('blur', this.leave);
    canvas.addEventListener('wheel', (event) => this.turn(event), { passive: false });
  }

  /** Shows a picture, with the marks that it had. `area`: see tasks.js. */
  show(picture, area, model) {
    const before = picture === this.picture ? this.marks : null;
    this.picture = picture;
    this.area = area;
    this.marks = null;
    this.pointer = null;
    this.box = null;
    this.doing = null; // what the pointer does: 'draw', 'move' or 'pinch'
    this.fingers.clear();
    if (picture === null) {
      return;
    }
    const size = area === null ? picture : fitted(picture.width, picture.height, model);
    this.scaled = size.width !== picture.width || size.height !== picture.height;
    this.work = drawn(picture.bitmap, size.width, size.height);
    const marked = area === 'most' || area === 'any';
    if (marked) {
      this.marks = new Marks(size.width, size.height, model.pixelsPerToken, area);
      if (before) {
        this.marks.take(before);
      }
    }
    this.lens.fit(size.width, size.height);
    this.canvas.classList.toggle('marks', marked);
    this.canvas.tabIndex = marked ? 0 : -1;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', marked ? EXPLAINED : 'The picture');
    this.update();
  }

  /** The picture as it is sent. */
  async file() {
    return this.scaled ? pngOf(this.work) : this.picture.blob;
  }

  /** Marks what a mask marks. */
  async restore(file) {
    await this.marks?.restore(file);
    this.update();
  }

  undo() {
    this.marks?.undo();
    this.update();
  }

  redo() {
    this.marks?.redo();
    this.update();
  }

  clear() {
    this.marks?.clear();
    this.update();
  }

  zoomBy(factor, place) {
    this.lens.zoomBy(factor, place);
    this.update();
  }

  zoomIn() {
    this.zoomBy(CLOSER ** 2);
  }

  zoomOut() {
    this.zoomBy(CLOSER ** -2);
  }

  showWhole() {
    this.lens.whole();
    this.update();
  }

  update() {
    this.draw();
    this.changed();
  }

  // drawing with pointers

  share(event) {
    const bounds = this.canvas.getBoundingClientRect();
    return {
      x: (event.clientX - bounds.left) / bounds.width,
      y: (event.clientY - bounds.top) / bounds.height,
    };
  }

  press(event) {
    if (!this.marks || event.button > 1) {
      return;
    }
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    const share = this.share(event);
    this.fingers.set(event.pointerId, share);
    if (this.fingers.size === 2) {
      this.pinch();
      return;
    }
    this.pointer = this.lens.place(share);
    if (this.tool === 'move' || event.button === 1) {
      this.doing = 'move';
      this.held = this.pointer;
    } else {
      this.doing = 'draw';
      this.marks.remember();
      if (this.tool === 'box') {
        this.box = { from: this.pointer, to: this.pointer };
      } else {
        this.stroke(this.pointer, this.pointer);
      }
    }
    this.draw();
  }

  /** A second finger: what the first has drawn was not meant. */
  pinch() {
    if (this.doing === 'draw') {
      this.marks.forget();
      this.box = null;
    }
    this.doing = 'pinch';
    const { middle, distance } = this.spread();
    this.held = this.lens.place(middle);
    this.distance = distance;
    this.pointer = null;
    this.update();
  }

  /** The middle of two fingers and how far they are from each other, in shares of the canvas. */
  spread() {
    const [one, other] = this.fingers.values();
    return {
      middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
      distance: Math.max(0.01, Math.hypot(one.x - other.x, one.y - other.y)),
    };
  }

  move(event) {
    if (!this.marks) {
      return;
    }
    const share = this.share(event);
    if (this.fingers.has(event.pointerId)) {
      this.fingers.set(event.pointerId, share);
    }
    if (this.doing === 'pinch') {
      this.movePinched();
      return;
    }
    if (this.doing === 'move') {
      this.lens.put(this.held, share);
    }
    const place = this.lens.place(share);
    if (this.doing === 'draw' && this.box) {
      this.box.to = place;
    } else if (this.doing === 'draw') {
      this.stroke(this.pointer, place);
    }
    this.pointer = place;
    this.draw();
  }

  movePinched() {
    if (this.fingers.size === 2) {
      const { middle, distance } = this.spread();
      this.lens.zoomBy(distance / this.distance);
      this.lens.put(this.held, middle);
      this.distance = distance;
      this.update();
    }
  }

  release(event) {
    this.fingers.delete(event.pointerId);
    if (this.fingers.size > 0 || !this.doing) {
      return;
    }
    if (this.box) {
      this.marks.fill(this.boxPixels());
      this.box = null;
    }
    this.doing = null;
    this.marks.look();
    this.update();
  }

  leave() {
    if (!this.doing && this.pointer) {
      this.pointer = null;
      this.draw();
    }
  }

  /** The wheel zooms once the picture was touched or is zoomed; before that it moves the page. */
  turn(event) {
    const meant = event.ctrlKey || event.metaKey; // a pinch on a touch pad comes so
    const touched = document.activeElement === this.canvas || this.lens.zoom > 1;
    const further = event.deltaY > 0 && this.lens.zoom === 1;
    if (!this.marks || !(meant || (touched && !further))) {
      return;
    }
    event.preventDefault();
    const factor = CLOSER ** Math.max(-2, Math.min(2, -event.deltaY / (meant ? 20 : 100)));
    this.zoomBy(factor, this.lens.place(this.share(event)));
  }

  // drawing with keys

  key(event) {
    if (!this.marks || !this.carriedOut(event)) {
      return;
    }
    event.preventDefault();
  }

  /** Does what a key means; returns whether it means something. */
  carriedOut({ key, ctrlKey, metaKey, shiftKey }) {
    if (ctrlKey || metaKey) {
      const letter = key.toLowerCase();
      if (letter === 'z' || letter === 'y') {
        (letter === 'y' || shiftKey ? this.redo : this.undo).call(this);
      }
      return letter === 'z' || letter === 'y';
    }
    const keys = {
      ' ': () => this.mark(),
      '+': () => this.zoomBy(CLOSER ** 2, this.pointer ?? undefined),
      '=': () => this.zoomBy(CLOSER ** 2, this.pointer ?? undefined),
      '-': () => this.zoomBy(CLOSER ** -2, this.pointer ?? undefined),
      0: () => this.showWhole(),
      '[': () => this.resizeBrush(-2),
      ']': () => this.resizeBrush(2),
    };
    if (STEPS[key]) {
      this.step(...STEPS[key]);
    } else {
      keys[key]?.();
    }
    return key in STEPS || key in keys;
  }

  step(x, y) {
    const { width, height } = this.marks;
    const from = this.pointer ?? this.lens.middle;
    const by = Math.max(1, this.diameter() / 2);
    this.pointer = {
      x: Math.min(width, Math.max(0, from.x + x * by)),
      y: Math.min(height, Math.max(0, from.y + y * by)),
    };
    this.lens.reveal(this.pointer);
    this.draw();
  }

  mark() {
    this.pointer ??= this.lens.middle;
    this.marks.remember();
    this.stroke(this.pointer, this.pointer);
    this.marks.look();
    this.update();
  }

  resizeBrush(percent) {
    this.brush = Math.min(60, Math.max(2, this.brush + percent));
    this.update();
  }

  diameter() {
    return Math.max(1, (Math.min(this.marks.width, this.marks.height) * this.brush) / 100);
  }

  stroke(from, to) {
    this.marks.stroke(from, to, this.diameter(), this.tool === 'erase');
  }

  boxPixels() {
    const { from, to } = this.box;
    const within = (value, most) => Math.min(most, Math.max(0, value));
    const { width, height } = this.marks;
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
    const room = this.area === 'expand' ? this.expand : NO_ROOM;
    const width = this.work.width + room.left + room.right;
    const height = this.work.height + room.top + room.bottom;
    const scale = Math.max(1, Math.ceil(SHARP / width));
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    this.canvas.style.maxWidth = `calc(68vh * ${width / height})`;
    const context = this.canvas.getContext('2d');
    const { zoom, left, top } = this.lens;
    context.scale(scale * zoom, scale * zoom);
    context.translate(-left, -top);
    context.imageSmoothingEnabled = false;
    if (this.area === 'expand') {
      hatch(context, width, height, scale);
    }
    context.drawImage(this.work, room.left, room.top);
    if (this.marks) {
      this.drawMarks(context, scale * zoom);
    }
  }

  drawMarks(context, scale) {
    const accent = colour('--accent');
    context.globalAlpha = 0.6;
    context.drawImage(tinted(this.marks.canvas, accent), 0, 0);
    context.globalAlpha = 1;
    if (this.marks.tokens && this.doing !== 'draw') {
      drawOutline(context, this.marks.tokens, this.marks.unit, scale);
    }
    context.lineWidth = 2 / scale;
    context.strokeStyle = accent;
    if (this.box) {
      const { x, y, width, height } = this.boxPixels();
      context.strokeRect(x, y, width, height);
    } else if (this.pointer && (this.tool === 'brush' || this.tool === 'erase')) {
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

/** The outline of what is to be repainted: of the tokens, not of the marks. */
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
