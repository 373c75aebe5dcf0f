import assert from 'node:assert/strict';
import test from 'node:test';
import { holds, judge, summary } from './attempt.mjs';

const order = { id: 2995, lines: [{ sku: 'OFF-1023' }] };
const mode = { tools: ['getOrder'], calls: [{ tool: 'getOrder' }], order };
const window = { from: new Date(0), to: new Date(1) };
const listing = { http: 'POST', status: 200, request: { method: 'tools/list' }, response: { result: { tools: [{ name: 'getOrder' }] } } };

function said(report) {
  return { code: 0, timedOut: false, stdout: `noise\n${JSON.stringify(report)}\n`, stderr: '' };
}

test('an order is found as text, inside text and as it is', () => {
  assert.ok(holds(order, order));
  assert.ok(holds({ content: [{ type: 'text', text: JSON.stringify({ status: 200, body: order }) }] }, order));
});

test('another order is not taken for it', () => {
  assert.ok(!holds({ ...order, id: 2996 }, order));
  assert.ok(!holds(JSON.stringify({ ...order, lines: [] }), order));
  assert.ok(!holds('No such operation', order));
});

test('a client that lists and calls has done what it should', () => {
  const outcome = judge(mode, said({ tools: ['getOrder'], answers: [order] }), [listing], window);

  assert.deepEqual([outcome.list, outcome.call, outcome.failed], [true, true, false]);
});

test('a summary says what an outcome is by now', () => {
  assert.equal(summary({ list: true, call: false, error: 'why' }), 'lists, DOES NOT CALL: why');
});

test('a listing that the service never sent does not count', () => {
  assert.ok(!judge(mode, said({ tools: ['getOrder'], answers: [order] }), [], window).list);
});

test('an error fails a client whatever else it reports', () => {
  assert.ok(judge(mode, said({ tools: ['getOrder'], answers: [order], error: 'no' }), [listing], window).failed);
});

test('a client that says nothing or takes too long has failed', () => {
  assert.ok(judge(mode, { code: 1, timedOut: false, stdout: '', stderr: '' }, [listing], window).failed);
  assert.match(judge(mode, { timedOut: true, stdout: '', stderr: '' }, [listing], window).error, /no end after/);
});
