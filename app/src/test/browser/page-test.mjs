// Uses the page as a person would. PageTest starts the servers and runs this:
// DIMOO_PAGE      address of a server without keys, of a model that does not say what it knows
// DIMOO_PAGE_ADAPTED  of a model with an adapter, stars, that states what fast stands for, for pictures
// DIMOO_PAGE_KEY  address of a server that wants the key DIMOO_KEY, of one that says it
// DIMOO_CHROMIUM  the browser
// DIMOO_PICTURES  a folder for screenshots

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { accessibilityFaults, drawPicture, lastForm, launch, openPage, shownPixels, watchProgress } from './browser.mjs';

const URL_OPEN = process.env.DIMOO_PAGE;
const URL_ADAPTED = process.env.DIMOO_PAGE_ADAPTED;
const URL_KEY = process.env.DIMOO_PAGE_KEY;
const PICTURES = process.env.DIMOO_PICTURES;
const PROMPT = 'a red circle to the left of a blue square';

let browser;

before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await launch();
});

after(() => browser?.close());

/** A test with a page of its own, at the end of which the page has done nothing forbidden. */
function onPage(name, body, { url = URL_OPEN, ...options } = {}) {
  test(name, async () => {
    const { page, faults, close } = await openPage(browser, url, options);
    try {
      await body(page, faults);
    } catch (failure) {
      await page.screenshot({ path: `${PICTURES}/failed.png`, fullPage: true });
      throw failure;
    } finally {
      await close();
    }
    assert.deepEqual(faults, []);
  });
}

async function make(page, prompt, steps) {
  await page.getByLabel('Prompt').fill(prompt);
  if (steps) {
    await page.getByLabel('Steps').fill(String(steps));
  }
  await oneMore(page, () => page.getByLabel('Prompt').press('Control+Enter'));
}

/** Does what makes a picture, and waits for it. */
async function oneMore(page, action) {
  const before = await thumbs(page);
  await action();
  await page.locator('#thumbs button').nth(before).waitFor();
  await page.locator('#caption').waitFor();
}

function thumbs(page) {
  return page.locator('#thumbs button').count();
}

async function choose(page, group, task) {
  await page.getByRole('radio', { name: group, exact: true }).check();
  if (task) {
    await page.locator(`#tasks [value="${task}"]`).check();
  }
}

async function drag(page, from, to) {
  await page.locator('#pad').scrollIntoViewIfNeeded();
  const box = await page.locator('#pad').boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 6 });
  await page.mouse.up();
}

/** Has an edit made. Returns the fields that were sent. */
async function runEdit(page, button) {
  await oneMore(page, () => page.getByRole('button', { name: button }).click());
  return lastForm(page);
}

onPage('a picture forms step by step', async (page) => {
  const read = await watchProgress(page);
  await make(page, PROMPT, 24);
  const { steps, pictures, tokens } = await read();

  assert.ok(steps.length > 4, `steps seen: ${steps}`);
  assert.deepEqual(steps, steps.toSorted((a, b) => a - b));
  assert.equal(steps.at(-1), 24);
  assert.ok(pictures >= 4, 'three forming pictures and the finished one');
  assert.ok(tokens >= 4, 'ever fewer tokens are covered');
  assert.equal(await page.locator('#shown').evaluate((image) => image.naturalWidth), 128);
  assert.equal(await page.locator('#shown').evaluate((image) => getComputedStyle(image).imageRendering), 'pixelated');
  assert.match(await page.locator('#made').innerText(), /Size\s*128×128[\s\S]*Seed\s*\d+[\s\S]*Steps\s*24/);
  assert.match(await page.locator('#live').innerText(), /ready, with seed \d+/);
});

onPage('what the model does by itself is shown in the fields', async (page) => {
  const model = await page.evaluate(async () => (await (await fetch('/v1/models')).json()).data[0].dimoo);
  await page.locator(`#steps[placeholder="${model.timesteps}"]`).waitFor();
  assert.equal(await page.locator('#guidance').getAttribute('placeholder'), String(model.cfg_scale));
  assert.match(await page.locator('#size option').first().innerText(), /128×128/);
  assert.equal(await page.locator('#model-name').innerText(), 'pocket');
});

