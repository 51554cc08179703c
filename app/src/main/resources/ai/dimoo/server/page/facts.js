// What there is to say about a picture that was made.

import { adapterName } from './model.js';
import { taskNamed } from './tasks.js';

/** What a picture is called where it cannot be seen. */
export function altOf(item) {
  const { label } = taskNamed(item.order.task);
  return item.order.prompt ? `${label}: ${item.order.prompt}` : label;
}

/** The name of its file. */
export function fileNameOf(item) {
  return `dimoo-${item.made.seed ?? item.id}.png`;
}

/** Terms and their descriptions, for a `dl`. */
export function factsOf({ order, made, width, height }) {
  const task = taskNamed(order.task);
  return [
    ['Task', task.pictures > 0 ? task.label : null],
    ['Adapter', order.adapter ? adapterName(order.adapter) : null],
    ['Size', `${width}×${height}`],
    ['Seed', made.seed],
    ['Steps', made.timesteps],
    ['Guidance', made.cfg_scale],
    ['Image guidance', task.imageGuidance ? made.cfg_img : null],
    ['Temperature', made.temperature],
    ['Speed', ['balanced', 'fast'].includes(order.speed) ? order.speed : null],
    ['Time', made.seconds == null ? null : `${made.seconds.toFixed(1)} s`],
  ]
    .filter(([, value]) => value != null)
    .map(fact);
}

function fact([name, value]) {
  const pair = document.createElement('div');
  const term = document.createElement('dt');
  const description = document.createElement('dd');
  term.textContent = name;
  description.textContent = value;
  pair.append(term, description);
  return pair;
}
