import type { Mutant } from './mutant.ts';

/** Faults in what is made of Pulumi. */
export const pulumiMutants: readonly Mutant[] = [
  {
    name: 'Pulumi plans anew instead of applying what was shown',
    edits: [{ file: 'packages/targets/command/pulumi/cli.ts', before: "'--plan', file, ", after: '' }],
    tries: ['pulumi/failures'],
  },
  {
    name: 'Pulumi plans anew behind the click instead of applying what people have read',
    edits: [
      {
        file: 'packages/targets/command/pulumi/driver.ts',
        before: 'saved?.content ?? planned.value.plan',
        after: 'planned.value.plan',
      },
    ],
    tries: ['pulumi/previewed'],
  },
  {
    name: 'a stack that is as wanted is updated all the same',
    edits: [
      {
        file: 'packages/targets/command/pulumi/driver.ts',
        before: 'if (!plansChanges(preview)) return',
        after: 'if (preview.steps.length === -1 && !plansChanges(preview)) return',
      },
    ],
    tries: ['code-remote-first'],
  },
  {
    name: 'the way back of Pulumi stays in the commit of the release',
    edits: [
      {
        file: 'packages/targets/command/pulumi/driver.ts',
        before: 'await setting.checkoutOf(goal.commit)',
        after: '(await setting.checkoutOf(goal.commit)) && setting.workspace',
      },
    ],
    tries: ['pulumi/released-and-brought-back'],
  },
  {
    name: 'nobody looks what is really there before Pulumi previews',
    edits: [
      {
        file: 'packages/targets/command/pulumi/cli.ts',
        before: "component.refresh ? ['--refresh'] : []",
        after: "component.stack === '' ? ['--refresh'] : []",
      },
    ],
    tries: ['pulumi/released-and-brought-back'],
  },
  {
    name: 'a held lock of Pulumi is told as any failure',
    edits: [
      {
        file: 'packages/targets/command/pulumi/judge.ts',
        before: 'if (holders !== undefined) {',
        after: 'if (holders !== undefined && holders.length > 99) {',
      },
    ],
    tries: ['pulumi/failures'],
  },
];
