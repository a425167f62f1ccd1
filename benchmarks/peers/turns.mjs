// Sextant and llama.cpp by turns, in processes that stay: what each takes, and the ratios of each round.
//
// node turns.mjs CLASSPATH FOLDER PRECISION GGUF [ROUNDS]
//
// CLASSPATH is that of the application, FOLDER a model of the published sizes, PRECISION Sextant's, GGUF a file of llama.mjs. A ratio above 1 means
// that Sextant is faster.
import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [classpath, folder, precision, gguf, rounds = "3"] = process.argv.slice(2);

/** A process that answers each line with a line. */
function contestant(command, args) {
  // As the launcher sets them.
  const memory = { MALLOC_MMAP_THRESHOLD_: "33554432", MALLOC_TRIM_THRESHOLD_: "1073741824", MALLOC_TOP_PAD_: "67108864" };
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], env: { ...memory, ...process.env } });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended`);
    return JSON.parse(value);
  };
  return { next, turn: line => { child.stdin.write(line + "\n"); return next(); }, end: () => child.stdin.end() };
}

const sextant = contestant("java", ["-Xmx2g", "-cp", classpath, path.join(here, "../Published.java"), folder, precision]);
console.log(JSON.stringify(await sextant.next()));
const llama = contestant("node", [path.join(here, "llama.mjs"), "turns", gguf]);
console.log(JSON.stringify(await llama.next()));
const ratios = {};
for (let round = 0; round < Number(rounds); round++) {
  const ours = await sextant.turn("turn");
  const theirs = await llama.turn(JSON.stringify(ours.answers));
  const ratio = { prompt: theirs.prompt / ours.prompt, token: theirs.token / ours.token, together: ours.together / theirs.together };
  ours.answers.forEach((answer, i) => { ratio[answer.task] = theirs.answers[i] / answer.seconds; });
  for (const [what, value] of Object.entries(ratio)) (ratios[what] ??= []).push(value);
  console.log(JSON.stringify({ round, sextant: ours, llama: theirs, ratio }));
}
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log("median ratios: " + Object.entries(ratios).map(([what, values]) => `${what} ${median(values).toFixed(2)}`).join(", "));
sextant.end();
llama.end();
