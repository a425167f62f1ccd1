// The Model Context Protocol's own client against a running application, which `.ci/clients` starts.
//
//   npm install @modelcontextprotocol/sdk
//   node mcp.mjs http://127.0.0.1:8080/mcp sextant-demo/rocket.jpg
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url, file] = process.argv.slice(2);
const image = fs.readFileSync(file).toString('base64');
const client = new Client({ name: 'sextant-test', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
console.log('connected:', client.getServerVersion().name);

const { tools } = await client.listTools();
const names = tools.map((tool) => tool.name);
assert.ok(['caption', 'vqa', 'detection'].every((name) => names.includes(name)));
console.log('tools:', names.sort().join(' '));

const answer = await client.callTool({ name: 'vqa', arguments: { image, prompt: 'where is the whale?' } });
assert.ok(!answer.isError);
assert.equal(answer.structuredContent.task, 'vqa');
console.log('answered:', answer.structuredContent.text);

const found = await client.callTool({ name: 'detection', arguments: { image, prompt: 'whale', draw: true } });
assert.deepEqual(found.content.map((part) => part.type), ['text', 'image']);
assert.equal(Buffer.from(found.content[1].data, 'base64').toString('latin1', 1, 4), 'PNG');
console.log('drawn:', found.structuredContent.result.phrases?.length, 'phrase,', found.content[1].data.length, 'letters of Base64');

const refused = await client.callTool({ name: 'vqa', arguments: { image } });
assert.ok(refused.isError);
console.log('refused:', refused.structuredContent.type);
await assert.rejects(client.callTool({ name: 'none', arguments: {} }), /none/);
await client.close();
