import type { Mutant } from './mutant.ts';

/** Faults in running tools, and in what is read of them. */
export const commandMutants: readonly Mutant[] = [
  {
    name: 'a tool gets everything that the job has in its environment',
    edits: [
      {
        file: 'packages/targets/command/run/environment.ts',
        before: '    always.has(name) ||',
        after: "    always.has(name) ||\n    !name.startsWith('AWS_') ||",
      },
    ],
    tries: ['command/bad-days'],
  },
  {
    name: 'what a tool masks itself is shown',
    edits: [
      {
        file: 'packages/targets/command/run/streams.ts',
        before: "redactor.add(unescaped(masked[1] ?? ''));",
        after: "unescaped(masked[1] ?? '');",
      },
    ],
    tries: ['command/bad-days'],
  },
  {
    name: 'a flood goes into the log',
    edits: [
      {
        file: 'packages/targets/command/run/streams.ts',
        before: 'full = left.lines < 0 || left.characters < 0;',
        after: 'full = left.lines === 0.5;',
      },
    ],
    tries: ['command/bad-days'],
  },
  {
    name: 'a tool that holds a state is ended without being asked',
    edits: [
      {
        file: 'packages/targets/command/run/stop.ts',
        before: "  child.kill('SIGINT');",
        after: "  child.kill('SIGTERM');",
      },
    ],
    tries: ['command/broken-off'],
  },
  {
    name: 'whatever exit code a script has, it has deployed',
    edits: [
      {
        file: 'packages/targets/command/script/judge.ts',
        before: "if (code === 0) return 'changed';",
        after: "if (code !== null) return 'changed';",
      },
    ],
    tries: ['command/script'],
  },
  {
    name: 'the way back is planned from the commit that is to go',
    edits: [
      {
        file: 'packages/targets/command/terraform/driver.ts',
        before: 'const root = await setting.checkoutOf(goal.commit);',
        after: 'const root = setting.workspace;',
      },
    ],
    tries: ['command/opentofu'],
  },
  {
    name: 'a saved plan that was exchanged under its manifest is applied',
    edits: [
      {
        file: 'packages/targets/saved-plan.ts',
        before: 'return file === undefined || digestOf(file) !== sha256;',
        after: 'return file === undefined || sha256 === undefined;',
      },
    ],
    tries: ['command/saved-plan'],
  },
  {
    name: 'a plan is applied whatever its digest is',
    edits: [
      {
        file: 'packages/targets/saved-plan.ts',
        before: 'found !== digest) {',
        after: "digest === '') {",
      },
    ],
    tries: ['command/previewed-by-hand'],
  },
  {
    name: 'plans that people read first are made by the role that changes things',
    edits: [
      {
        file: 'actions/deploy/save-plans.ts',
        before: 'const { readRole: role } = plan.environment;',
        after: 'const { role } = plan.environment;',
      },
    ],
    tries: ['command/previewed'],
  },
  {
    name: 'where no plan is handed over, one is made behind the click',
    edits: [
      {
        file: 'actions/deploy/deploy.ts',
        before: 'if (previews.length === 0) return work;',
        after: 'if (inputs.savedPlans.plans === undefined) return work;',
      },
    ],
    tries: ['command/previewed-by-hand'],
  },
  {
    name: 'a plan that became stale is made anew behind the click',
    edits: [
      {
        file: 'packages/targets/command/terraform/plan-modules.ts',
        before: 'if (saved !== undefined && taken === undefined) return {',
        after: 'if (saved !== undefined && state.value === undefined) return {',
      },
    ],
    tries: ['command/previewed'],
  },
  {
    name: 'a preview takes the lock of the state',
    edits: [
      {
        file: 'packages/targets/command/terraform/tool.ts',
        before: "component.unlocked === true ? '-lock=false' : lockTimeout,",
        after: 'lockTimeout,',
      },
    ],
    tries: ['command/previewed'],
  },
  {
    name: 'a lock that somebody holds is a failure like any other',
    edits: [
      {
        file: 'packages/core/command/terraform-events.ts',
        before: 'if (!/state lock/i.test(text)) return undefined;',
        after: "if (text !== 'state lock') return undefined;",
      },
    ],
    tries: ['command/locked'],
  },
];
