// Makes the picture of the page for the docs. PageInBrowserTest starts the server and runs this:
// DIMOO_PAGE      address of a server of the pocket model
// DIMOO_CHROMIUM  the browser
// DIMOO_PICTURE   the file to write

import { launch, openPage } from './browser.mjs';

const EARLIER = [
  ['an owl to the left of a cake', 2],
  ['a snowman to the left of a balloon', 3],
  ['a castle to the left of a tree', 1],
  ['a frog to the left of a rocket', 4],
  ['a cat', 2],
  ['two stars', 2],
];
const PROMPT = 'a fox to the left of a pizza';
const SEED = 7;

const browser = await launch();
const { page } = await openPage(browser, process.env.DIMOO_PAGE);
const fill = async (prompt, seed) => {
  await page.locator('#prompt').fill(prompt);
  await page.locator('#seed').fill(String(seed));
};
const make = async (prompt, seed) => {
  const before = await page.locator('#thumbs button').count();
  await fill(prompt, seed);
  await page.locator('#run').click();
  await page.locator('#thumbs button').nth(before).waitFor();
};
for (const [prompt, seed] of EARLIER) {
  await make(prompt, seed);
}
await fill(PROMPT, SEED);
await page.locator('#run').click();
await page.waitForFunction(() => document.getElementById('bar').value >= 46); // of 64
await page.screenshot({ path: process.env.DIMOO_PICTURE, fullPage: true });
await browser.close();
