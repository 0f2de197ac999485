import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { targetNames } from '#core/flow/targets/registry';
import { mutated } from '../../packages/lab/mutants/mutant.ts';
import { mutants } from '../../packages/lab/mutants/mutants.ts';
import { removedRules } from '../../packages/lab/mutants/removed-rules.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** `npm run mutants` takes minutes; that its faults can still be seeded is known at once. */
describe.each(mutants)('the mutant “$name”', ({ edits, tries }) => {
  test('still finds the text that it changes, once', () => {
    const changed = new Map<string, string>();
    for (const edit of edits) changed.set(edit.file, mutated(changed.get(edit.file) ?? read(edit.file), edit));
    for (const [file, source] of changed) expect(source).not.toBe(read(file));
  });

  test('tries scenarios that exist', () => {
    expect(tries).not.toHaveLength(0);
    expect(tries.filter(scenario => !existsSync(join(root, 'test/scenarios', `${scenario}.yml`)))).toEqual([]);
  });
});

test('a text that stands nowhere, or twice, is refused', () => {
  const edit = { file: 'a.ts', before: 'one', after: 'two' };
  expect(() => mutated('three', edit)).toThrow('a.ts holds the text 0 times');
  expect(() => mutated('one one', edit)).toThrow('a.ts holds the text 2 times');
  expect(mutated('one $& three', edit)).toBe('two $& three');
});

test.each(targetNames)(
  '%s: a rollout that says at once that it has succeeded is a mutant, and every one of its scenarios has to fall',
  target => {
    const hasty = mutants.find(({ name }) => name === `a rollout of ${target} says at once that it has succeeded`);
    expect(hasty?.every).toBe(true);
    expect(hasty?.tries.length).toBeGreaterThanOrEqual(3);
  },
);

test.each([
  ['packages/core/gate/judge.ts', 'export function judgeEvidence'],
  ['packages/core/gate/gates.ts', 'const gates'],
  ['actions/validate-tag/commit-rules.ts', 'async function judgeTag'],
])('every rule that %s judges is taken away by a mutant', (file, from) => {
  const source = read(file);
  const called = source.slice(source.indexOf(from)).match(/\bjudge[A-Z]\w+/g) ?? [];
  const own = source.match(/function judge[A-Z]\w+/g)?.map(text => text.slice('function '.length)) ?? [];
  const rules = [...new Set(called)].filter(name => !own.includes(name));
  const removed = removedRules.flatMap(({ edits }) => edits.map(({ before }) => before)).join('\n');
  expect(rules.length).toBeGreaterThanOrEqual(7);
  expect(rules.filter(name => !removed.includes(name))).toEqual([]);
});

test('every rule that validate-tag judges before there is a plan is taken away by a mutant', () => {
  const source = read('actions/validate-tag/plan-release.ts');
  const gathered = source.match(/(?<=rules(?:: RuleVerdict\[\] = \[|\.push\(| \}|: \[))[^;]*/g) ?? [];
  const rules = gathered.join('\n').match(/\b(?:\w+Rule(?=\()|moved\b|artifacts(?=\.rules))/g) ?? [];
  const removed = removedRules.flatMap(({ edits }) => edits.map(({ before }) => before)).join('\n');
  expect([...new Set(rules)].toSorted()).toEqual(['artifacts', 'destinationRule', 'moved', 'publishedRule']);
  expect(rules.filter(name => !removed.includes(name))).toEqual([]);
});

test('there are at least twenty, each with a name of its own', () => {
  const names = mutants.map(mutant => mutant.name);
  expect(names.length).toBeGreaterThanOrEqual(20);
  expect(new Set(names).size).toBe(names.length);
});