/** So many tokens and steps that it is still at work when it is stopped, however slow the browser is. */
async function fillALongRun(page, steps = 256) {
  await page.getByLabel('Prompt').fill(PROMPT);
  await page.locator('#size').selectOption('other');
  await page.getByLabel('Width in pixels').fill('256');
  await page.getByLabel('Height in pixels').fill('256');
  await page.getByLabel('Steps').fill(String(steps));
}

onPage('a run is stopped by its button and by Escape, and the next one runs', async (page) => {
  for (const stop of [() => page.locator('#stop').click(), () => page.keyboard.press('Escape')]) {
    await fillALongRun(page);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.waitForFunction(() => document.getElementById('bar').value >= 2);
    await stop();
    await page.locator('#progress').waitFor({ state: 'hidden' });
    assert.equal(await page.locator('#live').innerText(), 'Stopped.');
    assert.equal(await thumbs(page), 0);
    assert.ok(await page.locator('#error').isHidden());
  }
  await make(page, PROMPT, 4);
  assert.equal(await thumbs(page), 1);
});

onPage('what was stopped stays to be looked at', async (page) => {
  await fillALongRun(page, 128); // previews come after a quarter of the steps
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.waitForFunction(() => {
    const forms = document.getElementById('shown').alt.includes('formed');
    if (forms) {
      document.getElementById('stop').click(); // at once, or it might be ready before
    }
    return forms;
  });
  await page.getByText(/^Stopped after step \d+ of 128/).waitFor();
  assert.ok(await page.locator('#shown').isVisible());
  assert.equal(await thumbs(page), 0);
  await make(page, PROMPT, 4);
  assert.ok(await page.locator('#stopped').isHidden());
});

onPage('the keyboard keeps its place, and a reload what was written', async (page) => {
  await page.getByLabel('Steps').fill('4');
  await page.getByLabel('Prompt').fill(PROMPT);
  await page.getByRole('button', { name: 'Make it' }).focus();
  await oneMore(page, () => page.keyboard.press('Enter'));
  assert.ok(await page.locator('#run').evaluate((button) => button === document.activeElement));

  await choose(page, 'Edit', 'edit_remove');
  await page.getByLabel('Instruction').fill('Remove the circle.');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('#tasks :checked')?.value === 'edit_remove');
  assert.equal(await page.getByLabel('Instruction').inputValue(), 'Remove the circle.');
  assert.equal(await page.getByLabel('Steps').inputValue(), '4');
});

onPage('an edit goes on from the result, which is compared with what it was made of', async (page) => {
  await make(page, PROMPT, 4);
  await page.getByLabel('Steps').fill('3');
  await page.getByRole('button', { name: 'Edit this' }).click();
  await choose(page, 'Edit', 'edit_replace');
  await page.getByLabel('Instruction').fill('Replace the circle with a star.');
  await runEdit(page, 'Change it');
  const seen = () => page.locator('#before').evaluate((image) => getComputedStyle(image).clipPath);
  assert.match(await seen(), /100%/);
  await page.getByLabel('Before').fill('40');
  assert.match(await seen(), /60%/);

  await page.getByRole('button', { name: 'Edit this' }).click();
  assert.equal(await page.locator('#tasks :checked').inputValue(), 'edit_replace');
  await page.locator('#thumbs button').last().click();
  assert.ok(await page.locator('#compare').isHidden());
});

onPage('a picture is dragged from the gallery, and a mark is taken back', async (page) => {
  await make(page, PROMPT, 4);
  await choose(page, 'Paint', 'retouch');
  await page.locator('#thumbs button').dragTo(page.locator('#picture-drop'));
  await page.locator('#pad').waitFor();
  await drag(page, [0.1, 0.1], [0.3, 0.3]);
  const one = await page.locator('#brush-note').innerText();
  await drag(page, [0.6, 0.6], [0.9, 0.9]);
  assert.notEqual(await page.locator('#brush-note').innerText(), one);
  await page.keyboard.press('Control+z');
  assert.equal(await page.locator('#brush-note').innerText(), one);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.match(await page.locator('#brush-note').innerText(), /^Mark what to/);
});

