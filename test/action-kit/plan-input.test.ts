import { describe, expect, test } from '@jest/globals';
import { getCommonInputs, planOf } from '#action-kit/common-inputs';
import { createInputReader } from '#action-kit/inputs';
import { textOfPlan } from '#action-kit/plan-text';
import { FindingError } from '#core/finding';
import type { Plan } from '#core/plan/plan';
import { planOf as madePlan } from '../core/fixture.ts';

function refusal(text: string, environment?: string, flow?: string): string {
  try {
    planOf(text, environment, flow);
    return 'taken';
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    return error.findings[0]?.message ?? '';
  }
}

describe('the plan that validate-tag handed over', () => {
  const text = JSON.stringify(madePlan('1.4.0'));

  test('is taken for its environment, named or not', () => {
    expect(refusal(text)).toBe('taken');
    expect(refusal(text, 'prod')).toBe('taken');
  });

  test('is refused for another environment', () => {
    expect(refusal(text, 'stage')).toBe('Input `plan`: is for prod, not for stage.');
  });

  test('of hundreds of components is packed, so that Linux starts the process that gets it', () => {
    const one = (name: string) => ({ name, target: 'lambda', function: `shop-prod-${name}`, needs: [] });
    const names = Array.from({ length: 3_000 }, (_, index) => `component-${index}`);
    const plan = madePlan('1.4.0', { waves: [names.map(one)] as unknown as Plan['waves'] });
    const text = textOfPlan(plan);
    expect(JSON.stringify(plan).length).toBeGreaterThan(128 * 1024);
    expect(text.length).toBeLessThan(64 * 1024);
    expect(planOf(text, 'prod', undefined)).toEqual(plan);
    expect(refusal(`${text.slice(0, 200)}x`)).toBe('Input `plan`: is not a plan of this version.');
    expect(textOfPlan(madePlan('1.4.0'))).toMatch(/^\{/);
  });

  test('is refused for another flow file, and a file that nobody names is that of the plan', () => {
    expect(refusal(text, 'prod', '.github/release-flow.yml')).toBe('taken');
    expect(refusal(text, undefined, 'flow.yml')).toBe('Input `plan`: is of .github/release-flow.yml, not of flow.yml.');
  });

  test('that vanished is told as such', () => {
    expect(refusal('')).toBe('Input `plan`: is not a plan of this version.');
  });
});

test('what every action takes; what nobody names is absent, not empty', () => {
  const inputs: Readonly<Record<string, string>> = {
    'github-token': 't',
    'dry-run': 'true',
  };
  expect(getCommonInputs(createInputReader(name => inputs[name] ?? ''))).toEqual({
    githubToken: 't',
    dryRun: true,
  });
});
