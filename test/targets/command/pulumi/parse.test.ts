import { describe, expect, test } from '@jest/globals';
import { previewRows } from '#targets/command/pulumi/change-rows';
import { readDiagnostic } from '#targets/command/pulumi/diagnostics';
import { lastGood, readHistory } from '#targets/command/pulumi/history';
import { holderText, readLock } from '#targets/command/pulumi/lock';
import { changesSomething, countsText, destroys } from '#targets/command/pulumi/operations';
import { readOutputs } from '#targets/command/pulumi/outputs';
import { plansChanges, readPreview } from '#targets/command/pulumi/preview';
import { createUpdateReader, type UpdateFacts } from '#targets/command/pulumi/update';
import { parseUrn, resourceText } from '#targets/command/pulumi/urn';
import { recording } from './recordings.ts';

const subnet = 'urn:pulumi:prod::code-remote::pulumi-nodejs:dynamic:Resource::subnet';
const stack = 'urn:pulumi:prod::code-remote::pulumi:pulumi:Stack::code-remote-prod';

function read(name: string): { readonly facts: UpdateFacts; readonly told: readonly string[] } {
  const told: string[] = [];
  const reader = createUpdateReader(text => told.push(text));
  for (const line of recording(name).stdout.split('\n')) reader.feed(line);
  return { facts: reader.facts(), told };
}

describe('preview --json', () => {
  test.each([
    ['01-preview-create', { create: 2 }, true],
    ['03-preview-none', { same: 2 }, false],
    ['06-preview-update', { same: 1, update: 1 }, true],
    ['07-preview-expect-none-but-changes', { same: 1, update: 1 }, true],
  ])('%s', (name, counts, changes) => {
    const preview = readPreview(recording(name).stdout);
    expect(preview?.counts).toEqual(counts);
    expect(preview && plansChanges(preview)).toBe(changes);
  });

  test('its rows: what changes, from which value to which; and what it comes to', () => {
    const preview = readPreview(recording('06-preview-update').stdout);
    expect(preview && previewRows(preview)).toEqual([
      { what: 'subnet (pulumi-nodejs:dynamic:Resource)', before: 'size 1', after: 'update: size 2' },
      { what: 'all resources', before: '', after: '1 to update, 1 unchanged' },
    ]);
  });

  test('replacements and deletions come first, in bold, with the reason', () => {
    const preview = readPreview(
      JSON.stringify({
        steps: [
          {
            op: 'update',
            urn: `${subnet}-a`,
            oldState: { inputs: { token: '[secret]', n: 1 } },
            newState: { inputs: { token: '[secret]', n: 2 } },
          },
          {
            op: 'replace',
            urn: `${subnet}-b`,
            replaceReasons: ['cidr'],
            oldState: { inputs: { cidr: 'a' } },
            newState: { inputs: { cidr: 'b' } },
          },
          { op: 'delete', urn: `${subnet}-c`, oldState: { inputs: { cidr: 'a' } } },
        ],
        changeSummary: { update: 1, replace: 1, delete: 1 },
      }),
    );
    expect(preview && previewRows(preview).map(({ before, after }) => [before, after])).toEqual([
      ['cidr a', '**replace** because of cidr: cidr b'],
      ['', '**delete**'],
      ['n 1', 'update: n 2'],
      ['', '1 to delete, 1 to replace, 1 to update'],
    ]);
  });

  test.each(['', 'nonsense', 'null', '[]', '{}', '{"sequence":0,"steps":[]}', '{"steps":'])('no preview: %j', text => {
    expect(readPreview(text)).toBeUndefined();
  });

  test('an operation that is new to us is a change', () => {
    expect(changesSomething('teleport')).toBe(true);
    expect(plansChanges({ steps: [], counts: { teleport: 1 }, diagnostics: [], config: {} })).toBe(true);
  });
});

