import { expect, test } from '@jest/globals';
import { rememberAnswers } from '../../../packages/lab/wire/stale.ts';

const reply = (body: string) => ({ status: 200, headers: {}, body });

test.each([
  ['long before the first call: its answer', 0, 'one'],
  ['at the time of an answer: that one', 10, 'one'],
  ['between two answers: the earlier one', 19, 'one'],
  ['at the second', 20, 'two'],
  ['later than all: the last', 99, 'three'],
])('%s', (_, time, body) => {
  const answers = rememberAnswers();
  answers.remember('a', 10, reply('one'), 100);
  answers.remember('a', 20, reply('two'), 100);
  answers.remember('a', 30, reply('three'), 100);
  answers.remember('b', 15, reply('another call'), 100);
  expect(answers.recall('a', time)?.body).toBe(body);
});

test('a call that was never made has no answer', () => {
  expect(rememberAnswers().recall('a', 10)).toBeUndefined();
});

test('what nobody can ask for any more is forgotten, but not the answer that was true then', () => {
  const answers = rememberAnswers();
  for (const at of [10, 20, 30]) answers.remember('a', at, reply(`at ${at}`), 5);
  expect(answers.recall('a', 25)?.body).toBe('at 20');
  expect(answers.recall('a', 10)?.body).toBe('at 20');
});
