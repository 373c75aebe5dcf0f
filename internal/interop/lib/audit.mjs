// What the audit trail says about the calls of the clients.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Marks a call as failed when the trail has no record of it that says success. */
export function auditedCalls(root, service, rows) {
  const outcomes = rows.flatMap((row) => Object.values(row.outcomes)).filter((outcome) => outcome.call);
  if (outcomes.length === 0) return;
  const from = outcomes.reduce((first, { window }) => (window.from < first ? window.from : first), outcomes[0].window.from);
  const arguments_ = ['audit', 'query', '--journal', service.journal, '--from', from.toISOString(), '--format', 'json'];
  const records = parse(execFileSync(join(root, 'mcp-guard'), arguments_, { encoding: 'utf8', maxBuffer: 1 << 28 }));
  for (const outcome of outcomes) {
    const found = records.some((record) => isTheCall(record) && within(record, outcome.window));
    if (!found) Object.assign(outcome, { call: false, failed: true, error: 'the audit trail has no record of the call' });
  }
}

function isTheCall(record) {
  return record.channel === 'MCP'
    && record.stage === 'OUTCOME'
    && record.target?.operationId === 'getOrder'
    && record.result?.outcome === 'SUCCESS'
    && record.result?.httpStatus === 200;
}

function within(record, { from, to }) {
  const time = new Date(record.time);
  return time >= from && time <= to;
}

function parse(output) {
  return output.trimStart().startsWith('[') ? JSON.parse(output) : output.trim().split('\n').map((line) => JSON.parse(line));
}
