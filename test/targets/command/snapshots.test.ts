import { describe, expect, test } from '@jest/globals';
import { parseComponent } from '#core/flow/parse';
import { standaloneComponent } from '#core/flow/resolve';
import type { ScriptComponent } from '#core/flow/targets/command/script';
import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { Snapshot } from '#core/receipt';
import { readScriptSnapshot, scriptSnapshot } from '#targets/command/script/snapshot';
import { readTerraformSnapshot, terraformSnapshot } from '#targets/command/terraform/snapshot';

function componentOf(text: string): ScriptComponent | TerraformComponent {
  const parsed = parseComponent(text, { input: 'component' });
  if (!parsed.ok) throw new Error('wrong');
  const resolved = standaloneComponent(parsed, { name: 'shop', onFailure: 'rollback' }, {});
  if (!resolved.ok || resolved.component.target !== 'command') throw new Error('wrong');
  const { component } = resolved;
  if (component.tool === 'pulumi' || component.tool === 'sam') throw new Error('wrong');
  return component;
}

const tool = componentOf(
  'target: command\ntool: opentofu\nmodules: [a, b]\nvars: { size: small }\nsecret-env: [TF_VAR_word]',
);
const script = componentOf('target: command\ntool: script\ndeploy: [a]\nobserve: [b]\nrollback: [c]\nstep-timeout: 5m');
if (tool.tool === 'script' || script.tool !== 'script') throw new Error('wrong');

const read = { commit: 'c'.repeat(40), tree: 't'.repeat(40) };
const states = [{ module: 'a', serial: 3, lineage: 'l' }];
const snapshots: readonly (readonly [string, Snapshot, (snapshot: Snapshot) => object | undefined])[] = [
  ['script', scriptSnapshot(script, { version: '1.2.0' }), readScriptSnapshot],
  ['opentofu', terraformSnapshot(tool, read, states), readTerraformSnapshot],
];

describe.each(snapshots)('a snapshot of %s', (_, snapshot, readBack) => {
  const overTheWire = JSON.parse(JSON.stringify(snapshot)) as Snapshot;

  test('is read as it was written, over the wire', () => {
    expect(readBack(overTheWire)).toEqual(snapshot.state);
  });

  test('of another target, or of a newer version, is not read', () => {
    expect(readBack({ ...overTheWire, target: 'ecs' })).toBeUndefined();
    expect(readBack({ ...overTheWire, schema: 2 })).toBeUndefined();
  });

  test.each(Object.keys(snapshot.state))('without, or with another kind of %s is not read', key => {
    const { [key]: _, ...rest } = overTheWire.state;
    expect(readBack({ ...overTheWire, state: rest })).toBeUndefined();
    expect(readBack({ ...overTheWire, state: { ...rest, [key]: 7 } })).toBeUndefined();
  });
});

test('what it was made with is in it, and no value of a secret', () => {
  expect(terraformSnapshot(tool, read, states).state).toMatchObject({
    tool: 'opentofu',
    commit: read.commit,
    component: { modules: ['a', 'b'], vars: { size: 'small' }, secretEnv: ['TF_VAR_word'] },
  });
});
