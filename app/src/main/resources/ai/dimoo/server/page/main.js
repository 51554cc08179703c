// Puts the page's parts together.

import { ApiError, ServerGone, useKey } from './api.js';
import { describeModel } from './model.js';
import { OrderForm, FieldError, randomSeed } from './form.js';
import { PictureSlot } from './picture.js';
import { Board } from './board.js';
import { Stage, placeOf } from './stage.js';
import { Suggestions } from './suggestions.js';
import { Gallery } from './gallery.js';
import { takeGiven } from './given.js';
import { showKnown, some } from './known.js';
import { Talk } from './talk.js';
import { Store, newId } from './store.js';
import { ask, makePictures } from './orders.js';
import { ASK, GROUPS } from './tasks.js';

const DRAFT = 'dimoo.draft';
const LOOK_AGAIN = 3000; // milliseconds, for a server that does not answer
const NARROW = matchMedia('(max-width: 860px)');
const find = (id) => document.getElementById(id);

const stage = new Stage(show);
const talk = new Talk();
const board = new Board(NARROW);
const { pad } = board;
const picture = new PictureSlot('picture', pictureChanged, (failure) =>
  showError(failure, find('picture-field')),
);
const reference = new PictureSlot('reference', referenceChanged, (failure) =>
  showError(failure, find('reference-field')),
);
const form = new OrderForm(formChanged);
const suggestions = new Suggestions(find('prompt'), find('suggestions'));
const store = await Store.open();
const gallery = new Gallery(store, pick);

let running = null; // an AbortController while something is made
let shown = null; // the item on the stage
let together = null; // the items on the stage, where it shows several
let shownArea = null; // for which task the board shows its picture
let keyTried = false; // whether the present key is one that was given just now
let afterKey = null; // what else failed for want of a key

// what is on the page

async function start() {
  const model = await describeModel();
  shownArea = undefined;
  form.describe(model);
  find('model-name').textContent = model.id ?? '';
  suggestions.offer(model.things);
  showKnown(model, mention, (text) => {
    form.setTask('text_to_image');
    form.prompt = text;
    run();
  });
}

/** Adds a thing to the prompt. */
function mention(name) {
  form.prompt = form.prompt.trim() === '' ? some(name) : `${form.prompt.trimEnd()} ${name}`;
  find('prompt').focus();
}

function formChanged() {
  const { task } = form;
  const asking = task.name === ASK;
  find('stage').hidden = asking;
  find('talk').hidden = !asking;
  find('expand').hidden = task.area !== 'expand' || picture.picture === null;
  if (shownArea !== task.area) {
    pictureChanged(picture.picture);
  }
  pad.expand = form.expand;
  if (pad.picture) {
    pad.draw();
  }
}

function pictureChanged(given) {
  hideError();
  if (given !== null && form.task.pictures === 0) {
    form.setTask(GROUPS[1].tasks[0].name);
  }
  const { area } = form.task;
  shownArea = area;
  showGiven(find('picture-show'), given);
  board.show(given, area, form.model);
  find('picture-note').hidden = given === null;
  if (given !== null) {
    const { width, height } = pad.work;
    find('picture-note').textContent = pad.scaled
      ? `${given.width}×${given.height}, made ${width}×${height} to suit the model`
      : `${given.width}×${given.height}`;
    if (area === 'expand') {
      const unit = form.model.pixelsPerToken ?? 16;
      form.expand = { left: 0, top: 0, bottom: 0, right: Math.round(width / 2 / unit) * unit };
    }
  }
  formChanged();
}

function referenceChanged(given) {
  hideError();
  showGiven(find('reference-show'), given);
}

/** Shows a picture that was given, small. */
function showGiven(image, given) {
  URL.revokeObjectURL(image.src);
  image.hidden = given === null;
  if (given) {
    image.src = URL.createObjectURL(given.blob);
    image.classList.toggle('pixels', Math.max(given.width, given.height) <= 256);
  } else {
    image.removeAttribute('src');
  }
}

/** Shows a picture of the gallery. */
function pick(item) {
  if (form.task.name === ASK) {
    form.setTask(item.order.task);
  }
  show(item);
}

function show(item) {
  shown = item;
  together = null;
  gallery.mark(item);
  if (!running) { // else it is shown when that has ended
    stage.show(item, gallery.madeWith(item).length);
    board.turn('result');
  }
}

/** Shows pictures that were made together. */
function showTogether(items) {
  together = items;
  shown = items[0];
  gallery.mark(null);
  if (!running) {
    stage.showAll(items);
    board.turn('result');
  }
}

/** Shows it where the eye is: under the field that it is about, else under the button. */
function showError(failure, field = failure.element?.closest('.field') ?? find('run-row')) {
  const known = failure instanceof ApiError || failure instanceof FieldError;
  if (!known && failure.name !== 'Error') {
    console.error(failure);
  }
  find('error').textContent = failure.message;
  find('error').hidden = false;
  field.after(find('error'));
  failure.element?.focus();
  find('error').scrollIntoView({ block: 'nearest' });
}

