// Draws the ratios of turns.mjs, what is not better first.
//
// node plot.mjs OUT.svg TITLE=FILE ...
//
// FILE holds lines that turns.mjs has printed; of these, the ones with ratios count. Each precision of a file is a group below TITLE and its name. A bar goes
// from 1, where both take the same time, to the median of the rounds, and a dot stands for each round. The colours are those of the reader's light or dark
// theme.
import fs from "node:fs";

const WIDTH = 760, LABELS = 236, RIGHT = 60, ROW = 24, TOP = 56;
const NAMES = {
  image: "image pass", prompt: "prompt", token: "tokens of one answer", together: "tokens of 16 answers at once",
  refer: "refer, from image to text", detection: "detection, one endless name", "three boxes": "detection, three boxes",
  "six about one image": "six tasks about one image", "six about an image each": "six tasks, an image each",
};
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .group { font-weight: 600; stroke: #ffffff; stroke-width: 5; paint-order: stroke } .small { font-size: 11px; fill: #57606a } .value { text-anchor: end } .middle { text-anchor: middle }
  .background { fill: #ffffff } .grid { stroke: #d0d7de } .equal { stroke: #57606a; stroke-width: 1.5 }
  .better { fill: #1f6feb } .worse { fill: #bc4c00 } rect.better, rect.worse { opacity: .45 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .group { stroke: #0d1117 } .small { fill: #9198a1 } .background { fill: #0d1117 } .grid { stroke: #30363d } .equal { stroke: #9198a1 }
    .better { fill: #58a6ff } .worse { fill: #f0883e }
  }`;

/** The ratios of each precision in a file: [{ title, rows: [{ name, values, median }] }]. */
function groups(argument) {
  const [title, file] = argument.split(/=(?=[^=]*$)/);
  const precisions = {};
  for (const line of fs.readFileSync(file, "utf8").split("\n").filter(line => line.startsWith("{"))) {
    const { precision, ratio } = JSON.parse(line);
    for (const [what, value] of Object.entries(ratio ?? {})) ((precisions[precision] ??= {})[what] ??= []).push(value);
  }
  return Object.entries(precisions).map(([precision, ratios]) => ({
    title: `${precision}, ${title}`,
    rows: Object.entries(ratios)
      .map(([what, values]) => ({ name: NAMES[what] ?? what, values, median: median(values) }))
      .sort((a, b) => a.median - b.median),
  }));
}

/** Of an even number of values the lower of the two in the middle, so that nothing looks better than it is. */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

function draw(all) {
  const values = all.flatMap(group => group.rows.flatMap(row => row.values));
  const low = Math.floor(Math.log2(Math.min(...values, 0.5))), high = Math.ceil(Math.log2(Math.max(...values, 2)));
  const x = value => LABELS + (Math.log2(value) - low) / (high - low) * (WIDTH - LABELS - RIGHT);
  const height = TOP + all.reduce((sum, group) => sum + (group.rows.length + 1.5) * ROW, 0);
  const escape = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const out = [];
  const text = (at, y, content, kind) => out.push(`<text class="${kind}" x="${at.toFixed(1)}" y="${y.toFixed(1)}">${escape(content)}</text>`);
  for (let power = low; power <= high; power++) {
    const at = x(2 ** power).toFixed(1);
    out.push(`<line class="${power === 0 ? "equal" : "grid"}" x1="${at}" x2="${at}" y1="${TOP}" y2="${height - ROW / 2}"/>`);
    text(x(2 ** power), TOP - 8, String(2 ** power), "small middle");
  }
  text(x(1) - 12, 20, "Sextant is slower", "value");
  text(x(1) + 12, 20, "Sextant is faster", "plain");
  let y = TOP + ROW / 2;
  for (const group of all) {
    text(12, y + 8, group.title, "group");
    y += ROW;
    for (const row of group.rows) {
      const kind = row.median < 1 ? "worse" : "better", [from, to] = [x(1), x(row.median)].sort((a, b) => a - b);
      text(24, y + 4, row.name, "plain");
      out.push(`<rect class="${kind}" x="${from.toFixed(1)}" y="${y - 6}" width="${(to - from).toFixed(1)}" height="12"/>`);
      for (const value of row.values) out.push(`<circle class="${value < 1 ? "worse" : "better"}" cx="${x(value).toFixed(1)}" cy="${y}" r="3.5"/>`);
      text(WIDTH - 12, y + 4, row.median.toFixed(2), "value");
      y += ROW;
    }
    y += ROW / 2;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>Time of the peer to that of Sextant</title>
<style>${STYLE}
</style>
<rect class="background" width="${WIDTH}" height="${height}"/>
${out.join("\n")}
</svg>
`;
}

const [out, ...sources] = process.argv.slice(2);
if (sources.length === 0 || !sources.every(source => source.includes("="))) {
  console.error("usage: node plot.mjs OUT.svg TITLE=FILE ...");
  process.exit(2);
}
const all = sources.flatMap(groups);
if (all.length === 0) {
  console.error(`no ratios in ${sources.join(", ")}; they are in the lines that turns.mjs prints`);
  process.exit(1);
}
fs.writeFileSync(out, draw(all));
