// The command line of the MCP Inspector. Its --strict looks for tool schemas that some clients cannot take.
import { run as execute } from '../../node/child.mjs';
import { npmVersion, program } from '../lib/packages.mjs';

async function inspect({ url, headers }, era, ...options) {
  const common = [url, '--transport', 'http', '--protocol-era', era, '--format', 'json'];
  const header = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  const args = [program('.bin/mcp-inspector'), '--cli', ...common, ...header, ...options];
  const { code, stdout, stderr } = await execute(process.execPath, args);
  process.stderr.write(stderr);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout).result;
}

function argumentOf([name, value]) {
  return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

function runner(era) {
  return async (session) => {
    const { tools } = await inspect(session, era, '--method', 'tools/list', '--strict');
    const answers = [];
    for (const call of session.calls) {
      const values = Object.entries(call.arguments).map(argumentOf);
      const toolArg = values.length > 0 ? ['--tool-arg', ...values] : [];
      answers.push(await inspect(session, era, '--method', 'tools/call', '--tool-name', call.tool, ...toolArg));
    }
    return { tools: tools.map((tool) => tool.name), answers };
  };
}

export default ['modern', 'legacy'].map((era) => ({
  id: `inspector-${era}`,
  title: `MCP Inspector CLI, ${era}`,
  version: npmVersion('@modelcontextprotocol/inspector'),
  run: runner(era),
}));
