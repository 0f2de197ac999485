import { describe, expect, test } from '@jest/globals';
import { getCommonInputs, planOf } from '#action-kit/common-inputs';
import { createInputReader } from '#action-kit/inputs';
import { FindingError } from '#core/finding';
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
