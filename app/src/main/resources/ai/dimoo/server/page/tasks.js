// What the model can be asked to do. Each task has small pictures, before and after, in tasks.svg.

/**
 * name: the API's name of the task; that of its small pictures in tasks.svg too
 * prompt: label of the prompt; null: the task has a sentence of its own
 * pictures: how many it takes
 * area: what is drawn on the picture: 'most' (tokens of which most is marked are repainted), 'any'
 *   (all tokens that the marks touch), 'expand' (room is added round it), or null
 * imageGuidance: whether it can be told how strongly to follow the picture
 */
function task(name, label, changes) {
  return {
    name,
    label,
    hint: '',
    prompt: 'Prompt',
    example: '',
    verb: 'Make it',
    pictures: 1,
    area: null,
    imageGuidance: true,
    ...changes,
  };
}

const INSTRUCTION = { prompt: 'Instruction', verb: 'Change it' };
const WHOLE = 'What the whole picture is to show';
const OWN_SENTENCE = { prompt: null };

/** The task that has an answer in words. */
export const ASK = 'understanding';

/** Views of an object that was seen from the front. */
const VIEWS = [
  ['left', 'From the left'],
  ['right', 'From the right'],
  ['back', 'From the back'],
  ['above', 'From above'],
  ['bottom', 'From below'],
];
const VIEW = 'multi_view_';

export const GROUPS = [
  {
    label: 'Make',
    tasks: [
      task('text_to_image', 'A picture from a sentence', {
        pictures: 0,
        imageGuidance: false,
        example: 'a fox to the left of a pizza',
      }),
    ],
  },
  {
    label: 'Edit',
    tasks: [
      task('edit_add', 'Add something', { ...INSTRUCTION, example: 'Add a car.' }),
      task('edit_remove', 'Remove something', { ...INSTRUCTION, example: 'Remove the pizza.' }),
      task('edit_replace', 'Replace something', {
        ...INSTRUCTION,
        example: 'Replace the pizza with a cake.',
      }),
      task('edit_background', 'Change the background', {
        ...INSTRUCTION,
        example: 'Change the background to blue.',
      }),
      task('edit_text_transfer', 'Change writing', {
        ...INSTRUCTION,
        example: 'Change the word “Open” to “Closed”.',
      }),
      task('other', 'Change anything else', { ...INSTRUCTION, example: 'What is to be different' }),
    ],
  },
  {
    label: 'Paint',
    tasks: [
      task('inpaint', 'Repaint a part (inpaint)', {
        prompt: WHOLE,
        area: 'most',
        imageGuidance: false,
        example: 'a fox to the left of a cake',
      }),
      task('retouch', 'Repaint a part, the rest untouched (retouch)', {
        prompt: WHOLE,
        area: 'any',
        imageGuidance: false,
        hint: 'Tokens that are not marked stay identical.',
        example: 'a fox to the left of a cake',
      }),
      task('outpaint', 'Go on beyond the edges (outpaint)', {
        prompt: WHOLE,
        area: 'expand',
        imageGuidance: false,
        example: 'a fox and two pizzas',
      }),
    ],
  },
  {
    label: 'Ask',
    tasks: [
      task(ASK, 'A question about a picture', {
        prompt: 'Question',
        verb: 'Ask',
        hint: 'Each question is answered by itself.',
        imageGuidance: false,
        example: 'How many foxes are there?',
      }),
    ],
  },
  {
    label: 'Restyle',
    tasks: [
      task('image_ref_transfer', 'The style of another picture', {
        ...OWN_SENTENCE,
        pictures: 2,
        hint: 'The first picture in the style of the second.',
      }),
    ],
  },
  {
    label: 'From a map or object',
    tasks: [
      ...[
        ['canny', 'edges (Canny)'],
        ['hed', 'soft edges (HED)'],
        ['depth', 'depth'],
        ['openpose', 'a pose (OpenPose)'],
      ].map(([map, label]) =>
        task(`${map}_control`, `A picture from ${label}`, {
          hint: 'Give a map of the picture to make, and say what it shows.',
        }),
      ),
      task('subject_driven', 'The same object elsewhere', {
        hint: 'Give a picture of an object, and say where it is to be seen.',
      }),
    ],
  },
  {
    label: 'To a map',
    tasks: [
      ['canny', 'Edges (Canny)'],
      ['hed', 'Soft edges (HED)'],
      ['depth', 'Depth'],
      ['openpose', 'Poses (OpenPose)'],
      ['normal', 'Surface normals'],
      ['sam2mask', 'Segments (SAM 2)'],
    ].map(([map, label]) =>
      task(`${map}_dense`, label, OWN_SENTENCE),
    ),
  },
  {
    label: 'Other view',
    tasks: VIEWS.map(([view, label]) =>
      task(`multi_view_${view}`, label, {
        ...OWN_SENTENCE,
        hint: 'Another view of an object that is seen from the front.',
      }),
    ),
  },
];

const ALL = GROUPS.flatMap((group) => group.tasks);

/** The task of a name. */
export function taskNamed(name) {
  return ALL.find((each) => each.name === name) ?? ALL[0];
}

/** The groups, without the tasks that the server does not name, if it names any. */
export function groupsFor(names) {
  const anyView =
    names.includes(`${VIEW}*`) &&
    !VIEWS.some(([view]) => names.includes(`${VIEW}${view}`));
  const has = ({ name }) =>
    names.length === 0 || names.includes(name) || (anyView && name.startsWith(VIEW));
  return GROUPS.map((group) => ({ ...group, tasks: group.tasks.filter(has) })).filter(
    (group) => group.tasks.length > 0,
  );
}
