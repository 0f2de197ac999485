import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { targetNames } from '#core/flow/targets/registry';
import { contract, type Shown } from './table.ts';

/**
 * The contract of the drivers. Each clause is shown on every target by a step that runs the built actions; here it is held that
 * the step is there, expects an outcome that the contract allows, and looks at the world as well as at what was said.
 */
interface Step {
  readonly expect?: readonly Expectation[];
}

interface Expectation {
  readonly run?: { readonly conclusion?: string };
  readonly step?: { readonly name: string; readonly outputs?: Readonly<Record<string, string>> };
}

/** Expectations of what is there afterwards, and of what was done to it, whatever the action says. */
const worldly = new Set([
  ...['service', 'function', 'pipeline', 'stack', 'page', 'bucket', 'browsing', 'outside', 'serves'],
  'calls',
]);

const scenarios = new Map<string, readonly Step[]>();

function stepsOf(scenario: string): readonly Step[] {
  const known = scenarios.get(scenario) ?? readSteps(scenario);
  scenarios.set(scenario, known);
  return known;
}

function readSteps(scenario: string): readonly Step[] {
  const text = readFileSync(join(import.meta.dirname, '../scenarios', `${scenario}.yml`), 'utf8');
  return (parse(text) as { readonly steps: readonly Step[] }).steps;
}

/** What comes after belongs to it until something new is expected of a run. */
function expectationsOf([scenario, index]: Shown): readonly Expectation[] {
  const [first, ...later] = stepsOf(scenario).slice(index);
  const next = later[0]?.expect ?? [];
  const onlyLooks = next.every(({ run, step }) => run === undefined && step === undefined);
  return [...(first?.expect ?? []), ...(onlyLooks ? next : [])];
}

const green = new Set(['succeeded', 'no-op']);

describe.each(contract)('$case', ({ outcomes, reason, by = 'Deploy', shown }) => {
  test.each(targetNames)('%s', target => {
    const where = shown[target];
    if ('notSo' in where) {
      expect(where.notSo).toMatch(/\w+ \w+/);
      return;
    }
    const expectations = expectationsOf(where);
    const outputs = expectations.flatMap(({ step }) =>
      step?.outputs === undefined || step.name !== by ? [] : [step.outputs],
    );
    const said = outputs.flatMap(({ outcome }) => outcome ?? []);
    const isGreen = expectations.some(({ run }) => run?.conclusion === 'success');
    const fits = said.some(outcome => outcomes.some(allowed => allowed === outcome));
    // A green run of one action has succeeded or had nothing to do: no other outcome is green.
    const fitsByColour = said.length === 0 && isGreen && outcomes.some(outcome => green.has(outcome));
    expect({ where, said, fits: fits || fitsByColour }).toEqual({ where, said, fits: true });
    if (reason !== undefined)
      expect({ where, reasons: outputs.map(each => each.reason) }).toEqual({ where, reasons: [reason] });
    const looked = expectations.flatMap(expectation => Object.keys(expectation)).filter(key => worldly.has(key));
    expect({ where, looked: looked.length > 0 }).toEqual({ where, looked: true });
  });
});
