import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { npmVersion } from '../lib/packages.mjs';

async function run({ url, headers, calls }) {
  const client = new Client({ name: 'interop', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  const { tools } = await client.listTools();
  const answers = [];
  for (const call of calls) {
    answers.push(await client.callTool({ name: call.tool, arguments: call.arguments }));
  }
  await client.close();
  return { tools: tools.map((tool) => tool.name), answers };
}

export default {
  id: 'typescript-sdk-1',
  title: 'TypeScript SDK 1.x',
  version: npmVersion('@modelcontextprotocol/sdk'),
  run,
};
