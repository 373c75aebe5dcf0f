import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { npmVersion } from '../lib/packages.mjs';

function runner(mode) {
  return async ({ url, headers, calls }) => {
    const client = new Client({ name: 'interop', version: '1.0.0' }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    const { tools } = await client.listTools();
    const answers = [];
    for (const call of calls) {
      answers.push(await client.callTool({ name: call.tool, arguments: call.arguments }));
    }
    await client.close();
    return { tools: tools.map((tool) => tool.name), answers };
  };
}

export default [
  ['auto', 'auto'],
  ['legacy', 'legacy'],
  ['pinned to 2026-07-28', { pin: '2026-07-28' }],
].map(([setting, mode]) => ({
  id: `typescript-sdk-2-${setting.split(' ')[0]}`,
  title: `TypeScript SDK 2.x, ${setting}`,
  version: npmVersion('@modelcontextprotocol/client'),
  run: runner(mode),
}));
