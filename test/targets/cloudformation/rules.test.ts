import { describe, expect, test } from '@jest/globals';
import type { Change, Stack } from '#aws/cloudformation';
import { dataAtRisk } from '#targets/cloudformation/guard';
import { changeSetName, intentOf, isSameWork, isShown, tokenOf } from '#targets/cloudformation/names';
import { judgeOutputs } from '#targets/cloudformation/outputs';
import { changeRows } from '#targets/cloudformation/rows';
import {
  packBody,
  readStackSnapshot,
  type StackState,
  stackSnapshot,
  unpackBody,
} from '#targets/cloudformation/snapshot';
import { judgeStackState } from '#targets/cloudformation/stack-state';

type ResourceChange = NonNullable<Change['ResourceChange']>;
const change = (of: ResourceChange): Change => ({
  Type: 'Resource',
  ResourceChange: { LogicalResourceId: 'It', PhysicalResourceId: 'it-1', ...of },
});
const strict = { allowReplacement: [], allowRemoval: [] };

describe('data at risk', () => {
  test.each<[string, ResourceChange, boolean]>([
    ['a table that is replaced', { ResourceType: 'AWS::DynamoDB::Table', Action: 'Modify', Replacement: 'True' }, true],
    ['one that may be', { ResourceType: 'AWS::DynamoDB::Table', Action: 'Modify', Replacement: 'Conditional' }, true],
    [
      'one that is kept when it is replaced: an empty one takes its place',
      { ResourceType: 'AWS::DynamoDB::Table', Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' },
      true,
    ],
    [
      'one that changes in place',
      { ResourceType: 'AWS::DynamoDB::Table', Action: 'Modify', Replacement: 'False' },
      false,
    ],
    ['a new one', { ResourceType: 'AWS::DynamoDB::Table', Action: 'Add' }, false],
    ['a bucket that is deleted', { ResourceType: 'AWS::S3::Bucket', Action: 'Remove', PolicyAction: 'Delete' }, true],
    [
      'one of which only a snapshot is kept',
      { ResourceType: 'AWS::RDS::DBInstance', Action: 'Remove', PolicyAction: 'Snapshot' },
      true,
    ],
    ['one that stays', { ResourceType: 'AWS::S3::Bucket', Action: 'Remove', PolicyAction: 'Retain' }, false],
    [
      'a topic, which holds nothing',
      { ResourceType: 'AWS::SNS::Topic', Action: 'Remove', PolicyAction: 'Delete' },
      false,
    ],
  ])('%s', (_, of, risky) => {
    expect(dataAtRisk([change(of)], strict).map(finding => finding.reason)).toEqual(risky ? ['data-at-risk'] : []);
  });

  test('what may go is named, and each kind for itself', () => {
    const replaced = change({ ResourceType: 'AWS::SQS::Queue', Action: 'Modify', Replacement: 'True' });
    expect(dataAtRisk([replaced], { allowReplacement: ['It'], allowRemoval: [] })).toEqual([]);
    expect(dataAtRisk([replaced], { allowReplacement: [], allowRemoval: ['It'] })).toHaveLength(1);
  });
});

describe('the table', () => {
  test('replacements and deletions come first and in bold; values are not shown', () => {
    const rows = changeRows([
      change({ LogicalResourceId: 'A', ResourceType: 'T', Action: 'Add', PhysicalResourceId: undefined }),
      change({
        LogicalResourceId: 'B',
        ResourceType: 'T',
        Action: 'Modify',
        Replacement: 'False',
        Details: [{ Target: { Name: 'Size', AfterValue: 'secret', RequiresRecreation: 'Never' } }],
      }),
      change({
        LogicalResourceId: 'C',
        ResourceType: 'T',
        Action: 'Modify',
        Replacement: 'True',
        PolicyAction: 'ReplaceAndRetain',
        Details: [{ Target: { Name: 'Name', RequiresRecreation: 'Always' } }],
      }),
      change({ LogicalResourceId: 'D', ResourceType: 'T', Action: 'Remove', PolicyAction: 'Delete' }),
      change({ LogicalResourceId: 'E', ResourceType: 'T', Action: 'Remove', PolicyAction: 'Retain' }),
    ]);
    expect(rows.map(row => `${row.what}: ${row.before} → ${row.after}`)).toEqual([
      'C (T): it-1 → **replaced** because of Name; the old one is kept',
      'D (T): it-1 → **deleted**',
      'A (T): nothing → new',
      'B (T): it-1 → changed in place: Size',
      'E (T): it-1 → kept, but no longer part of the stack',
    ]);
  });

  test('a change of outputs alone is a change', () => {
    expect(changeRows([])).toHaveLength(1);
  });

  test('hundreds of rows are cut, never those in bold', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      change({ LogicalResourceId: `N${index}`, ResourceType: 'T', Action: 'Add' }),
    );
    const rows = changeRows([
      ...many,
      change({ LogicalResourceId: 'Gone', ResourceType: 'T', Action: 'Remove', PolicyAction: 'Delete' }),
    ]);
    expect(rows[0]?.what).toBe('Gone (T)');
    expect(rows).toHaveLength(101);
    expect(rows.at(-1)?.what).toBe('201 more resources');
  });
});

