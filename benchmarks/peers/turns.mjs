// Sextant and a peer by turns: what each takes, and the ratios of each round.
//
// node turns.mjs CLASSPATH FOLDER PRECISIONS PEER [ROUNDS] [apart]
//
// CLASSPATH is that of the application, FOLDER a model folder, PRECISIONS those of Sextant, parted by commas, each of which takes a turn in a round. PEER is
// a GGUF file of llama.mjs, whose shapes are to be those of the folder, or transformers:PRECISION, which makes a model of the folder's shapes (PYTHON, an
// environment variable, says which Python; by default venv/bin/python in this folder). A ratio above 1 means that Sextant is faster. Processes stay from one
// round to the next; with "apart" each has the memory to itself: it is started for its turn, takes a shorter one that does not count, and ends before the
// next begins.
import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [classpath, folder, precisions, peer, rounds = "3", apart] = process.argv.slice(2);
if (!peer) {
  console.error("usage: node turns.mjs CLASSPATH FOLDER PRECISIONS FILE.gguf|transformers:PRECISION [ROUNDS] [apart]");
  process.exit(2);
}
const isTransformers = peer.startsWith("transformers:");

/** A process that answers each line with a line. */
function contestant(command, args, own = {}) {
  // As the launcher sets them.
  const memory = { MALLOC_MMAP_THRESHOLD_: "33554432", MALLOC_TRIM_THRESHOLD_: "1073741824", MALLOC_TOP_PAD_: "67108864" };
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], env: { ...memory, ...own, ...process.env } });
  const failed = new Promise((_, reject) => child.on("error", reject));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) throw new Error(`${command} ${args.join(" ")} ended`);
    return JSON.parse(value);
  };
  const gone = new Promise(resolve => child.on("close", resolve));
  return { next, turn: line => { child.stdin.write(line + "\n"); return next(); }, end: () => { child.stdin.end(); return gone; } };
}

const startSextant = precision =>
  contestant("java", ["-Xmx2g", "-cp", classpath, path.join(here, "../Published.java"), folder, precision], { GOMP_SPINCOUNT: "20000" });
const startPeer = () => isTransformers
  ? contestant(process.env.PYTHON ?? path.join(here, "venv/bin/python"), [path.join(here, "transformers_turns.py"), folder, peer.split(":")[1]])
  : contestant("node", [path.join(here, "llama.mjs"), "turns", peer]);

/** Turns of a process that stays, or each in a process of its own, after a line that does not count. A turn is a line or several, and their answers. */
async function contender(start, warmUp) {
  const begin = async () => { const it = start(); console.log(JSON.stringify(await it.next())); return it; };
  const turn = async (it, lines) => { const results = []; for (const line of lines) results.push(await it.turn(line)); return results; };
  if (apart !== "apart") {
    const it = await begin();
    return { turn: lines => turn(it, lines), end: it.end };
  }
  return {
    turn: async lines => {
      const it = await begin();
      await it.turn(warmUp);
      const results = await turn(it, lines);
      await it.end();
      return results;
    },
    end: () => {},
  };
}

const sextants = {};
for (const precision of precisions.split(",")) sextants[precision] = await contender(() => startSextant(precision), "sequences 16");
const other = await contender(startPeer, JSON.stringify({ prompt: 301, answers: [] }));
const ratios = {};
for (let round = 0; round < Number(rounds); round++) {
  const ours = {};
  for (const [precision, sextant] of Object.entries(sextants)) {
    const [turn, six] = await sextant.turn(isTransformers ? ["turn", "six"] : ["turn"]);
    ours[precision] = { ...turn, six };
  }
  const { positions, answers, six } = Object.values(ours)[0];
  const [theirs] = await other.turn([JSON.stringify({ prompt: positions, answers, six })]);
  for (const [precision, our] of Object.entries(ours)) {
    const ratio = { prompt: theirs.prompt / our.prompt, token: theirs.token / our.token, together: our.together / theirs.together };
    our.answers.forEach((answer, i) => { ratio[answer.task] = theirs.answers[i] / answer.seconds; });
    if (isTransformers) {
      ratio.image = theirs.image / our.image;
      ratio["six about one image"] = theirs.six.together / our.six.together;
      ratio["six about an image each"] = theirs.six.separate / our.six.separate;
    }
    for (const [what, value] of Object.entries(ratio)) ((ratios[precision] ??= {})[what] ??= []).push(value);
    console.log(JSON.stringify({ round, precision, peer, sextant: our, theirs, ratio }));
  }
}
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
for (const [precision, of] of Object.entries(ratios)) {
  console.log(`median ratios of ${precision}: ` + Object.entries(of).map(([what, values]) => `${what} ${median(values).toFixed(2)}`).join(", "));
}
for (const one of [...Object.values(sextants), other]) one.end();
