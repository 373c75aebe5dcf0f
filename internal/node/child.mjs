// Children in process groups of their own, so that whatever they start ends with them.
import { spawn } from 'node:child_process';

const running = new Set();

// A child that starts children itself keeps them in the one group, which ends as a whole.
const MEMBER = 'MCP_GUARD_IN_GROUP';
const leads = process.env[MEMBER] === undefined;

/** What the environment of a child needs if it uses this module too. */
export const member = { [MEMBER]: '1' };

function kill(child, signal) {
  try {
    process.kill(leads ? -child.pid : child.pid, signal);
  } catch (e) {
    if (e.code !== 'ESRCH') throw e;
  }
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
  process.on(signal, () => process.exit(code));
}
process.on('exit', () => running.forEach((child) => kill(child, 'SIGKILL')));

/** Starts a child that is killed with its group when this process ends. Its input is closed. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: leads });
  child.output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream]?.setEncoding('utf8').on('data', (text) => {
      child.output[stream] = (child.output[stream] + text).slice(-4_000_000);
    });
  }
  running.add(child);
  child.ended = new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, error }));
    child.on('close', (code, signal) => resolve({ code, signal }));
  }).finally(() => running.delete(child));
  return child;
}

/** Asks a child's group to end, and makes it after the grace time. */
export async function stop(child, graceMillis = 10_000) {
  if (child.pid === undefined) return;
  kill(child, 'SIGTERM');
  const insist = setTimeout(() => kill(child, 'SIGKILL'), graceMillis);
  await child.ended;
  clearTimeout(insist);
  kill(child, 'SIGKILL');
}

/** Runs a command to its end, or for as long as it may take: code is null then, and timedOut true. */
export async function run(command, args, { timeoutMillis = 60_000, input, ...options } = {}) {
  const child = start(command, args, { ...options, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    kill(child, 'SIGKILL');
  }, timeoutMillis);
  const end = await child.ended;
  clearTimeout(limit);
  // Helpers that outlive the command, such as daemons of a client.
  if (child.pid !== undefined) kill(child, 'SIGKILL');
  if (end.error) throw new Error(`cannot run ${command}: ${end.error.message}`);
  return { ...child.output, code: timedOut ? null : end.code, timedOut };
}
