// One picture on the stage as it forms, and when it is there.

const LARGEST = 704; // pixels across; 11 times 64, 5.5 times 128
const SMALL = 256; // pictures up to this side are shown with their pixels

export class View {
  /** `image` shows the picture, `canvas` over it what is still open. */
  constructor(image, canvas) {
    this.image = image;
    this.canvas = canvas;
    this.url = null;
    this.now = null; // which tokens are open
    this.seen = null; // and which were when the picture was drawn that is shown
    this.forms = false;
  }

  /** A picture begins, from another or from nothing. */
  begin(width, height, base) {
    this.forms = false;
    this.now = null;
    this.seen = null;
    this.shape(width, height);
    this.picture(base);
    this.drawTokens();
  }

  /** A step is done: which tokens are open. */
  step(data) {
    if (data.masked_tokens) {
      this.now = tokensOf(data);
      this.seen ??= this.now;
      this.drawTokens();
    }
  }

  /** The picture as far as it is decided. */
  partial(blob, data) {
    this.step(data);
    this.shape(...data.size.split('x').map(Number));
    this.picture(blob, 'The picture as far as it has formed');
    this.forms = true;
    this.seen = this.now;
    this.drawTokens();
  }

  /** Nothing more will be decided. `keep`: what is open stays covered. */
  end(keep) {
    if (!keep) {
      this.now = null;
    }
    this.drawTokens();
  }

  /** Shows a finished picture. */
  show({ blob, width, height }, alt) {
    this.forms = false;
    this.now = null;
    this.shape(width, height);
    this.drawTokens();
    this.picture(blob, alt);
  }

  shape(width, height) {
    const box = this.canvas.parentElement;
    const small = Math.max(width, height) <= SMALL;
    const most = small ? Math.floor(LARGEST / width) * width : LARGEST;
    box.style.aspectRatio = `${width} / ${height}`;
    // whole screen pixels for each of the picture's, where the browser can
    const room = `min(100%, ${most}px, calc(72vh * ${width / height}))`;
    box.style.setProperty('--room', room);
    box.style.setProperty('--whole', small ? `round(down, ${room}, ${width}px)` : room);
    this.image.classList.toggle('pixels', small);
  }

  picture(blob, alt = '') {
    const old = this.url;
    this.url = blob ? URL.createObjectURL(blob) : null;
    this.image.hidden = !blob;
    this.image.alt = alt;
    if (blob) {
      this.image.src = this.url;
    } else {
      this.image.removeAttribute('src');
    }
    if (old) {
      // not before the new one is there
      (blob ? this.image.decode().catch(() => {}) : Promise.resolve()).then(() =>
        URL.revokeObjectURL(old),
      );
    }
  }

  /** Covers tokens that are open; tints those that were decided after the picture that is shown. */
  drawTokens() {
    const { canvas } = this;
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
