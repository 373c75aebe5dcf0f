// The runner: one service, every client in every mode, one table.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { auditedCalls } from './lib/audit.mjs';
import { attempt, summary } from './lib/attempt.mjs';
import { buildJavaClients } from './lib/java.mjs';
import { modesOf } from './lib/modes.mjs';
import { connect, startService } from './lib/service.mjs';
import { deficits, render } from './lib/matrix.mjs';
import { readSection, writeSection } from '../node/section.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const readme = join(root, 'README.md');

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    mode: { type: 'string', default: '' },
    service: { type: 'string' },
  },
});
if ((options.only || options.mode) && (options.check || options.write)) {
  throw new Error('--only and --mode give a part of the table, which is neither written nor compared');
}

/** Every file in clients/ is one client, or one client in several settings. */
async function allClients() {
  const files = readdirSync(join(here, 'clients')).filter((name) => name.endsWith('.mjs')).sort();
  const found = [];
  for (const file of files) {
    const { default: clients } = await import(`./clients/${file}`);
    found.push(...[clients].flat().map((client) => ({ ...client, file: join(here, 'clients', file) })));
  }
  return found.sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
}

async function main() {
  const clients = (await allClients()).filter((client) => client.id.includes(options.only));
  buildJavaClients(clients);
  const service = options.service ? connect(options.service) : await startService(root);
  const rows = clients.map((client) => ({ client, outcomes: {} }));
  try {
    const modes = await modesOf(service, options.mode);
    for (const row of rows) {
      for (const mode of modes) {
        const outcome = await attempt(row.client, mode, service);
        row.outcomes[mode.name] = outcome;
        console.log(`${row.client.id.padEnd(24)} ${mode.name.padEnd(6)} ${summary(outcome)}`);
        if (options.verbose || outcome.failed) console.log(outcome.said);
      }
    }
    // Asked once at the end: every call that came back with an answer must stand in the trail.
    auditedCalls(root, service, rows);
    const table = render(rows, modes);
    console.log(`\n${table}\n`);
    return { rows, table };
  } finally {
    await service.stop();
  }
}

const { rows, table } = await main();
const problems = deficits(rows);
if (options.write) writeSection(readme, 'interop', table);
if (options.check && readSection(readme, 'interop') !== table) {
  problems.push('the table in README.md is not what this run found: internal/interop/run --write, and look at the difference');
}
problems.forEach((problem) => console.error(`interop: ${problem}`));
process.exit(problems.length === 0 ? 0 : 1);
