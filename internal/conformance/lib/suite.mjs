// The suite itself: its program, and the lists it freezes for each revision.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { run } from '../../node/child.mjs';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');
const suite = join(modules, '@modelcontextprotocol', 'conformance');
const LONGEST_MILLIS = 300_000;

export function suiteVersion() {
  return JSON.parse(readFileSync(join(suite, 'package.json'), 'utf8')).version;
}

/** What a revision asks of a server: the scenarios that count, and the others with the reason why they do not. */
export function requirements(revision) {
  const lists = parse(readFileSync(join(suite, 'requirements', `${revision}.yaml`), 'utf8'));
  const other = lists.not_scored.filter(({ leg }) => leg === 'server').map(({ scenario, reason }) => [scenario, reason]);
  return { scored: lists.server, other };
}

/** Runs the suite; what it found is in the folder. Its exit code says no more than that something failed. */
export async function runSuite(url, folder, ...options) {
  console.log(`Running the suite with ${options.join(' ')}`);
  const args = [join(modules, '.bin', 'conformance'), 'server', '--url', url, '-o', folder, ...options];
  const { code, stdout, stderr, timedOut } = await run(process.execPath, args, { timeoutMillis: LONGEST_MILLIS });
  if (timedOut) throw new Error(`the suite did not end in ${LONGEST_MILLIS / 1000} s`);
  if (code !== 0 && code !== 1) throw new Error(`the suite ended with exit code ${code}:\n${stdout}\n${stderr}`);
}
