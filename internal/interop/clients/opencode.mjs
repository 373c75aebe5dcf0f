// opencode in a full loop, with a scripted model on loopback.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run as execute } from '../../node/child.mjs';
import { npmVersion, program } from '../lib/packages.mjs';
import { openScriptedModel } from '../lib/scripted-model.mjs';

const PREFIX = 'orders_';

async function opencode(home, ...args) {
  const env = { ...process.env, OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1' };
  // The build for older processors runs on all of them.
  const binary = program(`opencode-${process.platform}-${process.arch}-baseline/bin/opencode`, `opencode-${process.platform}-${process.arch}/bin/opencode`);
  const { code, stdout, stderr } = await execute(binary, args, { cwd: home, env });
  process.stderr.write(`$ opencode ${args.join(' ')}\n${stdout}${stderr}`);
  if (code !== 0) throw new Error(`opencode ${args[0]}: exit code ${code}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
  return stdout + stderr;
}

async function run({ url, headers, calls, home }) {
  const model = await openScriptedModel(calls);
  writeFileSync(join(home, 'opencode.json'), JSON.stringify({
    mcp: { orders: { type: 'remote', url, headers, oauth: false } },
    provider: {
      scripted: { npm: '@ai-sdk/openai-compatible', name: 'Scripted', options: { baseURL: `${model.url}/v1`, apiKey: 'none' }, models: { script: { name: 'Script', tool_call: true } } },
    },
    permission: { '*': 'allow' },
  }));
  const shown = await opencode(home, 'mcp', 'list');
  if (!/orders.*connected/.test(shown)) throw new Error(shown.trim().split('\n').at(-1));
  await opencode(home, 'run', '-m', 'scripted/script', 'Read order 2995.');
  return model.report((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined));
}

export default {
  id: 'opencode',
  title: 'opencode',
  version: npmVersion('opencode-linux-x64-baseline'),
  run,
};
