import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { readResults, verdict } from './results.mjs';
import { deficits, render } from './table.mjs';

const pass = { id: 'a', status: 'SUCCESS' };
const fail = { id: 'b', status: 'FAILURE', errorMessage: 'Expected 1 | got 2\nmore' };
const skip = { id: 'c', status: 'SKIPPED' };
const row = (checks, more = {}) => ({ revision: '2026-07-28', scenario: 'ping', scored: true, why: '', checks, ...more });

test('one failed check fails a scenario', () => {
  assert.equal(verdict([pass, fail]), 'fail');
});

test('a scenario without checks fails', () => {
  assert.equal(verdict([]), 'fail');
});

test('a check of a status nobody knows fails a scenario', () => {
  assert.equal(verdict([pass, { id: 'd', status: 'PERHAPS' }]), 'fail');
});

test('a warning does not fail a scenario', () => {
  assert.equal(verdict([pass, { id: 'e', status: 'WARNING' }]), 'pass');
});

test('a scenario of which everything of its own was skipped is not applicable', () => {
  assert.equal(verdict([skip, { id: 'wire-schema-valid', status: 'SUCCESS' }]), 'not applicable');
});

test('a scenario that only informs is not applicable', () => {
  assert.equal(verdict([{ id: 'outgoing-request', status: 'INFO' }]), 'not applicable');
});

test('results are read by the names of their folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  try {
    for (const time of ['18-01-46-087', '18-02-00-001']) {
      const one = join(folder, `server-tools-call-error-2026-11-22T${time}Z`);
      mkdirSync(one);
      writeFileSync(join(one, 'checks.json'), JSON.stringify([pass]));
    }
    assert.deepEqual(readResults(folder), new Map([['tools-call-error', [pass, pass]]]));
    mkdirSync(join(folder, 'client-something'));
    assert.throws(() => readResults(folder), /is not named as the suite names/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a failure counts unless it is expected', () => {
  assert.deepEqual(deficits([row([fail])], new Map()), ['ping of 2026-07-28 fails']);
  assert.deepEqual(deficits([row([fail], { expected: 'why' })], new Map()), []);
});

test('an expected failure that passes counts as well', () => {
  assert.equal(deficits([row([pass], { expected: 'why' })], new Map()).length, 1);
});

test('an expectation about a scenario that did not run counts', () => {
  const expected = new Map([['2026-07-28', new Map([['pong', 'why']])]]);

  assert.equal(deficits([row([pass])], expected).length, 1);
});

test('the table says how many passed and why one did not', () => {
  const table = render([row([pass]), row([pass, fail], { scenario: 'pong' })], ['2026-07-28'], '1');

  assert.match(table, /\| 2026-07-28 \| 1 of 2 \| 0 of 0 \|/);
  assert.match(table, /\| pong \| scored \| fail \| 1 \| 1 \| 0 \| 0 \| b: Expected 1 \\\| got 2 \|/);
});
