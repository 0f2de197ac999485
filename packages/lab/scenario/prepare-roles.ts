import type { AwsLab } from '../assembly/aws.ts';
import { iamActions } from '../assembly/models.ts';
import { matchesPattern } from '../wire/credentials.ts';
import { accountsOfStacks } from './aws/cloudformation/prepare.ts';
import { accountsOf, released } from './aws/places.ts';
import { readActions, showActions } from './read-actions.ts';
import type { World } from './schema.ts';

/** Three roles in each account: `release` changes things, `release-read` looks for the gates, `build` pushes images. */
export function prepareRoles({ sts }: AwsLab, scenario: World): void {
  const { name: repository } = scenario.repository;
  for (const account of new Set([...accountsOf(scenario.aws), ...accountsOfStacks(scenario)])) {
    const denied = scenario.aws.denied?.[account];
    const add = (name: string, claims: Claims, allowed?: readonly string[]) =>
      sts.addRole({
        account,
        name,
        trust: [
          {
            action: 'AssumeRoleWithWebIdentity',
            provider: 'token.actions.githubusercontent.com',
            conditions: { aud: ['sts.amazonaws.com'], ...claims },
          },
        ],
        ...(allowed === undefined ? {} : { allowed }),
      });
    add(
      'release',
      scenario.aws.trust ?? trustOfTheSuite(scenario, account),
      denied === undefined ? undefined : without(iamActions, denied),
    );
    // Also for the plan job, which has no environment, of whatever ref starts it.
    const atTheirTag = ['org/release-actions/.github/workflows/*@refs/tags/v1'];
    const read = { sub: [`repo:${repository}:*`], job_workflow_ref: atTheirTag };
    const shows = scenario.aws['shows-change-sets']?.includes(account) === true;
    add('release-read', read, without([...readActions, ...(shows ? showActions : [])], denied ?? []));
    add('build', { sub: [`repo:${repository}:ref:refs/heads/*`] }, ['ecr:*']);
  }
}

type Claims = Readonly<Record<string, readonly string[]>>;

const suite = ['org/release-actions/.github/workflows/*@*'];

/** Only the reusable workflows may: any other workflow of the repository could walk round the gates. */
function trustOfTheSuite({ repository, aws }: World, account: string): Claims {
  const own = released(aws)
    .filter(entry => entry.account === account)
    .map(({ environment }) => (typeof environment === 'string' ? environment : '*'));
  return {
    sub: [...new Set(own)].map(environment => `repo:${repository.name}:environment:${environment}`),
    job_workflow_ref: suite,
  };
}

/** An explicit deny goes over every allow. */
export function without(actions: readonly string[], denied: readonly string[]): readonly string[] {
  return actions.filter(action => !denied.some(pattern => matchesPattern(pattern, action)));
}
