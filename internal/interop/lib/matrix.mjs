// The table: one row per client, no times in it, so that two runs of the same versions give the same text.
import { summary } from './attempt.mjs';

const TICK = { true: '✔', false: '✘' };

export function render(rows, modes) {
  const head = ['client', 'version', 'revision', ...modes.map((mode) => `${mode.name}: list / call`), 'note'];
  const lines = rows.map(({ client, outcomes }) => [
    client.title,
    client.version,
    [...new Set(Object.values(outcomes).map((outcome) => outcome.protocol).filter(Boolean))].join(', ') || '-',
    ...modes.map(({ name }) => `${TICK[outcomes[name].list]} / ${TICK[outcomes[name].call]}`),
    note(client, Object.values(outcomes)),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function note(client, outcomes) {
  const errors = new Set(outcomes.map((outcome) => outcome.error).filter(Boolean));
  return [client.note ?? '', ...[...errors].map((error) => `"${error.replaceAll('|', '\\|')}"`)].filter(Boolean).join('; ');
}

/** What did not come out as the client's own file says it must. */
export function deficits(rows) {
  return rows.flatMap(({ client, outcomes }) => Object.entries(outcomes)
    .filter(([, outcome]) => outcome.failed)
    .map(([mode, outcome]) => `${client.title} in mode ${mode}: ${summary(outcome)}`));
}
