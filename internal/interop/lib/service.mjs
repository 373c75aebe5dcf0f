// The example service, as ./quickstart --serve runs it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { start, stop } from '../../node/child.mjs';

const LONGEST_START_MILLIS = 600_000;

/** A service that runs already, and is left running. */
export function connect(file) {
  return { ...JSON.parse(readFileSync(file, 'utf8')), stop: async () => {} };
}

/** Builds and starts the service on a free port, and waits until it is ready. */
export async function startService(root) {
  const published = join(root, 'examples/orders-spring/target/quickstart.json');
  if (existsSync(published)) {
    const { pid } = JSON.parse(readFileSync(published, 'utf8'));
    if (isAlive(pid)) throw new Error(`process ${pid} already serves the example from this folder: end it, or give --service ${published}`);
  }
  console.log('Starting the example service with ./quickstart --serve');
  const child = start(join(root, 'quickstart'), ['--serve'], { cwd: root });
  const giveUp = Date.now() + LONGEST_START_MILLIS;
  let ended = false;
  child.ended.then(() => { ended = true; });
  while (!child.output.stdout.includes('Serving ')) {
    if (ended || Date.now() > giveUp) {
      await stop(child);
      throw new Error(`the example service did not start:\n${child.output.stdout}\n${child.output.stderr}`);
    }
    await pause(200);
  }
  return { ...JSON.parse(readFileSync(published, 'utf8')), stop: () => stop(child, 20_000) };
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
