// The form: what is to be done, and how.

import { ASK, groupsFor, taskNamed } from './tasks.js';
import { adapterName, sizesOf, UNKNOWN } from './model.js';

const find = (id) => document.getElementById(id);

/** Fields of an order, by the ids of their inputs. What is empty is left to the model. */
const NUMBERS = {
  steps: 'steps',
  guidance: 'guidance',
  imageGuidance: 'image-guidance',
  temperature: 'temperature',
  seed: 'seed',
  count: 'count',
};
const SIDES = ['left', 'top', 'right', 'bottom'];

/** A problem that the person can mend in a field. */
export class FieldError extends Error {
  constructor(message, element) {
    super(message);
    this.element = element;
  }
}

export class OrderForm {
  /** `changed` is called when another task was chosen, or other room to add. */
  constructor(changed) {
    this.changed = changed;
    this.model = UNKNOWN;
    find('size').addEventListener('change', () => this.showOtherSize());
    find('dice').addEventListener('click', () => {
      find('seed').value = randomSeed();
    });
    find('reset').addEventListener('click', () => this.reset());
    for (const side of SIDES) {
      find(`expand-${side}`).addEventListener('input', () => this.changed());
    }
    find('groups').addEventListener('change', (event) => {
      this.showGroup(this.groups[event.target.value]);
    });
    find('tasks').addEventListener('change', (event) => this.choose(event.target.value));
  }

  /** Offers what a model can do. */
  describe(model) {
    this.model = model;
    const before = this.chosen ?? null;
    const size = find('size').value;
    this.groups = groupsFor(model.tasks);
    const pills = this.groups.map(({ label }, i) => pill('group', i, label));
    find('groups').replaceChildren(find('groups').querySelector('legend'), ...pills);
    const auto = model.width ? `Automatic (${model.width}×${model.height})` : 'Automatic';
    find('size').replaceChildren(
      new Option(auto, 'auto'),
      ...sizesOf(model).map(({ label, size }) => new Option(`${size.replace('x', '×')} ${label}`, size)),
      new Option('Another…', 'other'),
    );
    find('size').value = size;
    find('size').selectedIndex = Math.max(0, find('size').selectedIndex);
    const adapter = find('adapter').value;
    find('adapter').replaceChildren(
      new Option('None', ''),
      ...model.adapters.map((id) => new Option(adapterName(id), id)),
    );
    this.adapter = adapter;
    find('steps').max = model.mostTimesteps ?? '';
    find('count').max = model.mostPictures ?? '';
    for (const id of ['size-width', 'size-height']) {
      find(id).step = model.pixelsPerToken ?? 1;
      find(id).min = model.pixelsPerToken ?? 1;
    }
    for (const side of SIDES) {
      find(`expand-${side}`).step = model.pixelsPerToken ?? 1;
    }
    this.setTask(before ?? this.groups[0].tasks[0].name);
  }

  /** The chosen task. */
  get task() {
    return taskNamed(this.chosen);
  }

  /** Chooses a task. */
  setTask(name) {
    let group = this.groups.findIndex(({ tasks }) => tasks.some((task) => task.name === name));
    group = Math.max(0, group);
    find('groups').querySelector(`[value="${group}"]`).checked = true;
    this.showGroup(this.groups[group], name);
  }

  /** Whether the server can do a task at all. */
  offers(name) {
    return this.groups.some(({ tasks }) => tasks.some((task) => task.name === name));
  }

  showGroup({ tasks }, name = tasks[0].name) {
    const legend = find('tasks').querySelector('legend');
    find('tasks').replaceChildren(legend, ...tasks.map(tile));
    const chosen = tasks.find((task) => task.name === name) ?? tasks[0];
    find('tasks').querySelector(`[value="${chosen.name}"]`).checked = true;
    this.choose(chosen.name);
  }

  choose(name) {
    this.chosen = name;
    this.taskChanged();
  }

  taskChanged() {
    const { task, model } = this;
    const asking = task.name === ASK;
    find('task-hint').textContent = task.hint;
    find('task-hint').hidden = task.hint === '';
    find('picture-field').hidden = task.pictures === 0;
    find('reference-field').hidden = task.pictures < 2;
    find('prompt-field').hidden = task.prompt === null;
    find('prompt-label').textContent = task.prompt ?? '';
    find('prompt').placeholder = task.example;
    find('run').textContent = task.verb;
    find('size-field').hidden = task.pictures > 0;
    find('guidance-field').hidden = asking;
    find('steps-field').hidden = asking;
    find('count-field').hidden = asking;
    find('image-guidance-field').hidden = !task.imageGuidance;
    this.showSpeeds(asking ? model.textSpeeds : model.speeds);
    // alone in its row it may be wide
    find('seed-field').classList.toggle('wide', task.imageGuidance);
    const usual = (id, value) => {
      find(id).placeholder = value ?? '';
    };
    usual('steps', model.timesteps);
    usual('temperature', asking ? model.textTemperature : model.temperature);
    usual('guidance', task.imageGuidance ? model.editCfgScale : model.cfgScale);
    usual('image-guidance', model.cfgImage);
    this.changed();
  }