onPage('axe-core finds no fault by day, by night and on a phone', async (page) => {
  await page.getByRole('button', { name: 'Make it' }).click(); // with an error
  assert.deepEqual(await accessibilityFaults(page), []);
  await make(page, PROMPT, 4);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const group of await page.locator('#groups span').allInnerTexts()) {
      await choose(page, group);
      assert.deepEqual(await accessibilityFaults(page), [], `${group}, ${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: 360, height: 780 });
  await choose(page, 'Make');
  assert.deepEqual(await accessibilityFaults(page), []);
});

onPage('the gallery outlives a reload, and makes pictures again and others like them', async (page) => {
  await page.locator('#seed').fill('7');
  await make(page, PROMPT, 6);
  const first = await shownPixels(page);
  await make(page, 'a green star', 5);
  await page.reload();

  await page.locator('#caption').waitFor();
  assert.equal(await thumbs(page), 2);
  await page.getByRole('button', { name: PROMPT }).last().click();
  assert.equal(await page.locator('#caption-prompt').innerText(), PROMPT);
  assert.equal(await shownPixels(page), first);

  await oneMore(page, () => page.getByRole('button', { name: 'Again' }).click());
  assert.equal(await thumbs(page), 3);
  assert.equal(await shownPixels(page), first);
  assert.equal(await page.getByLabel('Steps').inputValue(), '6');

  await oneMore(page, () => page.getByRole('button', { name: 'Vary' }).click());
  assert.notEqual(await shownPixels(page), first);
  assert.equal(await page.locator('#seed').inputValue(), '');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^dimoo-\d+\.png$/);

  await page.locator('#delete').click();
  await page.locator('#thumbs button').nth(3).waitFor({ state: 'detached' });
  await page.locator('#gallery-clear').click();
  await page.locator('#gallery').waitFor({ state: 'hidden' });
  await page.reload();
  assert.ok(await page.locator('#gallery').isHidden());
  await page.locator('#empty').waitFor();
});

onPage('prompt and seed are copied, a picture fills the screen, and how long it is kept is said', async (page) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('#seed').fill('9007199254740991');
  await make(page, PROMPT, 2);
  const copied = async (name) => {
    await page.getByRole('button', { name }).click();
    await page.locator('#live').filter({ hasText: /copied/ }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied('Copy prompt'), PROMPT);
  assert.equal(await copied('Copy seed'), '9007199254740991');

  await page.locator('#full-screen').click();
  await page.waitForFunction(() => document.fullscreenElement?.contains(document.getElementById('shown')));
  await page.evaluate(() => document.exitFullscreen());
  assert.match(await page.locator('#gallery').innerText(), /removed after a day/);
});

onPage('a part of a picture is repainted where the brush was', async (page) => {
  await make(page, PROMPT, 6);
  await page.getByRole('button', { name: 'Edit this' }).click();
  await choose(page, 'Paint', 'inpaint');
  await page.locator('#prompt').fill('a green star');
  await page.getByRole('button', { name: 'Make it' }).click();
  assert.match(await page.locator('#error').innerText(), /Mark on the picture/);

  await drag(page, [0.2, 0.2], [0.6, 0.5]);
  const marked = await page.locator('#brush-note').innerText();
  assert.match(marked, /^[1-9]\d* of 64 tokens/);
  await page.getByRole('radio', { name: 'Eraser' }).check();
  await page.locator('#brush-size').fill('60');
  await drag(page, [0.2, 0.2], [0.6, 0.5]);
  assert.match(await page.locator('#brush-note').innerText(), /^Mark what to/);
  await page.getByRole('radio', { name: 'Box' }).check();
  await drag(page, [0.26, 0.26], [0.74, 0.49]);
  assert.match(await page.locator('#brush-note').innerText(), /^8 of 64/);

  const fields = await runEdit(page, 'Make it');
  assert.deepEqual(fields.task, ['inpaint']);
  assert.deepEqual(fields.image, ['image.png']);
  assert.deepEqual(fields.mask, ['mask.png']);
  assert.equal(await thumbs(page), 2);
  const inpainted = await shownPixels(page);

  await oneMore(page, () => page.getByRole('button', { name: 'Again' }).click());
  assert.equal(await shownPixels(page), inpainted, 'the mask was kept too');
});

onPage('the mask is drawn with keys', async (page) => {
  await choose(page, 'Paint', 'retouch');
  await page.locator('#picture-file').setInputFiles(await drawPicture(page, 128, 128));
  await page.locator('#pad').focus();
  await page.keyboard.press('Space');
  const few = parseInt(await page.locator('#brush-note').innerText(), 10);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  const more = parseInt(await page.locator('#brush-note').innerText(), 10);
  assert.ok(few > 0 && more > few, `${few}, then ${more}`);
});

/** How far the picture to paint on is zoomed, in percent. */
async function zoom(page) {
  return parseInt(await page.locator('#zoom').innerText(), 10);
}

onPage('the picture to paint on is on the stage, zooms, and takes marks back and makes them again', async (page) => {
  await choose(page, 'Paint', 'retouch');
  await page.locator('#picture-file').setInputFiles(await drawPicture(page, 128, 128));
  const pad = page.locator('#stage #pad');
  assert.ok((await pad.boundingBox()).width > 500);
  assert.ok(await page.locator('#empty').isHidden());
  const note = () => page.locator('#brush-note').innerText();

  await pad.hover({ position: { x: 10, y: 10 } });
  await page.mouse.wheel(0, -300);
  assert.equal(await zoom(page), 100, 'the wheel moves the page until the picture was touched');
  await pad.focus();
  await page.mouse.wheel(0, -100);
  await page.waitForFunction(() => document.getElementById('zoom').innerText !== '100 %');
  await page.getByRole('button', { name: 'Whole' }).click();
  assert.equal(await zoom(page), 100);
  for (let i = 0; i < 5; i++) {
    await page.getByRole('button', { name: 'Zoom in' }).click();
  }
  assert.ok((await zoom(page)) > 800);
  await page.getByRole('radio', { name: 'Box' }).check();
  await drag(page, [0.45, 0.45], [0.55, 0.55]); // the middle, where four tokens meet, in less than one
  assert.match(await note(), /^4 of 64/);
  await page.getByRole('radio', { name: 'Move' }).check();
  await drag(page, [0.9, 0.9], [0.1, 0.1]);
  assert.match(await note(), /^4 of 64/, 'moving marks nothing');
  await page.getByRole('radio', { name: 'Box' }).check();
  await drag(page, [0.95, 0.95], [0.99, 0.99]); // another token now
  assert.match(await note(), /^5 of 64/);

  await pad.focus();
  await page.keyboard.press('0');
  assert.equal(await zoom(page), 100);
  await page.keyboard.press('Control+z');
  assert.match(await note(), /^4 of 64/);
  await page.keyboard.press('Control+Shift+Z');
  assert.match(await note(), /^5 of 64/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.match(await note(), /^Mark what to/);
  await page.getByRole('button', { name: 'Redo' }).click();
  assert.match(await note(), /^4 of 64/);

  await pad.focus();
  await page.keyboard.press(']');
  assert.equal(await page.locator('#brush-size').inputValue(), '22');
  await page.keyboard.press('+');
  assert.ok((await zoom(page)) > 100);
});

onPage('the stage shows the result after painting, and the marks again', async (page) => {
  await page.getByLabel('Steps').fill('3');
  await choose(page, 'Paint', 'inpaint');
  await page.locator('#picture-file').setInputFiles(await drawPicture(page, 128, 128));
  assert.ok(await page.locator('#sides').isHidden(), 'there is no result yet');
  await page.locator('#prompt').fill('a green star');
  await drag(page, [0.2, 0.2], [0.6, 0.5]);
  const marked = await page.locator('#brush-note').innerText();
  await oneMore(page, () => page.locator('#run').click());
  assert.ok(await page.locator('#pad').isHidden());
  await page.screenshot({ path: `${PICTURES}/painted.png` });
  await page.getByRole('radio', { name: 'Marks' }).check();
  assert.ok(await page.locator('#shown').isHidden());
  assert.equal(await page.locator('#brush-note').innerText(), marked);
  await page.screenshot({ path: `${PICTURES}/marks.png` });
});

onPage('several pictures form side by side; each is opened and downloaded', async (page) => {
  await page.getByLabel('Pictures', { exact: true }).fill('3');
  await page.locator('#seed').fill('20');
  await page.getByLabel('Steps').fill('6');
  await page.getByLabel('Prompt').fill(PROMPT);
  await page.locator('#run').click();
  await page.locator('#thumbs button').nth(2).waitFor();
  await page.locator('#caption').waitFor();
  const cells = page.locator('#sheet button');
  assert.equal(await cells.count(), 3);
  assert.match(await page.locator('#live').innerText(), /^3 pictures are ready/);
  assert.ok(await page.locator('#view').isHidden());
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.screenshot({ path: `${PICTURES}/several.png` });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download picture 2' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'dimoo-21.png');

  await page.getByRole('button', { name: 'Open picture 3, seed 22' }).click();
  assert.match(await page.locator('#made').innerText(), /Seed\s*22/);
  assert.ok(await page.locator('#sheet').isHidden());
  const third = await shownPixels(page);
  await page.getByRole('button', { name: 'All 3' }).click();
  await cells.first().click();
  assert.notEqual(await shownPixels(page), third);

  await page.reload();
  await page.getByRole('button', { name: 'All 3' }).click();
  await cells.last().click();
  assert.equal(await shownPixels(page), third);
  await oneMore(page, () => page.getByRole('button', { name: 'Again' }).click());
  assert.equal(await thumbs(page), 4, 'one is made again alone');
  assert.equal(await shownPixels(page), third);
  assert.ok(await page.getByRole('button', { name: 'All 3' }).isHidden());
});

onPage('what is ready of several stays when the rest is stopped', async (page) => {
  await fillALongRun(page);
  await page.getByLabel('Pictures', { exact: true }).fill('4');
  await page.getByLabel('Steps').fill('12');
  await page.locator('#run').click();
  await page.waitForFunction(() => {
    const ready = document.querySelector('#sheet button:enabled') !== null;
    if (ready) {
      document.getElementById('stop').click();
    }
    return ready;
  });
  await page.getByText(/^Stopped: [123] of 4 pictures are there/).waitFor();
  const ready = await page.locator('#sheet button:enabled').count();
  assert.equal(await thumbs(page), ready);
  await page.locator('#sheet button:enabled').first().click();
  await page.locator('#made').waitFor();
});

onPage('who waits sees how many come first', async (page) => {
  await page.evaluate(() => {
    window.others = new AbortController();
    for (const seed of [1, 2]) {
      const body = { prompt: 'a circle', size: '256x256', untrained_size: 'force', n: 10, timesteps: 64, seed, stream: true };
      fetch('v1/images/generations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: window.others.signal,
      }).then((answer) => answer.text()).catch(() => {});
    }
  });
  await page.waitForFunction(async () => /dimoo_queue_length 1/.test(await (await fetch('metrics')).text()));
  await page.getByLabel('Steps').fill('3');
  await page.getByLabel('Prompt').fill(PROMPT);
  await page.locator('#run').click();
  await page.getByText('Waiting in the queue: 2 before you').first().waitFor();
  await oneMore(page, () => page.evaluate(() => window.others.abort()));
});

onPage('what was not done as one may think is said under the picture', async (page) => {
  await page.getByLabel('Steps').fill('3');
  await choose(page, 'Edit', 'edit_add');
  await page.locator('#picture-file').setInputFiles(await drawPicture(page, 1280, 128));
  await page.getByLabel('Instruction').fill('Add a circle.');
  await runEdit(page, 'Change it');
  assert.match(await page.locator('#warnings').innerText(), /1280×128|1280x128/);
  await page.locator('#picture-file').setInputFiles(await drawPicture(page, 128, 128));
  await runEdit(page, 'Change it');
  assert.ok(await page.locator('#warnings').isHidden());
});

onPage('of the views those are offered that a model names', async (page) => {
  const offered = (...names) =>
    page.evaluate(async (known) => {
      const { groupsFor } = await import('/page/tasks.js');
      return groupsFor(known).flatMap(({ tasks }) => tasks.map(({ name }) => name));
    }, names);
  assert.deepEqual(await offered('multi_view_*', 'multi_view_left', 'multi_view_above'), [
    'multi_view_left',
    'multi_view_above',
  ]);
  assert.equal((await offered('multi_view_*')).length, 5);
  assert.deepEqual(await offered('inpaint'), ['inpaint']);
});

onPage('every task has its small pictures', async (page) => {
  const views = await page.evaluate(async () => {
    const text = await (await fetch('page/tasks.svg')).text();
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [...svg.querySelectorAll('view')].map(({ id }) => id);
  });
  const tasks = new Set();
  for (const group of await page.locator('#groups span').allInnerTexts()) {
    await choose(page, group);
    for (const image of await page.locator('#tasks img').all()) {
      const [, task] = (await image.getAttribute('src')).split('#');
      assert.ok(views.includes(task), task);
      assert.ok(await image.evaluate((element) => element.decode().then(() => element.naturalWidth > 0)));
      tasks.add(task);
    }
  }
  assert.deepEqual([...tasks].toSorted(), views.toSorted());
});

onPage('pictures are dropped and pasted; large ones are made to suit the model', async (page) => {
  const file = await drawPicture(page, 300, 200);
  const give = (type) =>
    page.evaluate(
      ([kind, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
        const event =
          kind === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      },
      [type, file.buffer.toString('base64')],
    );
  await give('drop');
  await page.locator('#picture-show').waitFor();
  assert.equal(await page.locator('#tasks :checked').inputValue(), 'edit_add');
  assert.equal(await page.locator('#picture-note').innerText(), '300×200');
  await page.locator('#picture-remove').click();
  await choose(page, 'Paint', 'inpaint');
  await give('paste');
  await page.locator('#pad').waitFor();
  assert.match(await page.locator('#picture-note').innerText(), /^300×200, made 144×96 /);
  await page.locator('#picture-file').setInputFiles({
    name: 'no.png',
    mimeType: 'image/png',
    buffer: Buffer.from('this is no picture'),
  });
  await page.getByText('choose a PNG, JPEG or WebP file').waitFor();
  assert.ok(await page.locator('#picture-field + #error').isVisible(), 'under the picture');
});

onPage('tasks with their own inputs are sent as the API wants them', async (page) => {
  const picture = await drawPicture(page, 128, 128);
  await page.getByLabel('Steps').fill('3');
  await choose(page, 'Edit', 'edit_replace');
  await page.locator('#picture-file').setInputFiles(picture);
  await page.getByLabel('Image guidance').fill('2');
  await page.getByLabel('Instruction').fill('Replace the red square with a green star.');
  let fields = await runEdit(page, 'Change it');
  assert.deepEqual(fields.task, ['edit_replace']);
  assert.deepEqual(fields.image_guidance_scale, ['2']);

  await choose(page, 'Paint', 'outpaint');
  assert.equal(await page.locator('#expand-right').inputValue(), '64');
  await page.locator('#prompt').fill('a row of stars');
  fields = await runEdit(page, 'Make it');
  assert.deepEqual(fields.expand, ['0,0,64,0']);
  assert.match(await page.locator('#made').innerText(), /192×128/);

  await choose(page, 'Restyle');
  await page.locator('#reference-file').setInputFiles(picture);
  fields = await runEdit(page, 'Make it');
  assert.equal(fields['image[]'].length, 2);
  assert.equal(fields.prompt, undefined);

  await choose(page, 'To a map', 'canny_dense');
  fields = await runEdit(page, 'Make it');
  assert.deepEqual(fields.task, ['canny_dense']);
  assert.equal(await thumbs(page), 4);
});

onPage('a question about a picture is answered, and both outlive a reload', async (page) => {
  await make(page, PROMPT, 4);
  await page.getByRole('button', { name: 'Ask about this' }).click();
  await page.locator('#prompt').fill('How many circles are there?');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.locator('.writing').waitFor({ state: 'attached' });
  await page.locator('.writing').waitFor({ state: 'detached' });
  assert.ok(await page.locator('#error').isHidden(), await page.locator('#error').innerText());
  const answer = await page.locator('.answer').innerText();
  assert.notEqual(answer.trim(), '');

  await page.reload();
  await choose(page, 'Ask');
  assert.equal(await page.locator('.question').innerText(), 'How many circles are there?');
  assert.equal(await page.locator('.answer').innerText(), answer);
});

onPage('errors say what to do', async (page, faults) => {
  await page.getByRole('button', { name: 'Make it' }).click();
  assert.match(await page.locator('#error').innerText(), /Write what you want/);
  assert.ok(await page.locator('#prompt').evaluate((field) => field === document.activeElement));

  await page.getByLabel('Prompt').fill(PROMPT);
  await page.locator('#size').selectOption('other');
  await page.getByLabel('Width in pixels').fill('8000');
  await page.getByLabel('Height in pixels').fill('8000');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('at most').waitFor();

  await page.locator('#size').selectOption('auto');
  await page.route('**/v1/images/generations', (route) => route.abort());
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('The server does not answer. See whether it still runs').waitFor();
  await page.locator('#error').waitFor({ state: 'hidden' }); // it was found again
  await page.unroute('**/v1/images/generations');
  await page.route('**/v1/images/generations', (route) =>
    route.fulfill({
      status: 200,
      contentType: 'text/event-stream',
      body: 'event: dimoo.progress\ndata: {"step":1,"steps":9,"masked":60}\n\n',
    }),
  );
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('The connection broke off before the end.').waitFor();
  faults.length = 0; // the browser reports refused and broken requests
});

onPage(
  'the page asks for a key where the server wants one, and keeps it over a reload',
  async (page, faults) => {
    await page.getByLabel('This server wants an API key').fill('wrong-key-wrong-key');
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('not one of').waitFor();
    await page.getByLabel('This server wants an API key').fill(process.env.DIMOO_KEY);
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.locator('#key').waitFor({ state: 'hidden' });
    await make(page, PROMPT, 3);
    await page.reload();
    // the model's own number: it comes with what only the key opens
    await page.waitForFunction(() => Number(document.querySelector('#steps').placeholder) > 0);
    assert.ok(await page.locator('#key').isHidden());
    faults.length = 0; // the browser reports each 401
  },
  { url: URL_KEY },
);

onPage(
  'what the model knows is offered, and nothing else',
  async (page, faults) => {
    await page.getByLabel('This server wants an API key').fill(process.env.DIMOO_KEY);
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByRole('button', { name: 'a circle to the left of a triangle' }).waitFor();
    assert.deepEqual(await page.locator('#groups span').allInnerTexts(), ['Make', 'Paint', 'Ask']);

    await page.getByText(/^knows \d+ things$/).click();
    const knows = await page.locator('#knows').innerText();
    assert.match(knows, /dimoo download Alpha-VLLM\/Lumina-DiMOO/);
    assert.match(knows, /takes 17 GB of memory, with --dtype int8 10 GB/);
    assert.match(knows, /On the server's machine \d+\.\d GB are free now/);
    await page.locator('#knows-things button', { hasText: 'triangle' }).click();
    assert.equal(await page.getByLabel('Prompt').inputValue(), 'a triangle');
    await page.getByLabel('Prompt').fill('');
    const offered = page.locator('#suggestions button');
    await page.getByLabel('Prompt').pressSequentially('a ci');
    assert.deepEqual(await offered.allInnerTexts(), ['circle']);
    await page.getByLabel('Prompt').pressSequentially('rcle');
    await page.locator('#suggestions').waitFor({ state: 'hidden' });
    await page.getByLabel('Prompt').pressSequentially(' and a Tri');
    await offered.click();
    assert.equal(await page.getByLabel('Prompt').inputValue(), 'a circle and a triangle');
    await page.locator('#suggestions').waitFor({ state: 'hidden' });
    faults.length = 0; // the browser reports each 401
  },
  { url: URL_KEY },
);

onPage(
  'an adapter is chosen where the server has one',
  async (page) => {
    await page.locator('#adapter-field').waitFor(); // the model is known
    assert.deepEqual(await page.locator('#adapter option').allInnerTexts(), ['None', 'stars']);
    await page.getByLabel('Seed', { exact: true }).fill('3');
    await make(page, PROMPT, 2);
    const without = await shownPixels(page);
    assert.doesNotMatch(await page.locator('#made').innerText(), /Adapter/);
    await page.getByLabel('Adapter').selectOption('stars');
    await make(page, PROMPT, 2);
    const adapted = await shownPixels(page);
    assert.notEqual(adapted, without);
    assert.match(await page.locator('#made').innerText(), /Adapter\s*stars/);

    await page.getByLabel('Adapter').selectOption('None');
    await oneMore(page, () => page.locator('#again').click());
    assert.equal(await shownPixels(page), adapted);
    assert.match(await page.locator('#adapter').inputValue(), /\+stars$/);

    await choose(page, 'Ask');
    await page.locator('#picture-file').setInputFiles(await drawPicture(page, 64, 64));
    await page.locator('#prompt').fill('What is it?');
    const asked = page.waitForRequest(/chat/);
    await page.locator('#run').click();
    assert.match((await asked).postDataJSON().model, /\+stars$/);
    await page.waitForFunction(() => document.getElementById('run').ariaDisabled === null);
    assert.deepEqual(await accessibilityFaults(page), []);
  },
  { url: URL_ADAPTED },
);

onPage(
  'only speeds that the model states are offered',
  async (page) => {
    await page.locator('#speed-field').waitFor(); // the model is known
    const shown = page.locator('#speed-field label:visible');
    assert.deepEqual(await shown.allInnerTexts(), ['Exact', 'Fast']);
    await page.getByRole('radio', { name: 'Fast' }).check();
    await make(page, PROMPT);
    assert.match(await page.locator('#made').innerText(), /Steps\s*6\s*[\s\S]*Speed\s*fast/);
    await choose(page, 'Ask');
    assert.equal(await shown.count(), 0, 'there is none for answers');
    await choose(page, 'Make');
    assert.ok(await page.getByRole('radio', { name: 'Exact' }).isChecked(), 'and Exact is chosen again');
  },
  { url: URL_ADAPTED },
);

onPage('it looks well by day and by night', async (page) => {
  await page.locator('#guidance').fill('1');
  for (const [seed, thing] of ['purple triangle', 'orange cross', 'red circle', 'green star', 'red circle'].entries()) {
    await page.locator('#seed').fill(String(seed));
    await page.locator('#prompt').fill(`a ${thing} on a white background`);
    await oneMore(page, () => page.locator('#run').click());
  }
  await page.getByLabel('Steps').fill('40');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.locator('#bar').evaluate((bar) => bar.removeAttribute('value'));
    await page.locator('#run').click();
    await page.waitForFunction(() => document.getElementById('bar').value >= 24);
    await page.screenshot({ path: `${PICTURES}/${colorScheme}.png`, fullPage: true });
    await page.locator('#progress').waitFor({ state: 'hidden' });
  }
  const ground = (body) => getComputedStyle(body).backgroundColor;
  assert.equal(await page.locator('body').evaluate(ground), 'rgb(22, 22, 21)');
});

onPage(
  'on a phone one paints in the form, and zooms with two fingers',
  async (page) => {
    await choose(page, 'Paint', 'retouch');
    await page.locator('#picture-file').setInputFiles(await drawPicture(page, 128, 128));
    const pad = page.locator('#picture-field #pad');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    const finger = (id, x, y) => ({ id, x: box.x + x * box.width, y: box.y + y * box.height });
    const session = await page.context().newCDPSession(page);
    const touch = (type, ...touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', finger(1, 0.45, 0.5));
    await touch('touchStart', finger(1, 0.45, 0.5), finger(2, 0.55, 0.5));
    await touch('touchMove', finger(1, 0.3, 0.5), finger(2, 0.7, 0.5));
    await touch('touchEnd');
    assert.ok((await zoom(page)) > 200, `${await zoom(page)} %`);
    assert.match(await page.locator('#brush-note').innerText(), /^Mark what to/, 'two fingers mark nothing');
    await touch('touchStart', finger(1, 0.5, 0.5));
    await touch('touchEnd');
    assert.match(await page.locator('#brush-note').innerText(), /^[1-9]\d* of 64/);
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.screenshot({ path: `${PICTURES}/phone-marks.png`, fullPage: true });
  },
  { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
);

onPage(
  'everything fits on a phone',
  async (page) => {
    await page.locator('#picture-file').setInputFiles(await drawPicture(page, 128, 128));
    await page.locator('#settings summary').click();
    for (const group of await page.locator('#groups span').allInnerTexts()) {
      await choose(page, group);
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth),
        360,
        `${group} is too wide`,
      );
    }
    await choose(page, 'Make');
    await make(page, PROMPT, 4);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await page.screenshot({ path: `${PICTURES}/phone.png`, fullPage: true });
  },
  { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
);
