// A person at the console of a running application, which `.ci/clients` starts: Debian's Chromium, wide in light colours and narrow in the dark.
//
//   npm install puppeteer-core
//   node console.mjs http://127.0.0.1:8080 sextant-demo/rocket.jpg FOLDER-FOR-SCREENSHOTS
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const [url, image, folder] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
const elsewhere = [];
const complaints = [];
page.on('request', (request) => {
  const place = request.url();
  if (!place.startsWith(url) && !place.startsWith('data:') && !place.startsWith('blob:')) elsewhere.push(place);
});
page.on('pageerror', (error) => complaints.push(error.message));
page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });

const texts = (selector) => page.$$eval(selector, (all) => all.map((each) => each.textContent.trim()));
const check = (task) => page.click(`[data-task=${task}] .chosen`);
async function look(width, colours) {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
  const { content, screen, paper } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
    paper: getComputedStyle(document.body).backgroundColor,
  }));
  assert.ok(content <= screen, `nothing is cut off at ${width} points, of which the page wants ${content}`);
  await page.screenshot({ path: path.join(folder, `console-${width}-${colours}.png`), fullPage: true });
  return paper;
}

await page.setViewport({ width: 1280, height: 900 });
await page.goto(url, { waitUntil: 'networkidle0' });

// Without an image nothing is asked, and the page says so.
await page.click('#question button');
await page.waitForFunction(() => document.getElementById('status').textContent.includes('Choose an image first'));

// Two tasks about one image, in one call.
const calls = [];
page.on('request', (request) => { if (request.method() === 'POST') calls.push(new URL(request.url()).pathname); });
await (await page.$('#file')).uploadFile(image);
await check('detection');
await page.type('[data-task=detection] .prompt', 'whale, rocket');
await check('vqa');
await page.type('[data-task=vqa] .prompt', 'where is the whale?');
await page.click('#question button');
await page.waitForSelector('#answers .answer:nth-of-type(2)', { timeout: 60_000 });
assert.deepEqual(calls, ['/v1/tasks']);
assert.deepEqual((await texts('#answers h3')).map((title) => title.split(' ')[0]), ['detection', 'vqa']);
const boxes = (await page.$$('#boxes .found rect')).length;
assert.ok(boxes >= 1);
assert.match((await texts('#boxes .found text'))[0], /^(whale|rocket) \d+ %$/);
console.log('asked: two tasks in one call,', boxes, 'boxes drawn');

// The mouse on a phrase shows its boxes alone, and so does the keyboard.
await page.hover('#answers .phrase');
assert.ok((await page.$$('#boxes.hovered .lit')).length >= 1);
await page.hover('#answers h3');
assert.equal((await page.$$('#boxes.hovered')).length, 0);
await page.focus('#answers .phrase');
assert.ok((await page.$$('#boxes.hovered .lit')).length >= 1);

// A box that is dragged goes to the tasks that take one.
const over = await page.$('#boxes');
await over.scrollIntoView();
const { x, y, width, height } = await over.boundingBox();
await page.mouse.move(x + width / 4, y + height / 4);
await page.mouse.down();
await page.mouse.move(x + width / 2, y + height / 2);
await page.mouse.up();
assert.match(await page.$eval('[data-task=identify] .box', (field) => field.value), /^\d+,\d+,\d+,\d+$/);

// The conversation, by keyboard alone.
await page.focus('#words');
await page.keyboard.type('what is this?');
await page.keyboard.press('Enter');
await page.waitForSelector('#rounds li:nth-of-type(2)', { timeout: 60_000 });
console.log('said:', (await texts('#rounds li')).join(' | '));

// Who asks with the keyboard keeps the place on the button.
await page.focus('#question button');
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.getElementById('status').textContent === '', { timeout: 60_000 });
assert.ok(await page.evaluate(() => document.activeElement === document.querySelector('#question button')));

// An answer about an image that is shown no more is left out.
await page.evaluate(() => {
  const real = window.fetch;
  window.fetch = async (...call) => {
    const response = await real(...call);
    if (call[0] !== '/v1/tasks') return response;
    await new Promise((go) => { window.go = go; });
    window.fetch = real;
    return response;
  };
});
await page.click('#question button');
await page.waitForFunction(() => window.go);
const other = path.join(folder, 'other.jpg');
fs.copyFileSync(image, other);
await (await page.$('#file')).uploadFile(other);
await page.evaluate(() => window.go());
await page.waitForFunction(() => document.getElementById('status').textContent.includes('Another image'));
assert.equal((await page.$$('#answers .answer, #boxes .found')).length, 0);

// An image that this browser does not show is one all the same; a wrong answer to it stands where it was asked.
const odd = path.join(folder, 'odd.tiff');
fs.writeFileSync(odd, 'II*');
await (await page.$('#file')).uploadFile(odd);
await page.waitForFunction(() => document.getElementById('status').textContent.includes('cannot show'));
assert.ok(await page.$eval('#shown', (shown) => shown.hidden));
await page.type('#words', 'what is this?');
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.getElementById('heard').textContent.includes('Image'));
complaints.splice(0, complaints.length); // the browser's own, about the status 400
await (await page.$('#file')).uploadFile(image);

// While the application is away the page says so, and no more when it is back.
await page.setOfflineMode(true);
await page.waitForFunction(() => document.getElementById('away').textContent.includes('does not answer'), { timeout: 60_000 });
await page.click('#question button');
await page.waitForFunction(() => document.getElementById('status').textContent.includes('does not answer'));
await page.setOfflineMode(false);
await page.waitForFunction(() => document.getElementById('away').textContent === '', { timeout: 60_000 });
complaints.splice(0, complaints.length); // the browser's own, about the calls that failed
console.log('kept its place, left out a late answer, and said what is away');

// Both screens. Colours follow the device, and nothing is wider than it is.
const light = await look(1280, 'light');
const dark = await look(390, 'dark');
assert.notEqual(light, dark);

// A pipeline is paused and started, and the page says so.
const button = (words) => page.waitForSelector(`#pipelines ::-p-text(${words})`);
await Promise.all([page.waitForNavigation(), (await button('Pause photos')).click()]);
await Promise.all([page.waitForNavigation(), (await button('Start photos')).click()]);
await button('Pause photos');

// Where letters of a folder lie; then the model for itself, and then for none that there is.
await page.goto(`${url}/console/letters/photos`);
assert.match((await texts('main'))[0], /lies as files/);
async function exchange(model) {
  await page.goto(url, { waitUntil: 'networkidle0' });
  await page.type('#exchange [name=model]', model);
  await Promise.all([page.waitForNavigation(), page.click('#exchange button')]);
}
await exchange('embedded');
await page.waitForFunction(() => document.getElementById('model').textContent.includes(': done'), { timeout: 60_000 });
await exchange('/no/such/model');
await page.waitForFunction(() => document.querySelector('#model .problem, main .problem') !== null, { timeout: 60_000 });
await page.screenshot({ path: path.join(folder, 'console-exchange.png'), fullPage: true });
console.log('paused, started, exchanged');

assert.deepEqual(elsewhere, []);
assert.deepEqual(complaints, []);
await browser.close();
