// Pictures that a person gives: chosen, dropped or pasted.

/** What the server reads; anything else becomes a PNG. */
const SENT_AS_IT_IS = ['image/png', 'image/jpeg', 'image/webp'];

/** Reads a picture: its file as it is sent, and its pixels the right way up. */
export async function readPicture(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error('This browser cannot read that as a picture: choose a PNG, JPEG or WebP file.');
  }
  const blob = SENT_AS_IT_IS.includes(file.type) ? file : await pngOf(drawn(bitmap));
  return { blob, bitmap, width: bitmap.width, height: bitmap.height };
}

/** A canvas with the picture in another size. */
export function drawn(bitmap, width = bitmap.width, height = bitmap.height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

/** The canvas as a file. */
export function pngOf(canvas) {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** A PNG from base64. */
export function pngFrom(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}

/** A `data:` URL. */
export function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** The first picture among what was dropped or pasted; null if there is none. */
export function pictureIn(transfer) {
  return [...(transfer?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? null;
}

/** A place for one picture. Its elements have ids that begin with `name`. */
export class PictureSlot {
  /** `changed` is called with the picture, or null; `failed` with what went wrong. */
  constructor(name, changed, failed) {
    this.picture = null;
    this.changed = changed;
    this.failed = failed;
    const find = (part) => document.getElementById(`${name}-${part}`);
    this.drop = find('drop');
    this.removeButton = find('remove');
    const file = find('file');
    for (const button of [find('choose'), find('change')]) {
      button?.addEventListener('click', () => file.click());
    }
    file.addEventListener('change', () => {
      if (file.files.length > 0) {
        this.put(file.files[0]);
      }
      file.value = '';
    });
    this.changeButton = find('change');
    this.chooseButton = find('choose');
    this.removeButton.addEventListener('click', () => {
      this.put(null);
      this.chooseButton.focus();
    });
  }

  /** Puts a file there; null takes the picture away. */
  async put(file) {
    try {
      this.picture = file && (await readPicture(file));
    } catch (failure) {
      this.failed(failure);
      return;
    }
    this.drop.hidden = this.picture !== null;
    this.removeButton.hidden = this.picture === null;
    if (this.changeButton) {
      this.changeButton.hidden = this.picture === null;
    }
    await this.changed(this.picture);
  }
}
