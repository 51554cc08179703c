// Names of things that the model knows, offered while somebody types.

const MOST = 6;
const LEAST_LETTERS = 2;
const WORD = /[\p{L}\p{N}'-]+$/u;

export class Suggestions {
  /**
   * `field` is what is typed into, `list` shows the names as buttons. No names: nothing is offered.
   */
  constructor(field, list) {
    this.field = field;
    this.list = list;
    this.names = [];
    for (const event of ['input', 'click', 'keyup']) {
      field.addEventListener(event, () => this.show());
    }
  }

  offer(names) {
    this.names = names;
    this.show();
  }

  /** What was typed of a word before the caret. */
  begun() {
    const { value, selectionStart, selectionEnd } = this.field;
    const found = selectionStart === selectionEnd ? WORD.exec(value.slice(0, selectionStart)) : null;
    return found ? found[0].toLowerCase() : '';
  }

  show() {
    const begun = this.begun();
    const fitting =
      begun.length < LEAST_LETTERS || this.names.includes(begun)
        ? []
        : this.names.filter((name) => name.toLowerCase().startsWith(begun)).slice(0, MOST);
    this.list.hidden = fitting.length === 0;
    this.list.replaceChildren(...fitting.map((name) => this.button(name, begun)));
  }

  button(name, begun) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => {
      const end = this.field.selectionStart;
      this.field.setRangeText(name, end - begun.length, end, 'end');
      this.field.focus();
      this.show();
    });
    return button;
  }
}
