'use strict';
// The console's script: what is asked goes through the doors /v1, what comes back is shown as text and boxes.

const COLOURS = 8;
const REFRESH_MS = 3000;
const SAMPLES = 60;
const SVG = 'http://www.w3.org/2000/svg';
const $ = (id) => document.getElementById(id);

let file = null; // the chosen image
let rounds = []; // the conversation, as /v1/chat/completions has it

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function say(text) {
  $('status').textContent = text;
}

async function reach(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new Error('The application does not answer: it has stopped, cannot be reached, or wants another login. Load this page again to see.');
  }
}

// --- the image ---

function choose(chosen) {
  if (!chosen) return; // the choice was given up
  if (!chosen.type.startsWith('image/')) {
    say('That is no image.');
    return;
  }
  file = chosen;
  rounds = [];
  $('rounds').replaceChildren();
  $('answers').replaceChildren();
  $('boxes').replaceChildren();
  URL.revokeObjectURL($('image').src);
  $('image').src = URL.createObjectURL(file);
  $('image').onload = () => {
    $('boxes').setAttribute('viewBox', `0 0 ${$('image').naturalWidth} ${$('image').naturalHeight}`);
    $('shown').hidden = false;
  };
  $('image').onerror = () => {
    $('shown').hidden = true;
    say('This browser cannot show the image; it can be asked about all the same.');
  };
  say(file.name ? `${file.name} is chosen.` : 'The image is chosen.');
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

$('file').addEventListener('change', (event) => choose(event.target.files[0]));
document.addEventListener('paste', (event) => {
  if (event.clipboardData.files.length > 0) choose(event.clipboardData.files[0]);
});
// Words that are dragged go where they are dropped, as on any page.
const hasFiles = (event) => event.dataTransfer.types.includes('Files');
document.addEventListener('dragover', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  $('drop').classList.add('over');
});
document.addEventListener('dragleave', () => $('drop').classList.remove('over'));
document.addEventListener('drop', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  $('drop').classList.remove('over');
  choose(event.dataTransfer.files[0]);
});

// A box that is dragged over the image goes into the fields for boxes.
let corner = null;
function point(event) {
  const place = $('boxes').getBoundingClientRect();
  const x = ((event.clientX - place.left) / place.width) * $('image').naturalWidth;
  const y = ((event.clientY - place.top) / place.height) * $('image').naturalHeight;
  return [
    Math.round(Math.min(Math.max(x, 0), $('image').naturalWidth)),
    Math.round(Math.min(Math.max(y, 0), $('image').naturalHeight)),
  ];
}
$('boxes').addEventListener('pointerdown', (event) => {
  corner = point(event);
  $('boxes').setPointerCapture(event.pointerId);
});
$('boxes').addEventListener('pointerup', (event) => {
  if (!corner) return;
  const [x, y] = point(event);
  const box = [Math.min(corner[0], x), Math.min(corner[1], y), Math.max(corner[0], x), Math.max(corner[1], y)];
  corner = null;
  if (box[2] - box[0] < 3 || box[3] - box[1] < 3) return;
  document.querySelectorAll('input.box').forEach((input) => {
    input.value = box.join(',');
  });
  $('boxes').querySelectorAll('.asked').forEach((old) => old.remove());
  $('boxes').append(rectangle({ xMin: box[0], yMin: box[1], xMax: box[2], yMax: box[3] }, 'asked'));
});

// --- tasks ---

document.querySelectorAll('.task').forEach((task) => {
  const chosen = task.querySelector('.chosen');
  const show = () => task.classList.toggle('on', chosen.checked);
  chosen.addEventListener('change', show);
  show(); // a browser may remember what was chosen
});

function steps() {
  return [...document.querySelectorAll('.task')]
    .filter((task) => task.querySelector('.chosen').checked)
    .map((task) => {
      const step = { task: task.dataset.task, name: task.dataset.task };
      const prompt = task.querySelector('.prompt');
      const box = task.querySelector('.box');
      if (prompt && prompt.value.trim()) step.prompt = prompt.value.trim();
      if (prompt && prompt.dataset.needed && !step.prompt) throw new Error(`${step.task} needs words, such as “${prompt.placeholder}”.`);
      if (box && box.value.trim()) step.box = box.value.split(',').map(Number);
      return step;
    });
}

async function call(path, body) {
  const response = await reach(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({})); // a proxy may refuse in its own words
  if (!response.ok) throw new Error(answer.detail ?? answer.error?.message ?? `The answer has the status ${response.status}.`);
  return answer;
}

/** One question of a form at a time. Its buttons keep the keyboard, which a disabled one would lose. */
async function during(form, work) {
  if (form.ariaBusy === 'true') return;
  const status = form.querySelector('[role="status"]');
  form.ariaBusy = 'true';
  status.textContent = 'Asking …';
  try {
    await work();
    status.textContent = '';
  } catch (failure) {
    status.textContent = failure.message;
  } finally {
    form.ariaBusy = 'false';
  }
}

$('question').addEventListener('submit', (event) => {
  event.preventDefault();
  during(event.target, async () => {
    if (!file) throw new Error('Choose an image first.');
    const asked = steps();
    if (asked.length === 0) throw new Error('Choose at least one task.');
    const about = file;
    const answer = await call('/v1/tasks', { image: { data: await base64(about), name: about.name || 'pasted' }, steps: asked });
    if (about !== file) throw new Error('Another image was chosen meanwhile; ask again.');
    show(answer.results);
  });
});

