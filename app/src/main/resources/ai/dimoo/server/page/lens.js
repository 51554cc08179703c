// Which part of a picture is seen on a canvas: all of it, or a part, larger.

const MOST = 16; // times as large as the whole
const EDGE = 0.1; // of what is seen: what is looked at keeps so far from its edges

const within = (value, most) => Math.min(Math.max(0, value), Math.max(0, most));

/** Places are in pixels of the picture; shares are of the canvas, from 0 to 1. */
export class Lens {
  constructor() {
    this.fit(1, 1);
  }

  /** Shows the whole of a picture of this size. */
  fit(width, height) {
    this.width = width;
    this.height = height;
    this.whole();
  }

  whole() {
    this.zoom = 1;
    this.left = 0;
    this.top = 0;
  }

  /** The place at a share of the canvas. */
  place({ x, y }) {
    return {
      x: this.left + (x * this.width) / this.zoom,
      y: this.top + (y * this.height) / this.zoom,
    };
  }

  /** The place in the middle of what is seen. */
  get middle() {
    return this.place({ x: 0.5, y: 0.5 });
  }

  /** Zooms; what is at the place stays where it is. */
  zoomBy(factor, place = this.middle) {
    const zoom = Math.min(MOST, Math.max(1, this.zoom * factor));
    const kept = this.zoom / zoom;
    this.zoom = zoom;
    this.moveTo(place.x - (place.x - this.left) * kept, place.y - (place.y - this.top) * kept);
  }

  /** Moves so that a place is at a share of the canvas. */
  put(place, { x, y }) {
    this.moveTo(place.x - (x * this.width) / this.zoom, place.y - (y * this.height) / this.zoom);
  }

  /** Moves no further than it must for a place to be seen. */
  reveal({ x, y }) {
    const width = this.width / this.zoom;
    const height = this.height / this.zoom;
    const near = (start, size, at) =>
      Math.min(at - EDGE * size, Math.max(at - (1 - EDGE) * size, start));
    this.moveTo(near(this.left, width, x), near(this.top, height, y));
  }

  moveTo(left, top) {
    this.left = within(left, this.width - this.width / this.zoom);
    this.top = within(top, this.height - this.height / this.zoom);
  }
}
