// What llama.cpp takes for the decoder's shapes on this machine: a prompt, tokens of 1 and of several sequences, and whole answers.
//
// node llama.mjs gguf FILE Q4_0|Q8_0      writes a model of the published shapes with random weights
// node llama.mjs turns FILE [THREADS]     measures once for each line of its input, which says what answers took: {"answers": [{"positions": 290, "tokens": 19}]}
//
// Needs `npm install node-llama-cpp@3.22.1` in this folder. Times do not depend on the weights, so random ones do.
import fs from "node:fs";
import os from "node:os";
import readline from "node:readline";

const LAYERS = 32, WIDTH = 4096, INNER = 11008, HEADS = 32, VOCABULARY = 32000;
const PROMPT = 299, TOKENS = 24, SEQUENCES = 16;
const KINDS = { F32: [0, 1, 4], Q4_0: [2, 32, 18], Q8_0: [8, 32, 34] }; // code, weights of a block, its bytes

/** Llama's vocabulary in its order: three control words, the 256 bytes, then words, which mean nothing here. */
function word(id) {
  return ["<unk>", "<s>", "</s>"][id] ?? (id < 259 ? `<0x${(id - 3).toString(16).toUpperCase().padStart(2, "0")}>` : "t" + id);
}

/** One GGUF file (version 3), little-endian, written tensor by tensor. */
function writeGguf(file, kind) {
  const parts = [];
  const u32 = n => { const b = Buffer.alloc(4); b.writeUInt32LE(n); parts.push(b); };
  const u64 = n => { const b = Buffer.alloc(8); b.writeBigUInt64LE(BigInt(n)); parts.push(b); };
  const f32 = n => { const b = Buffer.alloc(4); b.writeFloatLE(n); parts.push(b); };
  const text = s => { const b = Buffer.from(s); u64(b.length); parts.push(b); };
  const meta = {
    "general.architecture": ["text", "llama"], "general.name": ["text", "random"],
    "llama.block_count": ["u32", LAYERS], "llama.context_length": ["u32", 4096], "llama.embedding_length": ["u32", WIDTH],
    "llama.feed_forward_length": ["u32", INNER], "llama.attention.head_count": ["u32", HEADS],
    "llama.attention.layer_norm_rms_epsilon": ["f32", 1e-5], "llama.rope.dimension_count": ["u32", WIDTH / HEADS],
    "llama.vocab_size": ["u32", VOCABULARY], "tokenizer.ggml.model": ["text", "llama"],
    "tokenizer.ggml.tokens": ["texts", Array.from({ length: VOCABULARY }, (_, i) => word(i))],
    "tokenizer.ggml.scores": ["f32s", Array.from({ length: VOCABULARY }, (_, i) => -i)],
    "tokenizer.ggml.token_type": ["i32s", Array.from({ length: VOCABULARY }, (_, i) => (i === 0 ? 2 : i < 3 ? 3 : i < 259 ? 6 : 1))],
    "tokenizer.ggml.bos_token_id": ["u32", 1], "tokenizer.ggml.eos_token_id": ["u32", 2], "tokenizer.ggml.unknown_token_id": ["u32", 0],
  };
  const tensors = [["token_embd.weight", [WIDTH, VOCABULARY], kind], ["output.weight", [WIDTH, VOCABULARY], kind], ["output_norm.weight", [WIDTH], "F32"]];
  for (let i = 0; i < LAYERS; i++) {
    for (const name of ["attn_q", "attn_k", "attn_v", "attn_output"]) tensors.push([`blk.${i}.${name}.weight`, [WIDTH, WIDTH], kind]);
    for (const name of ["ffn_gate", "ffn_up"]) tensors.push([`blk.${i}.${name}.weight`, [WIDTH, INNER], kind]);
    tensors.push([`blk.${i}.ffn_down.weight`, [INNER, WIDTH], kind]);
    for (const name of ["attn_norm", "ffn_norm"]) tensors.push([`blk.${i}.${name}.weight`, [WIDTH], "F32"]);
  }
  parts.push(Buffer.from("GGUF")); u32(3); u64(tensors.length); u64(Object.keys(meta).length);
  for (const [key, [type, value]] of Object.entries(meta)) {
    text(key);
    if (type === "text") { u32(8); text(value); }
    if (type === "u32") { u32(4); u32(value); }
    if (type === "f32") { u32(6); f32(value); }
    if (type === "texts") { u32(9); u32(8); u64(value.length); value.forEach(text); }
    if (type === "f32s") { u32(9); u32(6); u64(value.length); value.forEach(f32); }
    if (type === "i32s") { u32(9); u32(5); u64(value.length); value.forEach(v => { const b = Buffer.alloc(4); b.writeInt32LE(v); parts.push(b); }); }
  }
  const bytes = ([, sizes, type]) => sizes.reduce((a, b) => a * b) / KINDS[type][1] * KINDS[type][2];
  let offset = 0;
  for (const tensor of tensors) {
    text(tensor[0]); u32(tensor[1].length); tensor[1].forEach(u64); u32(KINDS[tensor[2]][0]); u64(offset);
    offset += Math.ceil(bytes(tensor) / 32) * 32;
  }
  const head = Buffer.concat(parts);
  const out = fs.openSync(file, "w");
  fs.writeSync(out, head);
  fs.writeSync(out, Buffer.alloc((32 - head.length % 32) % 32));
  for (const tensor of tensors) {
    const size = bytes(tensor), block = KINDS[tensor[2]][2];
    const data = Buffer.alloc(Math.ceil(size / 32) * 32);
    if (tensor[2] === "F32") {
      for (let i = 0; i < size; i += 4) data.writeFloatLE(1, i);
    } else {
      for (let i = 0; i < size; i += 4) data.writeInt32LE(Math.random() * 0x7fffffff | 0, i);
      for (let i = 0; i < size; i += block) data.writeUInt16LE(0x1400, i); // the block's scale, about 0.001, in float16
    }
    fs.writeSync(out, data);
  }
  fs.closeSync(out);
}