// --- answers ---

function rectangle(box, className) {
  return svg('rect', {
    x: box.xMin, y: box.yMin, width: box.xMax - box.xMin, height: box.yMax - box.yMin, class: className,
  });
}

function percent(confidence) {
  return confidence === undefined || confidence === null ? '' : ` ${Math.round(confidence * 100)} %`;
}

/** What is placed: a label, its boxes, its confidence. */
function places(document_) {
  const result = document_.result;
  if (result.type === 'phrases') return result.phrases.map((phrase) => ({ label: phrase.text, boxes: phrase.boxes, confidence: phrase.confidence }));
  if (result.type === 'boxes') return [{ label: document_.prompt, boxes: result.boxes }];
  return [];
}

function words(document_) {
  const result = document_.result;
  if (result.type === 'custom') return JSON.stringify(result.object);
  if (result.type === 'number') return String(result.value);
  return result.text ?? (result.boxes?.length === 0 ? 'nothing found' : '');
}

function light(group, on) {
  $('boxes').classList.toggle('hovered', on);
  group.forEach((each) => each.classList.toggle('lit', on));
}

function show(results) {
  $('answers').replaceChildren();
  $('boxes').replaceChildren();
  let colour = 0;
  for (const result of results) {
    const size = result.image.height / 32;
    const card = element('article', 'answer');
    const title = element('h3', '', result.task);
    if (result.prompt) title.append(element('span', 'quiet', ` ${result.prompt}`));
    card.append(title, element('p', '', words(result) + percent(result.result.confidence)));
    if (result.image.familiar === false) card.append(element('p', 'problem', 'Unlike the images this model knows: the answer means nothing.'));
    for (const place of places(result)) {
      const className = `c${colour++ % COLOURS}`;
      const drawn = place.boxes.map((box) => {
        const group = svg('g', { class: `found ${className}` });
        const label = svg('text', { x: box.pixels.xMin, y: Math.max(box.pixels.yMin - size / 4, size), 'font-size': size });
        label.textContent = `${place.label}${percent(box.confidence)}`;
        group.append(rectangle(box.pixels, ''), label);
        $('boxes').append(group);
        return group;
      });
      const phrase = element('span', 'phrase');
      phrase.tabIndex = 0;
      phrase.append(element('span', `swatch ${className}`), `${place.label || 'box'}${percent(place.confidence)} (${drawn.length})`);
      for (const begin of ['mouseenter', 'focus']) phrase.addEventListener(begin, () => light(drawn, true));
      for (const end of ['mouseleave', 'blur']) phrase.addEventListener(end, () => light(drawn, false));
      card.append(phrase);
    }
    $('answers').append(card);
  }
}

// --- conversation ---

$('talk').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('words').value.trim();
  if (!text) return;
  during(event.target, async () => {
    const before = rounds;
    let content = text;
    if (file && rounds.length === 0) {
      const url = `data:${file.type};base64,${await base64(file)}`;
      content = [{ type: 'text', text }, { type: 'image_url', image_url: { url } }];
    }
    const messages = [...rounds, { role: 'user', content }];
    const answer = await call('/v1/chat/completions', { model: $('model').dataset.name, messages });
    if (before !== rounds) throw new Error('The conversation began anew meanwhile; say it again.');
    const said = answer.choices[0].message.content;
    rounds = [...messages, { role: 'assistant', content: said }];
    $('rounds').append(element('li', 'mine', text), element('li', '', said));
    $('words').value = '';
  });
});
$('forget').addEventListener('click', () => {
  rounds = [];
  $('rounds').replaceChildren();
});

// --- what changes by itself ---

const series = new Map();
function describe() {
  const limits = $('model').dataset.limits;
  $('limits').textContent = limits;
  $('limits').hidden = !limits;
}

function plot() {
  document.querySelectorAll('.plot').forEach((each) => {
    const values = series.get(each.dataset.series) ?? [];
    values.push(Number(each.dataset.value));
    series.set(each.dataset.series, values.slice(-SAMPLES - 1));
    const rates = values.slice(1).map((value, i) => value - values[i]);
    const most = Math.max(1, ...rates);
    const points = rates.map((rate, i) => `${(i * 120) / SAMPLES},${29 - (28 * rate) / most}`).join(' ');
    each.replaceChildren(svg('polyline', { points }));
  });
}

let seen = new Date(); // when what is shown was true

async function refresh() {
  if (document.hidden) return;
  let away = '';
  try {
    const response = await reach('/console/state');
    if (!response.ok) throw new Error(`The application answers with the status ${response.status}. Load this page again to see why.`);
    const state = await response.text();
    seen = new Date();
    // Who stands on a button with the keyboard keeps it.
    if (!$('state').contains(document.activeElement)) {
      $('state').innerHTML = state;
      plot();
      describe();
    }
  } catch (failure) {
    away = `${failure.message} What follows is of ${seen.toLocaleTimeString()}.`;
  }
  if ($('away').textContent !== away) $('away').textContent = away;
}
plot();
setInterval(refresh, REFRESH_MS);
