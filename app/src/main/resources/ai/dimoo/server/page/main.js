// Puts the page's parts together.

import { ApiError, ServerGone, useKey } from './api.js';
import { describeModel } from './model.js';
import { OrderForm, FieldError, randomSeed } from './form.js';
import { PictureSlot, pictureIn } from './picture.js';
import { Pad } from './pad.js';
import { Stage } from './stage.js';
import { Suggestions } from './suggestions.js';
import { DRAGGED, Gallery } from './gallery.js';
import { Talk } from './talk.js';
import { Store, newId } from './store.js';
import { ask, makePicture } from './orders.js';
import { ASK, GROUPS } from './tasks.js';

const DRAFT = 'dimoo.draft';
const LOOK_AGAIN = 3000; // milliseconds, for a server that does not answer
const NARROW = matchMedia('(max-width: 860px)');
const EXAMPLES = [
  'a lighthouse on a cliff in the evening, oil painting',
  'a glass teapot on a wooden table, morning light',
  'a fox in fresh snow, telephoto',
];

const find = (id) => document.getElementById(id);

const stage = new Stage();
const talk = new Talk();
const pad = new Pad(find('pad'), noteMarks);
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
let shownArea = null; // for which task the pad shows its picture
let keyTried = false; // whether the present key is one that was given just now
let afterKey = null; // what else failed for want of a key

// what is on the page

async function start() {
  const model = await describeModel();
  shownArea = undefined;
  form.describe(model);
  find('model-name').textContent = model.id ?? '';
  suggestions.offer(model.things);
  showKnown(model.things);
  find('examples').replaceChildren(
    ...(model.things.length < 3 ? EXAMPLES : examplesOf(model.things)).map((text) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text;
      button.addEventListener('click', () => {
        form.setTask('text_to_image');
        form.prompt = text;
        run();
      });
      return button;
    }),
  );
}

/** What the model knows, to click on. */
function showKnown(things) {
  find('knows').hidden = things.length === 0;
  find('knows-summary').textContent = `knows ${things.length} things`;
  find('knows-things').replaceChildren(
    ...things.map((name) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = name;
      button.addEventListener('click', () => {
        find('knows').open = false;
        form.prompt = form.prompt.trim() === '' ? some(name) : `${form.prompt.trimEnd()} ${name}`;
        find('prompt').focus();
      });
      return button;
    }),
  );
}

function some(name) {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** Sentences about things that the model knows. */
function examplesOf([one, another, third]) {
  return [
    some(one),
    `${some(another)} on a blue background`,
    `${some(one)} to the left of ${some(third)}`,
  ];
}

function formChanged() {
  const { task } = form;
  const asking = task.name === ASK;
  find('stage').hidden = asking;
  find('talk').hidden = !asking;
  find('expand').hidden = task.area !== 'expand' || picture.picture === null;
  find('brush').hidden = !['most', 'any'].includes(task.area) || picture.picture === null;
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
  pad.show(given, area, form.model);
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
  const image = find('reference-show');
  URL.revokeObjectURL(image.src);
  image.hidden = given === null;
  if (given) {
    image.src = URL.createObjectURL(given.blob);
    image.classList.toggle('pixels', Math.max(given.width, given.height) <= 256);
  } else {
    image.removeAttribute('src');
  }
}

function noteMarks() {
  find('brush-note').textContent =
    pad.tokens && pad.area
      ? `${pad.tokens.count} of ${pad.tokens.marked.length} tokens will be made anew`
      : '';
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
  gallery.mark(item);
  if (!running) { // else it is shown when that has ended
    stage.show(item);
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
    if (pad.empty) {
      throw new FieldError(
        'Mark on the picture what is to be made anew: draw with the brush, or draw a box.',
        find('pad'),
      );
    }
    order.mask = await pad.maskFile();
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
  stage.begin({ ...(await sizeOf(order)), base: order.expand ? null : order.picture });
  if (NARROW.matches) {
    find('stage').scrollIntoView();
  }
  const watch = {
    step: (data) => stage.step(data),
    partial: (blob, data) => stage.partial(blob, data),
  };
  const result = await makePicture(order, watch, running.signal);
  const [width, height] = result.size.split('x').map(Number);
  const item = { id: newId(), time: Date.now(), kind: 'picture', order, width, height };
  Object.assign(item, { blob: result.blob, made: result.made });
  running = null;
  stage.end(`The picture is ready, with seed ${result.made.seed}.`);
  const kept = gallery.add(item);
  show(item);
  await kept;
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
    await ask(order, (piece) => (text.textContent += piece), form.model, running.signal);
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
  }
}

/** Shows the picture that was there before. */
function back() {
  if (shown) {
    stage.show(shown);
  } else {
    stage.clear();
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
  await run({ seed: String(item.made.seed ?? item.order.seed) });
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
listen('full-screen', () => find('view').requestFullscreen());
listen('copy-prompt', () => copy(shown.order.prompt, 'The prompt'));
listen('copy-seed', () => copy(String(shown.made.seed), 'The seed'));
find('compare-at').addEventListener('input', (event) => stage.compareAt(event.target.value));
listen('ask-this', () => take(ASK));
listen('delete', removeShown);
listen('gallery-clear', async () => {
  await gallery.remove(...gallery.items);
  shown = null;
  if (!running) {
    stage.clear();
  }
});
listen('brush-clear', () => pad.clear());
listen('brush-undo', () => pad.undo());
find('brush-size').addEventListener('input', (event) => {
  pad.brush = Number(event.target.value);
});
for (const radio of document.querySelectorAll('[name="tool"]')) {
  radio.addEventListener('change', () => {
    pad.tool = radio.value;
  });
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === 'Escape' && running) {
    event.preventDefault();
    stop();
  }
});

document.addEventListener('paste', (event) => {
  const file = pictureIn(event.clipboardData);
  const text = event.clipboardData.types.includes('text/plain');
  if (file && !(text && event.target.matches('input, textarea'))) {
    event.preventDefault();
    const second = form.task.pictures > 1 && picture.picture !== null;
    (second ? reference : picture).put(file);
  }
});

document.addEventListener('dragover', (event) => {
  if (event.dataTransfer.types.some((type) => type === 'Files' || type === DRAGGED)) {
    event.preventDefault();
    over(event.target);
  }
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) {
    over(null);
  }
});
document.addEventListener('drop', (event) => {
  over(null);
  const made = gallery.dragged(event.dataTransfer);
  if (event.dataTransfer.files.length === 0 && made === null) {
    return;
  }
  event.preventDefault();
  const file = made?.blob ?? pictureIn(event.dataTransfer);
  if (file === null) {
    showError(new Error('That is not a picture: drop a PNG, JPEG or WebP file.'));
  } else {
    (event.target.closest('#reference-field') ? reference : picture).put(file);
  }
});

function over(target) {
  const zone = target?.closest('#reference-field') ? 'reference-drop' : 'picture-drop';
  for (const id of ['picture-drop', 'reference-drop']) {
    find(id).classList.toggle('over', target !== null && id === zone);
  }
}

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
