// The tables of docs/conformance.md: no times in them, so that two runs of the same code give the same text.
import { count, verdict } from './results.mjs';

export function render(rows, revisions, version) {
  return [
    `Suite ${version}.`,
    summary(rows, revisions),
    ...revisions.map((revision) => `### ${revision}\n\n${details(rows.filter((row) => row.revision === revision))}`),
  ].join('\n\n');
}

function summary(rows, revisions) {
  const lines = revisions.map((revision) => {
    const of = (scored) => {
      const some = rows.filter((row) => row.revision === revision && row.scored === scored && verdict(row.checks) !== 'not applicable');
      return `${some.filter((row) => verdict(row.checks) === 'pass').length} of ${some.length}`;
    };
    return [revision, of(true), of(false)];
  });
  return markdown(['revision', 'scored scenarios passed', 'other scenarios passed'], lines);
}

function details(rows) {
  return markdown(
    ['scenario', 'counts', 'result', 'passed', 'failed', 'warnings', 'skipped', 'remark'],
    rows.map((row) => {
      const { passed, failed, warnings, skipped } = count(row.checks);
      return [row.scenario, row.scored ? 'scored' : row.why, verdict(row.checks), passed, failed, warnings, skipped, remark(row)];
    }),
  );
}

function remark({ checks, expected }) {
  if (expected) return expected;
  if (verdict(checks) === 'not applicable') return 'the suite finds nothing to try here';
  if (checks.length === 0) return 'did not run';
  const messages = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING').map(({ id, errorMessage }) => `${id}: ${shown(errorMessage)}`);
  return [...new Set(messages)].join('<br>');
}

/** One line that is the same in the next run: no addresses, no numbers of a run. */
function shown(message = '') {
  return message.split('\n')[0].replaceAll('|', '\\|').replace(/localhost:\d+/g, 'localhost').slice(0, 160);
}

function markdown(head, lines) {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What is not as it should be. */
export function deficits(rows, expectedFailures) {
  const wrong = rows.flatMap(({ revision, scenario, checks, expected }) => {
    const failed = verdict(checks) === 'fail';
    if (failed && !expected) return [`${scenario} of ${revision} fails`];
    if (!failed && expected) return [`${scenario} of ${revision} is expected to fail and does not: take it out of expected-failures.mjs`];
    return [];
  });
  const unknown = [...expectedFailures].flatMap(([revision, scenarios]) => [...scenarios.keys()]
    .filter((scenario) => !rows.some((row) => row.revision === revision && row.scenario === scenario))
    .map((scenario) => `expected-failures.mjs names ${scenario} of ${revision}, which did not run`));
  return [...wrong, ...unknown];
}
