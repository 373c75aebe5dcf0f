// Claude Code without an account: `mcp add`, `mcp list` and `mcp get`, then a session in which a scripted model on
// loopback stands in for Claude. The agent, its MCP client and the tool loop are the real ones.
import { run as execute } from '../../node/child.mjs';
import { npmVersion, program } from '../lib/packages.mjs';
import { openScriptedModel } from '../lib/scripted-model.mjs';

// npm installs the one for this machine; a copy for another C library may lie beside it.
const CLAUDE = () => program(`@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`);
const PREFIX = 'mcp__orders__';

async function claude(home, model, ...args) {
  const env = {
    HOME: home,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    // Tools are offered to the model at once instead of being searched for.
    ENABLE_TOOL_SEARCH: 'false',
  };
  const { code, stdout, stderr } = await execute(CLAUDE(), args, { cwd: home, env });
  process.stderr.write(`$ claude ${args[0]} ${args[1]}\n${stdout}${stderr}`);
  if (code !== 0) throw new Error(`claude ${args[0]} ${args[1]}: exit code ${code}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
  return stdout;
}

async function run({ url, headers, calls, home }) {
  const model = await openScriptedModel(calls);
  const header = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  await claude(home, model, 'mcp', 'add', '--transport', 'http', '--scope', 'user', 'orders', url, ...header);
  // Both end with 0 whatever they find.
  for (const shown of [await claude(home, model, 'mcp', 'list'), await claude(home, model, 'mcp', 'get', 'orders')]) {
    if (!shown.includes('✔ Connected')) throw new Error(shown.trim().split('\n').at(-1));
  }
  await claude(home, model, '--print', 'Read order 2995.', '--allowedTools', `${PREFIX}*`);
  return model.report((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined));
}

export default {
  id: 'claude-code',
  title: 'Claude Code',
  version: npmVersion('@anthropic-ai/claude-code-linux-x64'),
  run,
};
