import * as z from 'zod/mini';
import { type BranchSelector, parseBranchSelector } from '../version/branches.ts';
import { asList, choice, documented, oneOrMany, parsed, path, text } from './fields.ts';

/** What a tag has to be, besides one of `from`, to release to an environment. */
export interface TagPolicy {
  readonly annotated: boolean;
  readonly signed: boolean;
  /** Where the commit has to be; the default branch when empty. */
  readonly branches: readonly BranchSelector[];
  /** Or here, when the branch was cut from what `hotfixFrom` runs. */
  readonly hotfix: readonly BranchSelector[];
  /** The environment whose release is fixed, or `branch`; this environment itself when absent. */
  readonly hotfixFrom?: string | undefined;
  /** Files of the commit that say the version; `{component}` stands for each component. */
  readonly packages: readonly string[];
}

/** A hotfix that is cut from an allowed branch. */
export const FROM_BRANCH = 'branch';

const demand = (description: string) => z.optional(choice(['require', 'allow'], description, { default: 'allow' }));

const branchSelector = parsed(
  parseBranchSelector,
  'The name of a branch, or the beginning of several names with a * at the end.',
  { examples: ['release/*'] },
);

export const tagPolicy = documented(
  z.strictObject({
    annotated: demand('`require`: the tag has an author, a date and a message of its own (`git tag -a`).'),
    signed: demand('`require`: the tag is signed, and GitHub has verified the signature (GPG, SSH or S/MIME).'),
    branch: z.optional(
      oneOrMany(branchSelector, 'The commit is on one of these branches; on the default branch unless said.', {
        examples: [['main', 'release/*']],
      }),
    ),
    hotfix: z.optional(
      oneOrMany(branchSelector, 'Or it is on one of these, and that one was cut from what runs.', {
        examples: ['hotfix/*'],
      }),
    ),
    'hotfix-from': z.optional(
      text(
        'The environment whose release a hotfix branch is cut from; `branch`: it is cut from one of `branch`. This ' +
          'environment unless said.',
        { examples: ['prod'] },
      ),
    ),
    package: z.optional(
      oneOrMany(
        path('A JSON file with a `version`, or a file that holds nothing but the version.'),
        'Files of the commit that have to say the version of the tag. {component} stands for each component that is released.',
        { examples: ['package.json', 'packages/{component}/package.json'] },
      ),
    ),
  }),
  'What a tag has to be, besides one of `from`.',
);

export function readTagPolicy(values: z.output<typeof tagPolicy> | undefined): TagPolicy {
  return {
    annotated: values?.annotated === 'require',
    signed: values?.signed === 'require',
    branches: asList(values?.branch),
    hotfix: asList(values?.hotfix),
    hotfixFrom: values?.['hotfix-from'],
    packages: asList(values?.package),
  };
}
