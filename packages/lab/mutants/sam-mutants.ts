import type { Mutant } from './mutant.ts';

/** Faults in what is made of the SAM CLI. */
export const samMutants: readonly Mutant[] = [
  {
    name: 'SAM builds again what the build has handed over',
    edits: [
      {
        file: 'packages/targets/command/sam/driver.ts',
        before: 'component.artifact === undefined ? await build(toolbox)',
        after: 'component.artifact !== null ? await build(toolbox)',
      },
    ],
    tries: ['notes'],
  },
  {
    name: 'a failed build of SAM counts as built',
    edits: [
      {
        file: 'packages/targets/command/sam/cli.ts',
        before: "return how === 'exited' && code === 0;",
        after: "return how === 'exited' && code !== null;",
      },
    ],
    tries: ['sam/wrong'],
  },
  {
    name: 'samconfig of another region is taken',
    edits: [
      {
        file: 'packages/targets/command/sam/wishes.ts',
        before: 'config.region !== undefined && config.region !== region',
        after: "config.region === '' && config.region !== region",
      },
    ],
    tries: ['sam/wrong'],
  },
  {
    name: 'a setting of samconfig that nobody does is passed over',
    edits: [
      {
        file: 'packages/targets/command/sam/samconfig.ts',
        before: 'if (unknown.length > 0)',
        after: 'if (unknown.length > 99)',
      },
    ],
    tries: ['sam/wrong'],
  },
  {
    name: 'the parameters of samconfig are left out',
    edits: [
      {
        file: 'packages/targets/command/sam/wishes.ts',
        before: 'parameters: { ...Object.fromEntries(own), ...component.parameters }',
        after: 'parameters: own.length < 0 ? {} : component.parameters',
      },
    ],
    tries: ['notes'],
  },
  {
    name: 'a branch that is promoted leads to its first environment, whichever is named',
    edits: [
      {
        file: 'packages/core/version/environment-for.ts',
        before: 'taking.find(({ environment }) => environment === wanted) ?? taking[0]',
        after: "taking.find(({ environment }) => environment === '' + (wanted === '')) ?? taking[0]",
      },
    ],
    tries: ['notes'],
  },
];