function hideError() {
  find('error').hidden = true;
}

// running

async function orderOf() {
  const order = form.read();
  const { task } = form;
  if (task.pictures > 0) {
    if (picture.picture === null) {
      throw new FieldError('Choose a picture first.', find('picture-choose'));
    }
    order.picture = await pad.file();
  }
  if (task.pictures > 1) {
    if (reference.picture === null) {
      throw new FieldError('Choose the picture with the style first.', find('reference-choose'));
    }
    order.reference = reference.picture.blob;
  }
  if (task.area === 'most' || task.area === 'any') {
    if (pad.marks.empty) {
      board.turn('board');
      throw new FieldError(
        'Mark on the picture what to repaint: draw with the brush, or draw a box.',
        find('pad'),
      );
    }
    order.mask = await pad.marks.file();
  }
  if (order.expand && Object.values(order.expand).every((pixels) => pixels === 0)) {
    throw new FieldError('Say by how many pixels the picture is to grow.', find('expand-right'));
  }
  return order;
}

/** Carries out what the form says. `changes` are made to the order, not to the form. */
async function run(changes = {}) {
  if (running) {
    return;
  }
  const controller = new AbortController();
  running = controller;
  find('run').ariaDisabled = 'true'; // a disabled button would lose the focus
  hideError();
  try {
    const order = { ...(await orderOf()), ...changes };
    await (order.task === ASK ? answer(order) : make(order));
  } catch (failure) {
    const stopped = controller.signal.aborted;
    if (!(failure instanceof FieldError)) {
      if (!stopped || !stage.keep()) {
        stage.end(stopped ? 'Stopped.' : '');
        back();
      }
    }
    if (!stopped) {
      failed(failure, () => run(changes));
    }
  } finally {
    running = null;
    find('run').ariaDisabled = null;
  }
}

async function make(order) {
  const { count, ...each } = order; // a picture is made again alone
  const items = [];
  const base = order.expand ? null : order.picture;
  stage.begin({ count: Number(count || 1), ...(await sizeOf(order)), base });
  board.turn('result');
  if (NARROW.matches) {
    find('stage').scrollIntoView();
  }
  const batch = count > 1 ? newId() : null;
  const kept = [];
  const watch = {
    queued: (before) => stage.queued(before),
    step: (data) => stage.step(data),
    partial: (blob, data) => stage.partial(blob, data),
    finished: (index, { blob, size, made, warnings }) => {
      const [width, height] = size.split('x').map(Number);
      const item = { id: newId(), time: Date.now(), kind: 'picture', order: each, width, height };
      Object.assign(item, { blob, made, warnings, batch });
      items.push(item);
      kept.push(gallery.add(item));
      if (batch) {
        stage.finished(index, item);
      }
    },
  };
  await makePictures(order, watch, running.signal);
  running = null;
  const [{ made }] = items;
  if (batch) {
    stage.end(`${items.length} pictures are ready, the first with seed ${made.seed}.`);
    showTogether(items);
  } else {
    stage.end(`The picture is ready, with seed ${made.seed}.`);
    show(items[0]);
  }
  await Promise.all(kept);
}

/** How large the picture will be, as far as that is known. */
async function sizeOf(order) {
  if (order.picture) {
    const bitmap = await createImageBitmap(order.picture);
    const { left = 0, top = 0, right = 0, bottom = 0 } = order.expand ?? {};
    return { width: bitmap.width + left + right, height: bitmap.height + top + bottom };
  }
  if (order.size === 'auto') {
    return { width: form.model.width ?? 1, height: form.model.height ?? 1 };
  }
  const [width, height] = order.size.split('x').map(Number);
  return { width, height };
}

async function answer(order) {
  const text = talk.ask(order.prompt, order.picture);
  text.classList.add('writing');
  find('talk-stop-row').hidden = false;
  form.prompt = '';
  try {
    const watch = {
      queued: (before) => (find('talk-wait').textContent = placeOf(before)),
      write: (piece) => {
        find('talk-wait').textContent = '';
        text.textContent += piece;
      },
    };
    await ask(order, watch, form.model, running.signal);
    if (text.textContent.trim() === '') {
      text.textContent = '(The model gave no answer.)';
    }
    find('live').textContent = text.textContent;
    await store.put({
      id: newId(),
      time: Date.now(),
      kind: 'answer',
      question: order.prompt,
      answer: text.textContent,
      blob: order.picture,
    });
  } catch (failure) {
    text.textContent += running.signal.aborted ? ' (stopped)' : ' (no answer)';
    form.prompt ||= order.prompt;
    throw failure;
  } finally {
    text.classList.remove('writing');
    find('talk-stop-row').hidden = true;
    find('talk-wait').textContent = '';
  }
}

