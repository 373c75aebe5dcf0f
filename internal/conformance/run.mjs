// The runner: one fixture, three runs of the suite, one table.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSection, writeSection } from '../node/section.mjs';
import { expectedFailures } from './expected-failures.mjs';
import { startFixture } from './lib/fixture.mjs';
import { readResults } from './lib/results.mjs';
import { requirements, runSuite, suiteVersion } from './lib/suite.mjs';
import { deficits, render } from './lib/table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const page = join(root, 'docs', 'conformance.md');
const REVISIONS = ['2026-07-28', '2025-11-25'];
// What the suite has as pending and no frozen set names belongs to the newest revision.
const NEWEST = REVISIONS[0];

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

async function main() {
  const out = join(here, 'target', 'results');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const fixture = await startFixture(root, join(here, 'target', 'fixture'));
  try {
    for (const revision of REVISIONS) {
      await runSuite(fixture.url, join(out, revision), '--requirements', revision);
    }
    await runSuite(fixture.url, join(out, 'pending'), '--suite', 'pending');
  } finally {
    await fixture.stop();
  }
  return collect(out);
}

/** One row for each scenario and revision. A scenario that should have run and did not is a row without checks. */
function collect(out) {
  const rows = REVISIONS.flatMap((revision) => {
    const { scored, other } = requirements(revision);
    const results = readResults(join(out, revision));
    return [...scored.map((scenario) => [scenario, '']), ...other]
      .map(([scenario, why]) => ({ revision, scenario, scored: why === '', why, checks: results.get(scenario) ?? [] }));
  });
  const known = new Set(rows.map(({ scenario }) => scenario));
  const more = [...readResults(join(out, 'pending'))]
    .filter(([scenario]) => !known.has(scenario))
    .map(([scenario, checks]) => ({ revision: NEWEST, scenario, scored: false, why: 'extension', checks }));
  return [...rows, ...more].map((row) => ({ ...row, expected: expectedFailures.get(row.revision).get(row.scenario) }));
}

const rows = await main();
const table = render(rows, REVISIONS, suiteVersion());
console.log(`\n${table}\n`);
if (options.verbose) {
  for (const { revision, scenario, checks } of rows) {
    for (const check of checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING')) {
      console.log(`${revision} ${scenario}: ${check.status} ${check.id}: ${check.errorMessage ?? ''}`);
    }
  }
}
const problems = deficits(rows, expectedFailures);
if (options.write) writeSection(page, 'conformance', table);
if (options.check && readSection(page, 'conformance') !== table) {
  problems.push('the table in docs/conformance.md is not what this run found: internal/conformance/run --write, and look at the difference');
}
problems.forEach((problem) => console.error(`conformance: ${problem}`));
process.exit(problems.length === 0 ? 0 : 1);