/** Milliseconds. Right after answers at once a prompt may take twice as long, on one core: 28 s of processor time in 28 s instead of 14. After a rest it does not. */
const PAUSE = 8000;

/** One line of JSON for each line of standard input, which holds answers to measure: {"answers": [{"positions": P, "tokens": T}, ...]}. */
async function turns(file, threads) {
  const { getLlama } = await import("node-llama-cpp");
  const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: "error" });
  let start = performance.now();
  const seconds = () => { const now = performance.now(), s = (now - start) / 1000; start = now; return s; };
  const model = await llama.loadModel({ modelPath: file });
  console.log(JSON.stringify({ file, threads, load: seconds() }));
  const alone = (await model.createContext({ contextSize: 512, batchSize: 512, threads })).getSequence();
  const context = await model.createContext({ sequences: SEQUENCES, contextSize: 64, batchSize: 512, threads });
  const sequences = Array.from({ length: SEQUENCES }, () => context.getSequence());
  let salt = 0;
  const prompt = length => { salt++; return Array.from({ length }, (_, i) => 3 + (salt * 7919 + i * 104729) % (VOCABULARY - 3)); };
  const write = async (sequence, tokens, count) => {
    for await (const _ of sequence.evaluate(tokens, { temperature: 0, yieldEogToken: true })) {
      if (--count === 0) return;
    }
  };
  const answer = async ({ positions, tokens }) => {
    await alone.clearHistory();
    start = performance.now();
    await write(alone, prompt(positions), tokens);
    return seconds();
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    await new Promise(resolve => setTimeout(resolve, PAUSE));
    await alone.clearHistory();
    start = performance.now();
    await alone.evaluateWithoutGeneratingNewTokens(prompt(PROMPT));
    const prefill = seconds();
    await write(alone, [5], TOKENS);
    const token = seconds() / TOKENS;
    const answers = [];
    for (const asked of JSON.parse(line).answers) answers.push(await answer(asked));
    for (const sequence of sequences) await sequence.clearHistory();
    start = performance.now();
    await Promise.all(sequences.map((sequence, i) => write(sequence, [5 + i], TOKENS)));
    const together = SEQUENCES * TOKENS / seconds();
    const largest = fs.readFileSync("/proc/self/status", "utf8").match(/VmHWM.*/)[0];
    console.log(JSON.stringify({ prompt: prefill, token, together, answers, largest }));
  }
  await llama.dispose();
}

const [command, file, last] = process.argv.slice(2);
if (command === "gguf") writeGguf(file, last);
else if (command === "turns") await turns(file, Number(last ?? os.availableParallelism()));
else { console.error("usage: node llama.mjs gguf FILE Q4_0|Q8_0 | turns FILE [THREADS]"); process.exit(2); }