/** Shows what was there before. */
function back() {
  if (together) {
    stage.showAll(together);
  } else if (shown) {
    stage.show(shown, gallery.madeWith(shown).length);
  } else {
    stage.clear();
  }
  if (board.used) {
    board.turn('board');
  }
}

function failed(failure, again) {
  if (failure instanceof ApiError && failure.status === 401) {
    afterKey = again;
    find('key').hidden = false;
    find('key-wrong').textContent = keyTried ? failure.message : '';
    find('key-wrong').hidden = !keyTried;
    keyTried = false;
    find('key-value').select();
    return;
  }
  showError(failure);
  if (failure instanceof ServerGone) {
    lookAgain();
  }
}

let looking = null; // the timer that looks for the server

/** Looks for a server that did not answer until it does. */
function lookAgain() {
  looking ??= setTimeout(async () => {
    looking = null;
    try {
      await start();
      hideError();
      find('live').textContent = 'The server answers again.';
    } catch (failure) {
      if (failure instanceof ServerGone) {
        lookAgain();
      } else {
        failed(failure, null);
      }
    }
  }, LOOK_AGAIN);
}

function stop() {
  running?.abort();
}

// from the pictures that were made

async function restore(item, changes) {
  const { order } = item;
  form.write({ ...order, ...changes });
  if (order.picture) {
    await picture.put(order.picture);
  }
  if (order.expand) {
    form.expand = order.expand;
    formChanged();
  }
  if (order.reference) {
    await reference.put(order.reference);
  }
  if (order.mask) {
    await pad.restore(order.mask);
  }
}

async function again() {
  const item = shown;
  await restore(item, {});
  await run({ seed: String(item.made.seed ?? item.order.seed), count: '' });
}

async function vary() {
  await restore(shown, { seed: '' });
  await run({ seed: randomSeed() });
}

/** Goes on from the picture that is shown. */
async function take(task) {
  const { blob } = shown;
  form.setTask(task);
  form.prompt = '';
  await picture.put(blob);
  find('prompt').focus();
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    find('live').textContent = `${what} was copied.`;
  } catch {
    showError(new Error(`This browser did not let the page copy. ${what}: ${text}`), find('made'));
  }
}

async function removeShown() {
  await gallery.remove(shown);
  shown = gallery.newest;
  gallery.mark(shown);
  back();
  board.turn('result');
}

// events

function listen(id, handle) {
  find(id).addEventListener('click', handle);
}

find('order').addEventListener('submit', (event) => {
  event.preventDefault();
  run();
});

find('key').addEventListener('submit', async (event) => {
  event.preventDefault();
  useKey(find('key-value').value.trim());
  keyTried = true;
  find('key').hidden = true;
  const then = afterKey;
  afterKey = null;
  await begin(then);
});

/** Learns about the model, then does what could not be done without a key. */
async function begin(then) {
  try {
    await start();
    keyTried = false;
    await then?.();
  } catch (failure) {
    failed(failure, then);
  }
}

listen('stop', stop);
listen('talk-stop', stop);
listen('again', again);
listen('vary', vary);
listen('edit-this', () => {
  const { task } = form; // who is editing goes on in the same way
  const editing = task.pictures > 0 && task.name !== ASK;
  take(editing ? task.name : form.offers('edit_add') ? 'edit_add' : 'inpaint');
});
listen('all', () => showTogether(gallery.madeWith(shown)));
listen('full-screen', () => find('view').requestFullscreen());
listen('copy-prompt', () => copy(shown.order.prompt, 'The prompt'));
listen('copy-seed', () => copy(String(shown.made.seed), 'The seed'));
find('compare-at').addEventListener('input', (event) => stage.compareAt(event.target.value));
listen('ask-this', () => take(ASK));
listen('delete', removeShown);
listen('gallery-clear', async () => {
  await gallery.remove(...gallery.items);
  shown = null;
  together = null;
  if (!running) {
    stage.clear();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === 'Escape' && running) {
    event.preventDefault();
    stop();
  }
});

takeGiven({
  gallery,
  pasted: (file) => {
    const second = form.task.pictures > 1 && picture.picture !== null;
    (second ? reference : picture).put(file);
  },
  dropped: (file, second) => (second ? reference : picture).put(file),
  failed: (failure) => showError(failure),
});

find('settings').open = !NARROW.matches;
const mac = /mac|iphone|ipad/i.test(navigator.platform);
find('run-keys').textContent = `${mac ? '⌘' : 'Ctrl'} + Enter; Esc stops`;

form.describe(form.model);
const kept = await store.all();
gallery.load(kept.filter((item) => item.kind === 'picture'));
kept.filter((item) => item.kind === 'answer').forEach((item) => talk.load(item));
shown = gallery.newest;
gallery.mark(shown);
back();
await begin(null);

// reloading the page loses nothing that was written
const draft = sessionStorage.getItem(DRAFT);
if (draft !== null) {
  form.write(JSON.parse(draft));
}
addEventListener('pagehide', () => sessionStorage.setItem(DRAFT, JSON.stringify(form.draft)));
