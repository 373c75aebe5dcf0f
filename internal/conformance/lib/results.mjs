// What the suite leaves behind: a folder server-SCENARIO-TIME with a checks.json for each scenario.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = /^server-(.+)-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/;

/** The checks of each scenario. A scenario that ran twice has the checks of both. */
export function readResults(folder) {
  const results = new Map();
  for (const name of readdirSync(folder).sort()) {
    const scenario = name.match(FOLDER)?.[1];
    if (!scenario) throw new Error(`${join(folder, name)} is not named as the suite names its results`);
    const file = join(folder, name, 'checks.json');
    const checks = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    results.set(scenario, [...(results.get(scenario) ?? []), ...checks]);
  }
  return results;
}

/** How many checks came out how. */
export function count(checks) {
  const of = (status) => checks.filter((check) => check.status === status).length;
  return { passed: of('SUCCESS'), failed: of('FAILURE'), warnings: of('WARNING'), skipped: of('SKIPPED') };
}

/**
 * The verdict on one scenario: pass, fail, or none when nothing of it was applicable. No checks at all is a failure, and so is
 * a status that is not known here.
 */
export function verdict(checks) {
  const { passed, failed, warnings, skipped } = count(checks);
  const informative = checks.filter(({ status }) => status === 'INFO').length;
  if (failed > 0 || checks.length === 0 || checks.length !== passed + warnings + skipped + informative) return 'fail';
  return own(checks).some(({ status }) => status === 'SUCCESS' || status === 'WARNING') ? 'pass' : 'not applicable';
}

/** Without the check that the suite adds to every scenario. */
function own(checks) {
  const others = checks.filter(({ id }) => id !== 'wire-schema-valid');
  return others.length > 0 ? others : checks;
}
