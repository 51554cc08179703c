// Questions about pictures and their answers.

export class Talk {
  constructor() {
    this.list = document.getElementById('thread');
    this.empty = document.getElementById('talk-empty');
  }

  /** Shows a question. The answer is written into what this returns. */
  ask(question, blob) {
    this.empty.hidden = true;
    const entry = document.createElement('li');
    const image = document.createElement('img');
    image.alt = '';
    image.src = URL.createObjectURL(blob);
    const asked = paragraph('question', question);
    const answer = paragraph('answer', '');
    entry.append(image, asked, answer);
    this.list.append(entry);
    entry.scrollIntoView({ block: 'nearest' });
    return answer;
  }

  /** Shows a question that was answered earlier. */
  load(item) {
    this.ask(item.question, item.blob).textContent = item.answer;
  }
}

function paragraph(name, text) {
  const element = document.createElement('p');
  element.className = name;
  element.textContent = text;
  return element;
}
