// OpenAI's own client against a running application, which `.ci/clients` starts.
//
//   npm install openai
//   node openai.mjs http://127.0.0.1:8080/v1 sextant-demo/rocket.jpg
import assert from 'node:assert/strict';
import fs from 'node:fs';
import OpenAI from 'openai';

const [baseURL, image] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
const url = 'data:image/jpeg;base64,' + fs.readFileSync(image).toString('base64');
const about = (text) => [
  { role: 'user', content: [{ type: 'text', text }, { type: 'image_url', image_url: { url } }] },
];

const models = [];
for await (const model of client.models.list()) models.push(model.id);
const vqa = models.find((id) => id.endsWith(':vqa'));
const name = vqa.replace(':vqa', '');

const answer = await client.chat.completions.create({ model: vqa, messages: about('where is the whale?') });
assert.equal(answer.choices[0].finish_reason, 'stop');
assert.ok(answer.usage.completion_tokens > 0);
console.log('answered:', answer.choices[0].message.content);

const stream = await client.chat.completions.create({
  model: `${name}:caption`,
  messages: about(''),
  stream: true,
  stream_options: { include_usage: true },
});
const pieces = [];
let usage;
for await (const chunk of stream) {
  if (chunk.choices[0]?.delta?.content) pieces.push(chunk.choices[0].delta.content);
  usage = chunk.usage ?? usage;
}
assert.ok(pieces.length > 1, 'the text comes while it is written');
assert.ok(usage.completion_tokens > 0);
console.log('streamed:', pieces.join('|'));

const refused = (request, status) =>
  assert.rejects(client.chat.completions.create({ messages: about('x'), ...request }), { status });
await refused({ model: name, tools: [{ type: 'function', function: { name: 'f' } }] }, 400);
await refused({ model: 'another' }, 404);
console.log('refused: a parameter and a model that are not there');
