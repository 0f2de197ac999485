import * as z from 'zod/mini';
import { environment } from './environment.ts';
import { documented, list, NAME, named, parsed } from './fields.ts';
import { readApprover, readRegion } from './names.ts';
import { readPolicyReference } from './policy/reference.ts';
import { targets } from './targets/registry.ts';

const [firstTarget, ...otherTargets] = targets;

/** A component of any target, as the file declares it. */
export const component = documented(
  z.discriminatedUnion('target', [firstTarget.schema, ...otherTargets.map(target => target.schema)]),
  'A part of the service that is deployed on its own.',
);

export const flowKeys = {
  version: documented(z.literal(1), 'The version of this format.'),
  extends: z.optional(
    parsed(
      readPolicyReference,
      'A policy of the organisation, org/repo//file@commit: what it asks for holds here, too, and nothing here can loosen it.',
      { examples: ['org/policies//release.yml@5f3a1c0de94b7286a1f05c3be7d9284610afce37'] },
    ),
  ),
  service: documented(z.string().check(z.maxLength(64), z.regex(NAME)), 'What the whole is called.', {
    examples: ['unifocus'],
  }),
  region: z.optional(
    parsed(readRegion, 'The AWS region, unless an environment says otherwise.', { examples: ['ap-southeast-2'] }),
  ),
  roles: z.optional(
    named(
      list(parsed(readApprover, 'A login, or a team as @org/team.'), 'The people of this role.'),
      'Names for groups of people, to be used in `approve`.',
      { examples: [{ lead: ['alice'], ops: ['@org/ops'] }] },
    ),
  ),
  components: named(
    component,
    'What is deployed. Read from the commit that is released. {env}, {version}, {sha} and {vars.NAME} are filled in.',
  ),
  enforce: z.optional(
    documented(
      z.boolean(),
      'Whether the gates of releases stop anything. With `false` everything is judged, shown and recorded, and goes on.',
      { default: true },
    ),
  ),
  environments: named(environment, 'Where it is deployed, in order. Read from the default branch.'),
} as const;

/** The flow file without its `x-…` keys, which are free for anchors. */
export const flowFile = documented(z.strictObject(flowKeys), 'How this repository is released.');

export type FlowValues = z.output<typeof flowFile>;
