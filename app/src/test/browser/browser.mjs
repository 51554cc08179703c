// A browser that notes what a page must not do: write errors, or ask another host.

import axe from 'axe-core';
import { chromium } from 'playwright-core';

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that DIMOO_CHROMIUM names. As root it runs without its sandbox. */
export function launch() {
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : QUIET;
  return chromium.launch({ executablePath: process.env.DIMOO_CHROMIUM, args });
}

/** Opens the page with a session of its own. `faults` collects what it must not do. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(noteForms);
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  const host = new URL(url).host;
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (!['data:', 'blob:'].includes(target.protocol) && target.host !== host) {
      faults.push(`asked another host: ${request.url()}`);
    }
  });
  await page.goto(url);
  await page.locator('#groups input').first().waitFor();
  return { page, faults, close: () => context.close() };
}

/** In the page: keeps the fields of each form that it sends, files by their names. */
function noteForms() {
  const { fetch } = window;
  window.sentForms = [];
  window.fetch = (address, options) => {
    if (options?.body instanceof FormData) {
      const fields = {};
      for (const [name, value] of options.body) {
        (fields[name] ??= []).push(value instanceof File ? value.name : value);
      }
      window.sentForms.push(fields);
    }
    return fetch(address, options);
  };
}

/** The fields of the form that the page sent last. */
export function lastForm(page) {
  return page.evaluate(() => window.sentForms.at(-1));
}

/** Notes every state of the progress while something is made; `read` ends that. */
export async function watchProgress(page) {
  await page.evaluate(() => {
    const seen = { steps: [], pictures: new Set(), tokens: new Set() };
    const note = () => {
      const bar = document.getElementById('bar');
      const tokens = document.getElementById('tokens');
      if (bar.hasAttribute('value') && seen.steps.at(-1) !== bar.value) {
        seen.steps.push(bar.value);
      }
      if (!tokens.hidden) {
        seen.tokens.add(tokens.toDataURL());
      }
      seen.pictures.add(document.getElementById('shown').src);
    };
    const observer = new MutationObserver(note);
    observer.observe(document.getElementById('stage'), {
      subtree: true,
      attributes: true,
      childList: true,
      characterData: true,
    });
    window.watched = { seen, observer };
  });
  return () =>
    page.evaluate(() => {
      const { seen, observer } = window.watched;
      observer.disconnect();
      return { ...seen, pictures: seen.pictures.size, tokens: seen.tokens.size };
    });
}

/** A picture of one colour with a square in another, as a PNG, drawn by the browser. */
export async function drawPicture(page, width, height) {
  const base64 = await page.evaluate(
    ([across, down]) => {
      const canvas = document.createElement('canvas');
      canvas.width = across;
      canvas.height = down;
      const context = canvas.getContext('2d');
      context.fillStyle = '#ddd';
      context.fillRect(0, 0, across, down);
      context.fillStyle = '#c22';
      context.fillRect(across / 4, down / 4, across / 4, down / 4);
      return canvas.toDataURL('image/png').split(',')[1];
    },
    [width, height],
  );
  return { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
}

/** The pixels of the picture on the stage, as text to compare. */
export function shownPixels(page) {
  return page.evaluate(async () => {
    const image = document.getElementById('shown');
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/png');
  });
}

/** What axe-core finds wrong with the page as it is: rules and where they are broken. */
export async function accessibilityFaults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`);
}
