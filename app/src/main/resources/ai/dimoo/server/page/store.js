// What this session made, kept over a reload. Another tab has a session of its own.

const DATABASE = 'dimoo';
const ITEMS = 'items';
const SESSION = 'dimoo.session';
const OLD = 24 * 60 * 60 * 1000;
const MOST = 100;

/** A name that no other has. `crypto.randomUUID` is missing where the page has no TLS. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${Date.now().toString(36)}-${random[0].toString(36)}${random[1].toString(36)}`;
}

function sessionId() {
  let id = sessionStorage.getItem(SESSION);
  if (!id) {
    id = newId();
    sessionStorage.setItem(SESSION, id);
  }
  return id;
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(ITEMS, { keyPath: 'id' });
  return done(request);
}

/** Items have an `id` and a `time`; their blobs are kept too. */
export class Store {
  /** Opens it. `kept` is false if the browser keeps nothing: then `put` and `remove` do nothing. */
  static async open() {
    const store = new Store();
    store.session = sessionId();
    try {
      store.database = await openDatabase();
      await store.removeOld();
    } catch {
      store.database = null;
    }
    return store;
  }

  get kept() {
    return this.database !== null;
  }

  items(mode) {
    return this.database.transaction(ITEMS, mode).objectStore(ITEMS);
  }

  async everything() {
    return this.kept ? done(this.items('readonly').getAll()) : [];
  }

  /** This session's, the oldest first. */
  async all() {
    const items = await this.everything();
    return items
      .filter((item) => item.session === this.session)
      .sort((a, b) => a.time - b.time)
      .slice(-MOST);
  }

  /** Keeps an item. Returns whether it could: the browser may have no room. */
  async put(item) {
    if (!this.kept) {
      return false;
    }
    try {
      await done(this.items('readwrite').put({ ...item, session: this.session }));
      return true;
    } catch {
      return false;
    }
  }

  async remove(ids) {
    if (this.kept) {
      const items = this.items('readwrite');
      await Promise.all(ids.map((id) => done(items.delete(id))));
    }
  }

  async removeOld() {
    const old = (await this.everything()).filter(
      (item) => item.session !== this.session && item.time < Date.now() - OLD,
    );
    await this.remove(old.map((item) => item.id));
  }
}
