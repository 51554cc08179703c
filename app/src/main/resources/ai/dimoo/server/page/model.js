// What the page knows of the model behind the server.

import { ApiError, getJson } from './api.js';

const SHAPES = [
  ['square', 1, 1],
  ['landscape', 4, 3],
  ['portrait', 3, 4],
  ['wide', 16, 9],
  ['tall', 9, 16],
];

/** Nothing is known: the server chooses. */
export const UNKNOWN = {
  id: null,
  width: null,
  height: null,
  pixelsPerToken: null,
  timesteps: null,
  cfgScale: null,
  editCfgScale: null,
  cfgImage: null,
  temperature: null,
  textTemperature: null,
  mostTimesteps: null,
  mostPictures: null,
  freeMemory: null,
  tasks: [],
  things: [],
  adapters: [],
  speeds: [],
  textSpeeds: [],
};

/** Asks the server. A server that does not tell is no error. */
export async function describeModel() {
  try {
    const [id, ...adapters] = (await getJson('v1/models')).data.map((model) => model.id);
    const model = await getJson(`v1/models/${encodeURIComponent(id)}`);
    const dimoo = model.dimoo ?? {};
    return {
      id,
      width: dimoo.width ?? null,
      height: dimoo.height ?? null,
      pixelsPerToken: dimoo.pixels_per_token ?? null,
      timesteps: dimoo.timesteps ?? null,
      cfgScale: dimoo.cfg_scale ?? null,
      editCfgScale: dimoo.edit_cfg_scale ?? null,
      cfgImage: dimoo.cfg_img ?? null,
      temperature: dimoo.temperature ?? null,
      textTemperature: dimoo.text?.temperature ?? null,
      mostTimesteps: dimoo.limits?.timesteps ?? null,
      mostPictures: dimoo.limits?.pictures ?? null,
      freeMemory: model.free_memory_bytes ?? null,
      tasks: (dimoo.tasks ?? []).filter(({ trained }) => trained).map(({ name }) => name),
      things: dimoo.knowledge?.things ?? [],
      adapters,
      speeds: Object.keys(dimoo.speeds ?? {}),
      textSpeeds: Object.keys(dimoo.text?.speeds ?? {}),
    };
  } catch (failure) {
    if (failure instanceof ApiError && failure.status !== 404) {
      throw failure;
    }
    return UNKNOWN;
  }
}

/** What an adapter is called, by the name of the model that has it. */
export function adapterName(id) {
  return id.slice(id.lastIndexOf('+') + 1);
}

/** Sizes to offer besides the model's own: its area in other shapes. */
export function sizesOf(model) {
  if (!model.width) {
    return [];
  }
  const area = model.width * model.height;
  const unit = model.pixelsPerToken ?? 16;
  const shapes = SHAPES.map(([label, across, down]) => {
    const height = Math.sqrt((area * down) / across);
    const width = (height * across) / down;
    const fit = (side) => Math.max(unit, Math.round(side / unit) * unit);
    return { label, size: `${fit(width)}x${fit(height)}` };
  });
  return shapes.filter(({ size }) => size !== `${model.width}x${model.height}`);
}

/** The largest size of the same shape that the model is at home with, in whole tokens. */
export function fitted(width, height, model) {
  const unit = model.pixelsPerToken;
  if (!unit || !model.width) {
    return { width, height };
  }
  const scale = Math.min(1, Math.sqrt((model.width * model.height) / (width * height)));
  const fit = (side) => Math.max(unit, Math.floor((side * scale) / unit + 1e-6) * unit);
  return { width: fit(width), height: fit(height) };
}
