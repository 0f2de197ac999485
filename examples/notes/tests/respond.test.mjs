import assert from 'node:assert/strict';
import { test } from 'node:test';
import { respond } from '../src/respond.js';

test('an answer is JSON, and one without a body is empty', () => {
  assert.equal(respond(200, { notes: [] }).body, '{"notes":[]}');
  assert.equal(respond(204).body, '');
});
