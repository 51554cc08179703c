// Pictures that are pasted, or dropped anywhere on the page: files, or those of the gallery.

import { DRAGGED } from './gallery.js';
import { pictureIn } from './picture.js';

const find = (id) => document.getElementById(id);

/**
 * `pasted` gets a file; `dropped` a file, and whether it fell where the second picture belongs;
 * `failed` what went wrong. `gallery` knows the pictures that are dragged from it.
 */
export function takeGiven({ gallery, pasted, dropped, failed }) {
  document.addEventListener('paste', (event) => {
    const file = pictureIn(event.clipboardData);
    const text = event.clipboardData.types.includes('text/plain');
    if (file && !(text && event.target.matches('input, textarea'))) {
      event.preventDefault();
      pasted(file);
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
      failed(new Error('That is not a picture: drop a PNG, JPEG or WebP file.'));
    } else {
      dropped(file, event.target.closest('#reference-field') !== null);
    }
  });
}

function over(target) {
  const zone = target?.closest('#reference-field') ? 'reference-drop' : 'picture-drop';
  for (const id of ['picture-drop', 'reference-drop']) {
    find(id).classList.toggle('over', target !== null && id === zone);
  }
}
