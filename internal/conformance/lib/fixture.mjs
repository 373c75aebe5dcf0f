// The fixture service: built by Maven, started on a free port.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run, start, stop } from '../../node/child.mjs';

const LONGEST_BUILD_MILLIS = 600_000;
const LONGEST_START_MILLIS = 60_000;

export async function startFixture(root, folder) {
  await build(root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const target = join(root, 'internal', 'conformance', 'target');
  const jar = readdirSync(target).find((name) => /^conformance-.*\.jar$/.test(name));
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const child = start(java, ['-jar', join(target, jar), '--folder', folder]);
  let ended = false;
  child.ended.then(() => { ended = true; });
  const giveUp = Date.now() + LONGEST_START_MILLIS;
  for (;;) {
    const url = child.output.stdout.match(/^Serving (\S+)$/m)?.[1];
    if (url) return { url, stop: () => stop(child) };
    if (ended || Date.now() > giveUp) {
      await stop(child);
      throw new Error(`the fixture did not start:\n${child.output.stdout}\n${child.output.stderr}`);
    }
    await pause(100);
  }
}

async function build(root) {
  console.log('Building the fixture');
  const args = ['-q', '-B', '-Dstyle.color=never', '-Pquick', '-Dmaven.test.skip=true', '-pl', 'internal/conformance', '-am', 'package'];
  const { code, stdout, stderr } = await run('mvn', args, { cwd: root, timeoutMillis: LONGEST_BUILD_MILLIS });
  if (code !== 0) throw new Error(`the fixture could not be built:\n${stdout}\n${stderr}`);
}
