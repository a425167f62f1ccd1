// Sextant and llama.cpp by turns: what each takes, and the ratios of each round.
//
// node turns.mjs CLASSPATH FOLDER PRECISION GGUF [ROUNDS] [apart]
//
// CLASSPATH is that of the application, FOLDER a model of the published sizes, PRECISION Sextant's, GGUF a file of llama.mjs. A ratio above 1 means
// that Sextant is faster. Their processes stay from one round to the next; with "apart" each has the memory to itself: it is started for its turn, takes
// one that does not count, and ends before the other begins.
import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [classpath, folder, precision, gguf, rounds = "3", apart] = process.argv.slice(2);

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
  const gone = new Promise(resolve => child.on("close", resolve));
  return { next, turn: line => { child.stdin.write(line + "\n"); return next(); }, end: () => { child.stdin.end(); return gone; } };
}

const startSextant = () => contestant("java", ["-Xmx2g", "-cp", classpath, path.join(here, "../Published.java"), folder, precision]);
const startLlama = () => contestant("node", [path.join(here, "llama.mjs"), "turns", gguf]);

/** Turns of a process that stays, or each in a process of its own, after one that does not count. */
async function contender(start) {
  const begin = async () => { const it = start(); console.log(JSON.stringify(await it.next())); return it; };
  if (apart !== "apart") return begin();
  return {
    turn: async line => {
      const it = await begin();
      await it.turn(line);
      const result = await it.turn(line);
      await it.end();
      return result;
    },
    end: () => {},
  };
}

const sextant = await contender(startSextant);
const llama = await contender(startLlama);
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
