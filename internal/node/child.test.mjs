import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { member, run } from './child.mjs';

const child = fileURLToPath(new URL('./child.mjs', import.meta.url));

// Starts a child of its own by the same module, says its process id, and then waits for ever.
const NESTED = `
  import { start } from ${JSON.stringify(child)};
  console.log(start(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid);
  setInterval(() => {}, 1000);`;

function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a command that takes too long ends with what it has started', async () => {
  const { code, timedOut, stdout } = await run(process.execPath, ['--input-type=module', '-e', NESTED], {
    timeoutMillis: 3000,
    env: { ...process.env, ...member },
  });

  assert.deepEqual([code, timedOut], [null, true]);
  const pid = Number(stdout);
  assert.ok(pid > 0);
  for (let i = 0; i < 50 && alive(pid); i += 1) await pause(100);
  assert.ok(!alive(pid));
});

test('output and exit code come back', async () => {
  const { code, stdout } = await run(process.execPath, ['-e', 'process.stdin.pipe(process.stdout); process.exitCode = 3'], { input: 'hello' });

  assert.deepEqual([code, stdout], [3, 'hello']);
});

test('a command that does not exist is an error', async () => {
  await assert.rejects(run('no-such-command', []), /cannot run no-such-command/);
});
