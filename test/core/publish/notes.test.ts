import { expect, test } from '@jest/globals';
import { notesOf } from '#core/publish/notes';
import type { Artifacts } from '#core/release';
import { at, planOf, run } from '../fixture.ts';

function notes(artifacts: Readonly<Record<string, Artifacts>> = {}, generated: string | undefined = undefined) {
  const plan = planOf('1.4.0', { artifacts }, { name: 'prod', url: 'https://app.example.com' });
  return notesOf({ plan, run: run(7), verified: at(0), generated });
}

test('the notes say which run brought what where, and when it was verified', () => {
  const { url } = run(7);
  expect(notes()).toBe(
    [
      '## Released to prod',
      '',
      `[Run 7](${url}) released unifocus (sha-1.4.0) to [prod](https://app.example.com), where it was verified on 2026-11-02 12:00 UTC.`,
      '',
    ].join('\n'),
  );
});

test('what GitHub has generated comes first, and what is too long for it is cut', () => {
  expect(notes({}, '\n## What changed\n* a\n')).toMatch(/^## What changed\n\* a\n\n## Released to prod/);
  expect(notes({}, '  ')).toMatch(/^## Released to prod/);
  const long = notes({}, 'a'.repeat(200_000));
  expect(long.length).toBeLessThan(125_000);
  expect(long).toContain('a…\n\n## Released to prod');
});

test('artifacts are named by their digests, and where they are kept is nobody’s business', () => {
  const text = notes({
    api: { image: 'sha256:aaa' },
    web: { artifact: 'web', 'artifact-id': '77', run: '5', digest: 'sha256:bbb' },
    none: {},
  });
  expect(text).toContain('| api | `sha256:aaa` |');
  expect(text).toContain('| web | `sha256:bbb` |');
  expect(text).not.toMatch(/none|77/);
});

test('of hundreds of components the first are listed, and the rest are counted', () => {
  const many = Array.from({ length: 60 }, (_, index) => [`c${index}`, { image: `sha256:${index}` }] as const);
  const text = notes(Object.fromEntries(many));
  expect(text.match(/sha256/g)).toHaveLength(50);
  expect(text).toContain('… and 10 more');
});
