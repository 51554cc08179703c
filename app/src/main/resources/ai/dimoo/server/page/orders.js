// Orders as the API's requests.

import { send, eventsOf, ApiError } from './api.js';
import { dataUrl, pngFrom } from './picture.js';

/** Our fields and the API's. */
const FIELDS = {
  steps: 'num_inference_steps',
  guidance: 'guidance_scale',
  imageGuidance: 'image_guidance_scale',
  temperature: 'temperature',
  seed: 'seed',
  count: 'n',
};

/**
 * Has pictures made. An order holds what the form says, and `picture`, `mask` and `reference` as
 * files where the task wants them. `watch.queued` is called while it waits, `watch.step` and
 * `watch.partial` as a picture forms, and `watch.finished` with the number of each that is there,
 * from 0, and its `{blob, size, made, warnings}`.
 */
export async function makePictures(order, watch, signal) {
  const alone = order.task === 'text_to_image';
  const response = await send(alone ? 'v1/images/generations' : 'v1/images/edits', {
    body: alone ? { ...fieldsOf(order), size: order.size } : formOf(order),
    signal,
  });
  let finished = 0;
  for await (const { name, data } of eventsOf(response)) {
    if (name === 'dimoo.queued') {
      watch.queued(data.before);
    } else if (name === 'dimoo.progress') {
      watch.step(data);
    } else if (name.endsWith('.partial_image')) {
      watch.partial(pngFrom(data.b64_json), data);
    } else if (name.endsWith('.completed')) {
      const { size, dimoo: made = {}, warnings = [] } = data;
      watch.finished(finished, { blob: pngFrom(data.b64_json), size, made, warnings });
      finished += 1;
    }
  }
  if (finished === Number(order.count || 1)) {
    return;
  }
  throw brokenOff();
}

/**
 * Asks about a picture. `watch.queued` is called while it waits, `watch.write` with each piece of the
 * answer.
 */
export async function ask(order, watch, model, signal) {
  const content = [
    { type: 'image_url', image_url: { url: await dataUrl(order.picture) } },
    { type: 'text', text: order.prompt },
  ];
  const body = { messages: [{ role: 'user', content }], speed: order.speed, stream: true, progress: true };
  for (const [name, value] of [['model', order.adapter || model.id], ['temperature', order.temperature], ['seed', order.seed]]) {
    if (value !== null && value !== '') {
      body[name] = name === 'model' ? value : Number(value);
    }
  }
  let ended = false;
  for await (const { name, data } of eventsOf(await send('v1/chat/completions', { body, signal }))) {
    if (name === 'dimoo.queued') {
      watch.queued(data.before);
    }
    const choice = data.choices?.[0];
    if (choice?.delta?.content) {
      watch.write(choice.delta.content);
    }
    ended ||= Boolean(choice?.finish_reason);
  }
  if (!ended) {
    throw brokenOff();
  }
}

function brokenOff() {
  return new ApiError('The connection broke off before the end. Try again.', 0);
}

function fieldsOf(order) {
  const fields = {
    prompt: order.prompt,
    speed: order.speed,
    stream: true,
    partial_images: 3,
    progress: true,
  };
  if (order.adapter) {
    fields.model = order.adapter;
  }
  for (const [name, field] of Object.entries(FIELDS)) {
    if (order[name] !== '' && order[name] != null) {
      fields[field] = Number(order[name]);
    }
  }
  return fields;
}

function formOf(order) {
  const form = new FormData();
  const fields = fieldsOf(order);
  if (order.prompt === '') {
    delete fields.prompt;
  }
  for (const [name, value] of Object.entries({ ...fields, task: order.task })) {
    form.append(name, String(value));
  }
  if (order.expand) {
    const { left, top, right, bottom } = order.expand;
    form.append('expand', [left, top, right, bottom].join(','));
  }
  const pictures = order.reference ? [order.picture, order.reference] : [order.picture];
  for (const picture of pictures) {
    form.append(pictures.length > 1 ? 'image[]' : 'image', picture, fileName(picture));
  }
  if (order.mask) {
    form.append('mask', order.mask, 'mask.png');
  }
  return form;
}

function fileName(blob) {
  return `image.${blob.type.split('/')[1] ?? 'png'}`;
}
