// One client in one mode: runs it as a child of its own and judges what came back.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { member, run } from '../../node/child.mjs';
import { negotiated, openWire } from './wire.mjs';

const interop = dirname(dirname(fileURLToPath(import.meta.url)));
const LONGEST_MILLIS = 90_000;

/** What one client did in one mode. */
export async function attempt(client, mode, service) {
  const home = join(interop, 'target', 'homes', `${client.id}-${mode.name}`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const wire = await openWire(service.url);
  const from = new Date();
  const child = await run(process.execPath, [join(interop, 'lib', 'client-process.mjs')], {
    cwd: home,
    env: environment(home),
    input: JSON.stringify({ file: client.file, id: client.id, url: wire.url, headers: mode.headers, calls: mode.calls, home }),
    timeoutMillis: LONGEST_MILLIS,
  }).finally(() => wire.close());
  return judge(mode, child, wire.exchanges, { from, to: new Date() });
}

// Nothing of the user's own settings, keys or accounts reaches a client.
function environment(home) {
  const kept = Object.fromEntries(['JAVA_HOME', 'LANG', 'TMPDIR'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return { ...kept, ...member, HOME: home, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NO_COLOR: '1' };
}

export function judge(mode, child, exchanges, window) {
  const report = reportOf(child);
  const tools = report.tools ?? [];
  const answers = report.answers ?? [];
  const list = mode.tools.every((tool) => tools.includes(tool)) && exchanges.some((e) => answeredListing(e, mode.tools));
  const call = answers.length === mode.calls.length && holds(answers.at(-1), mode.order);
  const error = report.error ?? '';
  const failed = !list || !call || error !== '';
  return {
    protocol: negotiated(exchanges),
    list,
    call,
    error,
    failed,
    window,
    said: said(child, exchanges),
  };
}

/** One line about an outcome as it stands now. */
export function summary({ list, call, error }) {
  return `${list ? 'lists' : 'DOES NOT LIST'}, ${call ? 'calls' : 'DOES NOT CALL'}${error && `: ${error}`}`;
}

function reportOf(child) {
  if (child.timedOut) return { error: `no end after ${LONGEST_MILLIS / 1000} s` };
  try {
    return JSON.parse(child.stdout.trim().split('\n').at(-1));
  } catch {
    return { error: `ended with exit code ${child.code} and no report` };
  }
}

function answeredListing(exchange, expected) {
  const names = (exchange.response?.result?.tools ?? []).map((tool) => tool.name);
  return exchange.request?.method === 'tools/list' && expected.every((tool) => names.includes(tool));
}

/** Whether an answer has the order in it as REST gave it, however deep the client wrapped it and whether as JSON or as text. */
export function holds(answer, order) {
  if (typeof answer === 'string') {
    try {
      return holds(JSON.parse(answer), order);
    } catch {
      return false;
    }
  }
  if (answer === null || typeof answer !== 'object') return false;
  return isDeepStrictEqual(answer, order) || Object.values(answer).some((part) => holds(part, order));
}

function said(child, exchanges) {
  const lines = exchanges.map((e) => `  ${e.http} ${e.request?.method ?? ''} ${e.version ?? ''} -> ${e.status} ${e.response?.error ? JSON.stringify(e.response.error) : ''}`);
  return [...lines, `${child.stdout}${child.stderr}`.slice(-6000)].join('\n');
}