describe('up --json', () => {
  test('without a preview: events only', () => {
    const { facts, told } = read('02-up-create');
    expect(facts).toMatchObject({ preview: undefined, began: true, failed: [], open: [], errors: [], other: [] });
    expect(facts.done.map(({ operation, urn }) => [operation, urn])).toEqual([
      ['create', subnet],
      ['create', stack],
    ]);
    expect(facts.summary).toMatchObject({ result: 'succeeded', counts: { create: 2 }, maybeCorrupt: false });
    expect(told).toContain('create subnet (pulumi-nodejs:dynamic:Resource)');
  });

  test('with a plan: the preview document comes first on the same stream', () => {
    const { facts } = read('08-up-plan');
    expect(facts.preview?.counts).toEqual({ same: 1, update: 1 });
    expect(facts.done).toEqual([{ operation: 'update', urn: subnet }]);
    expect(facts.summary?.counts).toEqual({ same: 1, update: 1 });
  });

  test('nothing to change', () => {
    const { facts, told } = read('05-up-none');
    expect(facts).toMatchObject({ done: [], summary: { counts: { same: 2 } } });
    expect(told).toEqual([]);
  });

  test('a failed operation', () => {
    const { facts, told } = read('09-up-fail');
    expect(facts.failed).toEqual([{ operation: 'update', urn: subnet }]);
    expect(facts.errors.map(({ message }) => message)).toEqual(['subnet in use', 'update failed']);
    expect(facts.summary).toMatchObject({ result: 'failed', maybeCorrupt: true });
    expect(told).toContain('subnet: subnet in use');
  });

  test('a stream that breaks off leaves operations open, and no summary', () => {
    const reader = createUpdateReader();
    const lines = recording('02-up-create').stdout.split('\n');
    for (const line of lines.slice(0, 3)) reader.feed(line);
    reader.feed('{"sequence":23,"resOutputs');
    expect(reader.facts().open.map(({ urn }) => urn)).toEqual([stack, subnet]);
    expect(reader.facts().summary).toBeUndefined();
  });

  test('nothing that is kept holds a secret', () => {
    expect(JSON.stringify(read('05-up-none').facts)).not.toContain('ciphertext');
  });
});

test('stack output --json: secrets are left out', () => {
  expect(readOutputs(recording('10-output').stdout)).toEqual({ url: 'https://x.example' });
  expect(readOutputs('{"a":{"b":"[secret]"},"c":{"d":1}}')).toEqual({ c: '{"d":1}' });
  expect(readOutputs('')).toBeUndefined();
});

describe('stack history --json', () => {
  test('newest first', () => {
    const history = readHistory(recording('11-history').stdout) ?? [];
    expect(history.map(({ kind, result }) => [kind, result])).toEqual([
      ['update', 'failed'],
      ['update', 'succeeded'],
      ['update', 'succeeded'],
      ['update', 'succeeded'],
    ]);
    expect(lastGood(history)).toMatchObject({
      startTime: '2026-11-21T05:49:56.000Z',
      config: { 'code-remote:size': '2' },
      commit: undefined,
    });
  });

  test('secrets are named, never kept', () => {
    const [update] =
      readHistory(
        '[{"kind":"update","config":{"a:p":{"value":"s3","secret":true},"a:q":{"value":"v","secret":false},"a:r":{"value":"?"}}}]',
      ) ?? [];
    expect(update).toMatchObject({ config: { 'a:q': 'v' }, secretKeys: ['a:p', 'a:r'] });
    expect(JSON.stringify(update)).not.toContain('s3');
  });

  test('a stack that was never updated', () => {
    expect(readHistory('null')).toEqual([]);
    expect(readHistory('[]')).toEqual([]);
    expect(readHistory('')).toBeUndefined();
  });
});

describe('a held lock', () => {
  test('of a backend of files names its holder', () => {
    const holders = readLock(recording('15-up-locked').stderr) ?? [];
    expect(holders.map(holder => holderText(holder, Date.parse('2026-11-21T06:05:00Z')))).toEqual([
      'ci@runner (pid 19248) since 2026-11-21T05:50:36Z, 14m',
    ]);
  });

  test('of Pulumi Cloud names nobody', () => {
    expect(readLock('error: [409] Conflict: Another update is currently in progress.\n')).toEqual([]);
  });

  test('other errors are none', () => expect(readLock(recording('12-no-stack').stderr)).toBeUndefined());
});

describe('small words', () => {
  test('URNs', () => {
    expect(resourceText(subnet)).toBe('subnet (pulumi-nodejs:dynamic:Resource)');
    expect(parseUrn('urn:pulumi:p::x::a:b:C$aws:s3/bucket:Bucket::site::eu')).toEqual({
      type: 'aws:s3/bucket:Bucket',
      name: 'site::eu',
    });
    expect(resourceText('what?')).toBe('what?');
  });

  test('operations', () => {
    expect(['delete', 'replace', 'create-replacement', 'delete-replaced'].every(destroys)).toBe(true);
    expect(['create', 'update', 'same', 'import'].some(destroys)).toBe(false);
    expect(countsText({ same: 3, update: 2, create: 1 })).toBe('1 to create, 2 to update, 3 unchanged');
    expect(countsText({ update: 2 }, 'did')).toBe('2 updated');
    expect(countsText({})).toBe('nothing');
  });

  test('a violated plan is told without the values of its properties', () => {
    const diagnostic = readDiagnostic({
      urn: subnet,
      severity: 'error',
      message: `<{%reset%}>resource ${subnet} violates plan: properties changed: ~~password[{hunter2}!={hunter3}], +-size[{a[0]}]<{%reset%}>\n`,
    });
    expect(diagnostic?.message).toBe(`resource ${subnet} violates plan: properties changed: ~~password, +-size`);
  });
});
