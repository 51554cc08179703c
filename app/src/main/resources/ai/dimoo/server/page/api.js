// Talks to the server that the page came from.

const KEY = 'dimoo.key';

/** A refusal; its message says what to do. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Nobody answered. */
export class ServerGone extends ApiError {
  constructor() {
    super(
      'The server does not answer. See whether it still runs (./dimoo serve); the page looks for it every few seconds.',
      0,
    );
  }
}

/** Keeps the key until the tab is closed. */
export function useKey(key) {
  sessionStorage.setItem(KEY, key);
}

/** Sends a GET, or a POST if there is a body: a FormData, or what becomes JSON. */
export async function send(path, { body, signal } = {}) {
  const headers = {};
  const key = sessionStorage.getItem(KEY);
  if (key) {
    headers.Authorization = `Bearer ${key}`;
  }
  const form = body instanceof FormData;
  if (body && !form) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), {
      method: body ? 'POST' : 'GET',
      headers,
      body: form || !body ? body : JSON.stringify(body),
      signal,
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new ServerGone();
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

/** The answer to a GET. */
export async function getJson(path) {
  return (await send(path)).json();
}

async function refusal(response) {
  const error = await response
    .json()
    .then((body) => body.error)
    .catch(() => null);
  const message = sentence(error?.message ?? `The server answered with status ${response.status}.`);
  return new ApiError(message + advice(response), response.status);
}

function advice(response) {
  const wait = response.headers.get('Retry-After');
  if (wait) {
    return ` (It asks to wait ${wait} ${wait === '1' ? 'second' : 'seconds'}.)`;
  }
  return response.status === 404 || response.status === 405
    ? ' This server is older than this page, or a proxy before it lets only some paths through.'
    : '';
}

function sentence(text) {
  return /[.!?)]$/.test(text) ? text : `${text}.`;
}

/** The events of a stream, each with its name and its data; ends early if the stream breaks off. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) {
        const event = parse(block);
        if (event?.data === '[DONE]') {
          return;
        }
        if (event) {
          yield checked(event);
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  let name = 'message';
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('event:')) {
      name = line.slice(6).trim();
    } else if (line.startsWith('data:')) {
      data.push(line.slice(5).trimStart());
    }
  }
  return data.length === 0 ? null : { name, data: data.join('\n') };
}

function checked({ name, data }) {
  const value = JSON.parse(data);
  if (value.error) {
    throw new ApiError(sentence(value.error.message), 0);
  }
  return { name, data: value };
}