  /** Offers speeds besides `exact`. */
  showSpeeds(speeds) {
    find('speed-field').hidden = speeds.length === 0;
    for (const input of find('speed-field').querySelectorAll('input')) {
      input.closest('label').hidden = input.value !== 'exact' && !speeds.includes(input.value);
    }
    this.speed = find('order').elements.speed.value;
  }

  /** Chooses a speed, where it is offered. */
  set speed(name) {
    const input = find('speed-field').querySelector(`[value="${name}"]`); // older orders have others
    const offered = input !== null && !input.closest('label').hidden;
    find('order').elements.speed.value = offered ? name : 'exact';
  }

  /** Chooses a model with an adapter; the server says it where there is none of this name any more. */
  set adapter(id) {
    const select = find('adapter');
    select.value = id;
    if (select.value !== id) {
      select.add(new Option(`${adapterName(id)} (not loaded)`, id));
      select.value = id;
    }
    find('adapter-field').hidden = select.options.length === 1;
  }

  showOtherSize() {
    const other = find('size').value === 'other';
    find('size-other').hidden = !other;
    if (other && !find('size-width').value) {
      find('size-width').value = this.model.width ?? 512;
      find('size-height').value = this.model.height ?? 512;
    }
  }

  /** Room to add round the picture, in pixels. */
  get expand() {
    const room = SIDES.map((side) => [side, Math.max(0, Math.round(find(`expand-${side}`).value))]);
    return Object.fromEntries(room);
  }

  set expand(room) {
    for (const side of SIDES) {
      find(`expand-${side}`).value = room[side];
    }
  }

  get prompt() {
    return find('prompt').value;
  }

  set prompt(text) {
    find('prompt').value = text;
  }

  reset() {
    for (const id of Object.values(NUMBERS)) {
      find(id).value = '';
    }
    find('size').value = 'auto';
    this.adapter = '';
    this.speed = 'exact';
    this.showOtherSize();
  }

  /** The order without its pictures. */
  read() {
    const { task } = this;
    const order = { task: task.name, prompt: task.prompt === null ? '' : this.prompt.trim() };
    if (task.prompt !== null && order.prompt === '') {
      throw new FieldError(
        task.name === ASK ? 'Write a question first.' : `Write what you want under “${task.prompt}” first.`,
        find('prompt'),
      );
    }
    for (const [name, id] of Object.entries(NUMBERS)) {
      const input = find(id);
      const hidden = input.closest('.field').hidden;
      if (!hidden && isWrong(input)) {
        find('settings').open = true;
        throw new FieldError(`${labelOf(input)}: ${input.validationMessage}`, input);
      }
      order[name] = hidden ? '' : input.value;
    }
    order.size = task.pictures > 0 ? 'auto' : this.size();
    order.adapter = find('adapter').value;
    order.speed = find('order').elements.speed.value;
    order.expand = task.area === 'expand' ? this.expand : null;
    return order;
  }

  size() {
    if (find('size').value !== 'other') {
      return find('size').value;
    }
    const sides = ['size-width', 'size-height'].map((id) => find(id));
    for (const input of sides) {
      if (!input.validity.valid || input.value === '') {
        throw new FieldError(`Size: ${input.validationMessage || 'give both sides.'}`, input);
      }
    }
    return sides.map((input) => input.value).join('x');
  }

  /** What the form says, whether it makes sense or not: for `write`. */
  get draft() {
    const numbers = Object.entries(NUMBERS).map(([name, id]) => [name, find(id).value]);
    const size = find('size').value;
    return {
      ...Object.fromEntries(numbers),
      task: this.task.name,
      prompt: this.prompt,
      adapter: find('adapter').value,
      speed: find('order').elements.speed.value,
      size: size === 'other' ? `${find('size-width').value}x${find('size-height').value}` : size,
    };
  }

  /** Fills in an order. */
  write(order) {
    this.setTask(order.task);
    this.prompt = order.prompt;
    for (const [name, id] of Object.entries(NUMBERS)) {
      if (order[name] !== undefined) {
        find(id).value = order[name];
      }
    }
    this.adapter = order.adapter ?? '';
    this.speed = order.speed;
    find('size').value = order.size;
    if (find('size').value !== order.size) {
      find('size').value = 'other';
      [find('size-width').value, find('size-height').value] = order.size.split('x');
    }
    this.showOtherSize();
    if (order.expand) {
      this.expand = order.expand;
      this.changed();
    }
  }
}

/** A seed that the server takes and that survives JSON. */
export function randomSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0] >>> 1;
}

/** Fractions may be finer than the arrows of their field. */
function isWrong({ validity, step }) {
  return !validity.valid && !(validity.stepMismatch && Number(step) < 1);
}

function labelOf(input) {
  return document.querySelector(`label[for="${input.id}"]`).textContent;
}

/** A task as something to choose: what it makes of what, and its name. */
function tile({ name, label }) {
  const image = document.createElement('img');
  image.src = `page/tasks.svg#${name}`;
  image.alt = '';
  image.width = 76;
  image.height = 32;
  const choice = pill('task', name, label);
  choice.querySelector('span').prepend(image);
  return choice;
}

function pill(name, value, text) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = name;
  input.value = value;
  const span = document.createElement('span');
  span.textContent = text;
  label.append(input, span);
  return label;
}
