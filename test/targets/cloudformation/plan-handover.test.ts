import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { StackGoal } from '#targets/cloudformation/goal';
import { type Handover, keepChangeSet, takeOver } from '#targets/cloudformation/plan-handover';

const arn = 'arn:aws:cloudformation:ap-southeast-2:333333333333:changeSet/shown/1';
const planned = { changeSet: { ChangeSetId: arn, Changes: [], $metadata: {} }, token: 'go' };

const goal: StackGoal = {
  ...{ stack: 'shop', body: '', digest: 'sha256:1', bucket: undefined, capabilities: [], tags: undefined, imports: [] },
  given: new Map([['Size', { value: 'large', secret: false }]]),
  policy: {
    ...{ timeout: 1, outputs: {}, allowReplacement: [], allowRemoval: [] },
    ...{ onDrift: 'warn', whenMissing: 'create' },
  },
};

function handover(change: Partial<Handover> = {}): Handover {
  return {
    ...{ name: 'web', tool: 'cloudformation', preview: true },
    workspace: '/nowhere',
    checkedOut: () => Promise.resolve({ sha: 'a', tree: 't', clean: true }),
    ...change,
  };
}

async function saved(change: Partial<Handover> = {}) {
  const folder = join(mkdtempSync(join(tmpdir(), 'change-set-')), 'web');
  const row = await keepChangeSet(handover({ savePlan: folder, ...change }), goal, planned);
  if ('reason' in row) throw new Error(row.message);
  return { applyPlan: folder, planDigest: row.after };
}

describe('the change set that people have read', () => {
  test('is the one that is taken over', async () => {
    expect(await takeOver(handover(await saved()), goal)).toMatchObject({ changeSet: arn });
  });

  test.each<[string, Partial<Handover>, Partial<StackGoal>, RegExp]>([
    ['of another template', {}, { digest: 'sha256:2' }, /is of another template/],
    ['with another parameter', {}, { given: new Map() }, /of other parameters/],
    ['for another stack', {}, { stack: 'store' }, /for another stack/],
    ['of another component', { name: 'api' }, {}, /for another component/],
    ['by another tool', { tool: 'sam' }, {}, /for another tool/],
    ['under another digest', { planDigest: 'sha256:0' }, {}, /is not the one that was read/],
    [
      'of another commit',
      { checkedOut: () => Promise.resolve({ sha: 'b', tree: 'u', clean: true }) },
      {},
      /for another tree/,
    ],
  ])('is not taken over where it is one %s', async (_, change, other, message) => {
    const taken = await takeOver(handover({ ...(await saved()), ...change }), { ...goal, ...other });
    expect(taken).toMatchObject({ reason: 'plan-mismatch', message: expect.stringMatching(message) });
  });

  test('is of a commit, and of no files that somebody has changed', async () => {
    const dirty = { checkedOut: () => Promise.resolve({ sha: 'a', tree: 't', clean: false }) };
    await expect(saved(dirty)).rejects.toThrow('A plan can be saved for a commit only');
  });
});
