// Gemini CLI without an account: `mcp add` and `mcp list`, then a prompt that a scripted model on loopback answers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run as execute } from '../../node/child.mjs';
import { npmVersion, program } from '../lib/packages.mjs';
import { openScriptedModel } from '../lib/scripted-model.mjs';

const PREFIX = 'mcp_orders_';

async function gemini(home, model, ...args) {
  const env = { ...process.env, GEMINI_API_KEY: 'none', GOOGLE_GEMINI_BASE_URL: model.url, GEMINI_CLI_NO_RELAUNCH: 'true' };
  const { code, stdout, stderr } = await execute(process.execPath, [program('.bin/gemini'), ...args], { cwd: home, env });
  process.stderr.write(`$ gemini ${args.join(' ').slice(0, 40)}\n${stdout}${stderr}`);
  if (code !== 0) throw new Error(`gemini ${args[0]}: exit code ${code}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
  return stdout + stderr;
}

/** What a tool said, without the tags by which Gemini CLI warns its model of it. */
function unmarked(output) {
  return output.replace(/^<untrusted_context>\n/, '').replace(/\n<\/untrusted_context>$/, '');
}

async function run({ url, headers, calls, home }) {
  const model = await openScriptedModel(calls);
  mkdirSync(join(home, '.gemini'));
  writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify({
    security: { folderTrust: { enabled: false }, auth: { selectedType: 'gemini-api-key' } },
    privacy: { usageStatisticsEnabled: false },
    general: { enableAutoUpdate: false },
  }));
  const header = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  await gemini(home, model, 'mcp', 'add', '--transport', 'http', '--scope', 'user', 'orders', url, ...header);
  const shown = await gemini(home, model, 'mcp', 'list');
  if (!/orders.*Connected/.test(shown)) throw new Error(shown.trim().split('\n').at(-1));
  await gemini(home, model, '--approval-mode', 'yolo', '--model', 'gemini-2.5-flash', '--prompt', 'Read order 2995.');
  const report = model.report((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined));
  return { ...report, answers: report.answers.map(({ output }) => unmarked(output)) };
}

export default {
  id: 'gemini-cli',
  title: 'Gemini CLI',
  version: npmVersion('@google/gemini-cli'),
  run,
};
