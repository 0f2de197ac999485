import { describe, expect, test } from '@jest/globals';
import { countsText, summarisePlan } from '#core/command/terraform-plan';

/** As OpenTofu 1.6.3 shows a plan; only what differs is given. */
function planOf(...changes: readonly object[]): object {
  return {
    format_version: '1.2',
    resource_changes: changes.map(change => ({ mode: 'managed', address: 'terraform_data.a', ...change })),
  };
}

function rowOf(change: object, more: object = {}) {
  return summarisePlan('.', planOf({ change, ...more }))?.rows[0];
}

describe('a plan for people', () => {
  test.each([
    [['create'], { what: 'terraform_data.a', before: 'nothing', after: 'created' }],
    [['delete'], { what: 'terraform_data.a', before: 'there', after: '**deleted**' }],
  ])('%j', (actions, row) => {
    expect(rowOf({ actions, before: null, after: null })).toEqual(row);
  });

  test('an update names what changes, and not what is merely computed anew', () => {
    const change = {
      actions: ['update'],
      before: { id: '1', input: 'small', output: 'small' },
      after: { id: '1', input: 'large' },
      after_unknown: { output: true },
    };
    expect(rowOf(change)).toEqual({
      what: 'terraform_data.a',
      before: 'input = "small"',
      after: 'input = "large"',
    });
  });

  test.each([
    ['delete first', ['delete', 'create']],
    ['create first', ['create', 'delete']],
  ])('a replacement is bold, with its reason: %s', (_, actions) => {
    const change = { actions, before: { size: 1 }, after: { size: 2 } };
    expect(rowOf(change, { action_reason: 'replace_because_cannot_update' })?.after).toBe(
      '**replaced** (cannot update): size = 2',
    );
  });

  test.each([
    ['a value', { password: 'one' }, { password: 'two' }, { password: true }],
    [
      'something in a value',
      { login: { user: 'a', word: 'one' } },
      { login: { user: 'a', word: 'two' } },
      { login: { word: true } },
    ],
    ['an item of a list', { keys: ['one'] }, { keys: ['two'] }, { keys: [true] }],
    ['everything', { any: 'one' }, { any: 'two' }, true],
  ])('%s that is sensitive is never shown, before or after', (_, before, after, marks) => {
    const change = { actions: ['update'], before, after, before_sensitive: marks, after_sensitive: marks };
    const row = JSON.stringify(rowOf(change));
    expect(row).toContain('(sensitive)');
    expect(row).not.toMatch(/one|two/);
  });

  test('what was sensitive stays so where the new value is not marked any more', () => {
    const change = {
      actions: ['update'],
      before: { word: 'one' },
      after: { word: 'two' },
      before_sensitive: { word: true },
      after_sensitive: {},
    };
    expect(JSON.stringify(rowOf(change))).not.toMatch(/one|two/);
  });

  test('what goes away is told first, and a flood of rows is counted', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({
      address: `a.n${index}`,
      change: { actions: ['create'] },
    }));
    const summary = summarisePlan('network', planOf(...many, { address: 'a.gone', change: { actions: ['delete'] } }));
    expect(summary?.rows[0]?.what).toBe('network: a.gone');
    expect(summary?.rows.at(-1)?.what).toBe('network: and 51 more');
    expect(summary?.counts).toMatchObject({ create: 150, delete: 1 });
  });

  test('reading, and what stays, are no changes', () => {
    const plan = planOf({ change: { actions: ['no-op'] } }, { change: { actions: ['read'] }, mode: 'data' });
    expect(summarisePlan('.', plan)).toEqual({
      rows: [],
      counts: { create: 0, update: 0, replace: 0, delete: 0, outputs: 0 },
    });
  });

  test('outputs count', () => {
    const output_changes = { url: { actions: ['update'] }, same: { actions: ['no-op'] } };
    const counts = summarisePlan('.', { format_version: '1.2', output_changes })?.counts;
    expect(counts === undefined ? '' : countsText(counts)).toBe(
      '0 to create, 0 to update, 0 to replace, 0 to delete, 1 outputs',
    );
  });

  test.each([undefined, null, 'text', {}, { format_version: '2.0' }])('%j is no plan', value => {
    expect(summarisePlan('.', value)).toBeUndefined();
  });
});
