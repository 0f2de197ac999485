import { describe, expect, test } from '@jest/globals';
import { FindingError } from '#core/finding';
import type { PreviewedComponent } from '#core/plan/previews';
import type { TargetRuntime } from '#core/target';
import { withSavedPlans } from '../../actions/deploy/saved-plans.ts';

const network = { name: 'network', target: 'command', tool: 'opentofu', preview: true } as PreviewedComponent;
const other = { ...network, name: 'other' };
const digest = `sha256:${'1'.repeat(64)}`;
const archive = '2'.repeat(64);
const handed = { plans: JSON.stringify({ network: digest }), 'artifact-id': '7', 'artifact-digest': archive };
const filesOf: TargetRuntime['filesOf'] = async () => '/files';

const outcome = (savedPlans: Readonly<Record<string, string>>, files = filesOf) =>
  withSavedPlans({ waves: [[network, other]], artifacts: {} }, [network], { savedPlans }, files).then(
    ({ waves }) => waves.flat(),
    (error: unknown) => (error instanceof FindingError ? error.findings.map(({ reason }) => reason) : error),
  );

describe('the plan that people have read', () => {
  test('is that of its component, by its own digest, and no other component has one', async () => {
    const [first, second] = (await outcome(handed)) as readonly unknown[];
    expect(first).toMatchObject({ name: 'network', applyPlan: '/files/network', planDigest: digest });
    expect(second).toEqual(other);
  });

  test('comes out of the archive that was uploaded', async () => {
    const asked: unknown[] = [];
    await outcome(handed, async artifacts => {
      asked.push(artifacts);
      return '/files';
    });
    expect(asked).toMatchObject([{ 'artifact-id': '7', digest: `sha256:${archive}` }]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['nothing', {}],
    ['the outputs of a job that was skipped', { plans: '', 'artifact-id': '', 'artifact-digest': '' }],
    ['the plan of another component', { ...handed, plans: JSON.stringify({ other: digest }) }],
    ['an inherited name', { ...handed, plans: '[]' }],
    ['what is no JSON', { ...handed, plans: 'network' }],
    ['a digest that is none', { ...handed, plans: '{"network":1}' }],
    ['no artifact', { ...handed, 'artifact-id': '' }],
  ])('is missed where the job hands over %s', async (_, savedPlans) => {
    expect(await outcome(savedPlans)).toEqual(['plan-missing']);
  });

  test.each([
    ['artifact-gone', 'artifact-gone'],
    ['artifacts-differ', 'plan-mismatch'],
  ] as const)('%s is told with what to do about plans', async (reason, told) => {
    const gone: TargetRuntime['filesOf'] = async () => {
      throw new FindingError([{ reason, message: 'It is gone.', evidence: {} }]);
    };
    expect(await outcome(handed, gone)).toEqual([told]);
  });
});