describe('what can be begun on a stack', () => {
  const state = (status: string, more: Partial<Stack> = {}, changeSets: readonly string[] = []) =>
    judgeStackState({
      name: 'shop',
      stack: {
        StackName: 'shop',
        CreationTime: new Date(0),
        StackStatus: status as NonNullable<Stack['StackStatus']>,
        ...more,
      },
      changeSets: changeSets.map(name => ({ id: name, name, status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' })),
      resources: [
        {
          LogicalResourceId: 'Topic',
          ResourceType: 'T',
          LastUpdatedTimestamp: new Date(0),
          ResourceStatus: 'UPDATE_FAILED',
          ResourceStatusReason: 'no',
        },
      ],
    });

  test('nothing there: it is created', () => {
    expect(judgeStackState({ name: 'shop', stack: undefined, changeSets: [], resources: [] })).toEqual({
      kind: 'create',
    });
  });

  test.each([
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
  ])('%s', status => {
    expect(state(status)).toEqual({ kind: 'update' });
  });

  test.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
  ])('%s', status => {
    expect(state(status)).toMatchObject({ kind: 'busy', finding: { reason: 'stack-busy' } });
  });

  test.each([
    ['ROLLBACK_COMPLETE', 'delete-stack'],
    ['ROLLBACK_FAILED', 'delete-stack'],
    ['DELETE_FAILED', 'Topic (no)'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback'],
    ['CREATE_FAILED', 'rollback-stack'],
    ['UPDATE_FAILED', 'rollback-stack'],
    ['SOMETHING_NEW', 'console'],
  ])('%s says what to do', (status, next) => {
    expect(state(status)).toMatchObject({ kind: 'unusable', finding: { next: expect.stringContaining(next) } });
  });

  test('termination protection is mentioned where deleting is the way', () => {
    expect(state('ROLLBACK_COMPLETE', { EnableTerminationProtection: true })).toMatchObject({
      finding: { next: expect.stringContaining('termination protection') },
    });
  });

  test('a stack that was only looked at is ours, nobody’s, or somebody else’s', () => {
    expect(state('REVIEW_IN_PROGRESS')).toEqual({ kind: 'create' });
    expect(state('REVIEW_IN_PROGRESS', {}, ['release-actions-0123456789abcdef-1-1-00ff00'])).toEqual({
      kind: 'create',
    });
    expect(state('REVIEW_IN_PROGRESS', {}, ['theirs'])).toMatchObject({ kind: 'unusable' });
  });
});

describe('names', () => {
  const goal = {
    stack: 'shop',
    body: '',
    digest: 'sha256:1',
    bucket: undefined,
    capabilities: [],
    tags: undefined,
    imports: [],
    given: new Map([
      ['Size', { value: 'large', secret: false }],
      ['Password', { value: 'one', secret: true }],
    ]),
    policy: { timeout: 1, outputs: {}, onDrift: 'warn' as const, whenMissing: 'create' as const, ...strict },
  };
  const intent = intentOf(goal);
  const name = changeSetName(intent, '42-1', () => 0.5);

  test('a name is one that CloudFormation takes, and its token as well', () => {
    expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
    expect(tokenOf(name)).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/);
    expect(tokenOf(name)).not.toBe(name);
  });

  test('one that people read first says so, however long the rest of it', () => {
    const shown = changeSetName(intent, '9'.repeat(200), () => 0.5, true);
    expect(isShown(shown)).toBe(true);
    expect(isShown(changeSetName(intent, '9'.repeat(200), () => 0.5))).toBe(false);
    expect(tokenOf(shown)).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/);
    expect(
      isSameWork(
        changeSetName(intent, '42-1', () => 0.5, true),
        intent,
        '43-1',
        false,
      ),
    ).toBe(true);
  });

  test('a secret is no part of it, and then only the same run is the same work', () => {
    const other = new Map([...goal.given, ['Password', { value: 'two', secret: true }] as const]);
    expect(intentOf({ ...goal, given: other })).toBe(intent);
    expect(isSameWork(name, intent, '42-2', true)).toBe(true);
    expect(isSameWork(name, intent, '43-1', true)).toBe(false);
    expect(isSameWork(name, intent, '43-1', false)).toBe(true);
  });

  test('other parameters, another template are other work', () => {
    expect(isSameWork(name, intentOf({ ...goal, digest: 'sha256:2' }), '42-1', false)).toBe(false);
    expect(isSameWork(undefined, intent, '42-1', false)).toBe(false);
  });
});

test('outputs: as expected, missing, empty, another value', () => {
  expect(judgeOutputs('shop', { Url: '*', Stage: 'dev' }, { Url: 'x', Stage: 'dev', More: 'y' })).toBeUndefined();
  expect(judgeOutputs('shop', { Url: '*', Stage: 'dev', Gone: '*' }, { Url: '', Stage: 'prod' })?.message).toBe(
    'The outputs of shop are not those that were expected: Url is empty; Stage is “prod” instead of “dev”; Gone is missing.',
  );
});

describe('snapshots', () => {
  const state: StackState = {
    stack: 'shop',
    template: { digest: 'sha256:1', body: packBody('Resources: {}') },
    parameters: { A: '1' },
    hidden: ['B'],
    capabilities: [],
    tags: {},
    outputs: {},
  };

  test('what is written is read', () => {
    const read = readStackSnapshot(JSON.parse(JSON.stringify(stackSnapshot(state))));
    expect(read).toEqual(state);
    expect(unpackBody(read?.template.body ?? '')).toBe('Resources: {}');
  });

  test.each([
    ['another target', { ...stackSnapshot(state), target: 'ecs' }],
    ['a newer schema', { ...stackSnapshot(state), schema: 2 }],
    ['without parameters', { ...stackSnapshot(state), state: { ...state, parameters: undefined } }],
    ['a template that is none', { ...stackSnapshot(state), state: { ...state, template: { digest: 1 } } }],
  ])('%s is not read', (_, snapshot) => {
    expect(readStackSnapshot(snapshot)).toBeUndefined();
  });
});
