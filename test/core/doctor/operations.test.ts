import { expect, test } from '@jest/globals';
import type { Caller, DoctorFacts } from '#core/doctor/facts';
import { examineOperations } from '#core/doctor/operations';
import { asDemanded, factsOf, heads, known, notRead } from './fixture.ts';

const caller = (workflow: string, inputs: readonly string[] = []): Caller => ({
  file: `.github/workflows/${workflow}`,
  line: 1,
  job: 'a',
  suite: 'org/release-actions',
  workflow,
  ref: 'v1',
  inputs,
});
const starters = [caller('release.yml'), caller('rollback.yml')];
const operate = { ...caller('release.yml', ['operation', 'environment']), file: '.github/workflows/operate.yml' };
const rollback = caller('rollback.yml', ['operation']);
const window = 'from: main\nwindow: { zone: UTC, require: Tue }';
const approve = 'from: main\napprove: { by: lead }';
const asked = { prod: known(asDemanded) };
const nobody = { prod: known({ ...asDemanded, reviewers: [] }) };

test.each<[string, string, readonly Caller[], DoctorFacts['environments'], readonly string[]]>([
  ['nothing waits, and nobody has to approve', 'from: main', starters, nobody, []],
  ['a window, and nothing that lets go on', window, starters, asked, ['wrong what waits in prod']],
  ['a window, and operate.yml', window, [...starters, operate], asked, ['ok what waits in prod']],
  ['GitHub asks its reviewers', approve, starters, asked, []],
  ['whether it asks anybody could not be read', approve, starters, { prod: notRead }, []],
  [
    'two have to agree, and GitHub asks for one',
    'from: main\napprove: { by: lead, count: 2 }',
    starters,
    asked,
    ['wrong what waits in prod'],
  ],
  ['GitHub asks nobody', approve, starters, nobody, ['wrong what waits in prod', 'wrong rollbacks that wait in prod']],
  ['GitHub asks nobody, and both can be approved', approve, [operate, rollback], nobody, ['ok what waits in prod']],
  [
    'a rollback starter of long ago',
    approve,
    [...starters, operate],
    nobody,
    ['ok what waits in prod', 'wrong rollbacks that wait in prod'],
  ],
  ['nobody goes back by hand at all, which is told elsewhere', approve, [operate], nobody, ['ok what waits in prod']],
])('%s', (_name, environment, callers, environments, expected) => {
  expect(heads(examineOperations(factsOf(environment, { callers, environments })))).toEqual(expected);
});

test('it says for what, and what to do', () => {
  const environment = `${window}\nchecklist: .github/a.md`;
  const [finding] = examineOperations(factsOf(environment, { callers: starters, environments: asked }));
  expect(finding).toMatchObject({
    message:
      'A release may wait there for window, checklist, and no workflow of this working copy lets it go on: none hands an `operation` to release.yml.',
    next: 'Copy operate.yml of an example of the suite, with its schedule.',
  });
});
