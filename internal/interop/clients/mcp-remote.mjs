// The bridge for clients that can only start a program and talk to it over standard input and output, such as Claude Desktop.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { join } from 'node:path';
import { npmVersion, program } from '../lib/packages.mjs';

async function run({ url, headers, calls, home }) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program('.bin/mcp-remote'), url, '--allow-http', '--transport', 'http-only', '--header', 'Authorization:${KEY}'],
    env: { ...process.env, KEY: headers.Authorization, MCP_REMOTE_CONFIG_DIR: join(home, 'mcp-remote') },
  });
  const client = new Client({ name: 'interop', version: '1.0.0' }, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(transport);
  const { tools } = await client.listTools();
  const answers = [];
  for (const call of calls) {
    answers.push(await client.callTool({ name: call.tool, arguments: call.arguments }));
  }
  await client.close();
  return { tools: tools.map((tool) => tool.name), answers };
}

export default {
  id: 'mcp-remote',
  title: 'mcp-remote',
  version: npmVersion('mcp-remote'),
  run,
};
