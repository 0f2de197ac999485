import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createPlayers } from '../../../packages/lab/scenario/players.ts';

const folder = mkdtempSync(join(tmpdir(), 'players-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers with its process and the file; `dies` ends it. */
const script = join(folder, 'player.mjs');
writeFileSync(
  script,
  `process.on('message', file => {
    if (file === 'dies') { process.stderr.write('out of breath', () => process.exit(7)); return; }
    setTimeout(() => process.send({ code: 0, output: process.pid + ' ' + file }), 20);
  });`,
);

test('a player takes one file after the other, and no more players are started than asked for', async () => {
  const players = createPlayers(2, folder, script);
  const told = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(file => players.play(file)));
  players.close();
  expect(told.map(({ output }) => output.split(' ')[1])).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(new Set(told.map(({ output }) => output.split(' ')[0])).size).toBe(2);
});

test('a player that dies says what it said last, and whoever waits gets another one', async () => {
  const players = createPlayers(1, folder, script);
  const [lost, after] = await Promise.allSettled([players.play('dies'), players.play('next')]);
  players.close();
  expect(String(lost.status === 'rejected' && lost.reason)).toContain('dies has ended:\nout of breath');
  expect(after).toMatchObject({ status: 'fulfilled', value: { code: 0 } });
});
