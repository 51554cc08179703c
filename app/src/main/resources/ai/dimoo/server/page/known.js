// What the model knows, to click on.

const EXAMPLES = [
  'a lighthouse on a cliff in the evening, oil painting',
  'a glass teapot on a wooden table, morning light',
  'a fox in fresh snow, telephoto',
];

const find = (id) => document.getElementById(id);

/** Shows names of things and sentences about them; `chosen` and `exemplified` get what is clicked. */
export function showKnown({ things, freeMemory }, chosen, exemplified) {
  find('knows-memory').textContent =
    freeMemory === null
      ? ''
      : `On the server's machine ${(freeMemory / 1e9).toFixed(1)} GB are free now.`;
  find('knows').hidden = things.length === 0;
  find('knows-summary').textContent = `knows ${things.length} things`;
  find('knows-things').replaceChildren(
    ...things.map((name) =>
      button(name, () => {
        find('knows').open = false;
        chosen(name);
      }),
    ),
  );
  const examples = things.length < 3 ? EXAMPLES : examplesOf(things);
  find('examples').replaceChildren(
    ...examples.map((text) => button(text, () => exemplified(text))),
  );
}

/** A thing as one would ask for it. */
export function some(name) {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** Sentences about things that the model knows, from all over its list. */
function examplesOf(things) {
  const middle = Math.floor(things.length / 2);
  return [
    [0, 2],
    [1, things.length - 1],
    [middle, middle - 1],
  ].map(([left, right]) => `${some(things[left])} to the left of ${some(things[right])}`);
}

function button(text, clicked) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', clicked);
  return element;
}
