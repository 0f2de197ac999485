import type { Mutant } from './mutant.ts';

const checklist = 'packages/core/gate/checklist.ts';

/** Faults in what people have to have done before a release: boxes, reviews, approvals. */
export const peopleMutants: readonly Mutant[] = [
  {
    name: 'an unticked box stops nothing',
    edits: [{ file: checklist, before: 'if (unticked.length === 0) {', after: 'if (unticked.length >= 0) {' }],
    tries: ['people/checklist'],
  },
  {
    name: 'a box that was taken out of the issue counts as ticked',
    edits: [{ file: checklist, before: 'if (lost.length > 0) {', after: 'if (lost.length > asked.length) {' }],
    tries: ['people/checklist'],
  },
  {
    name: 'a release whose issue was closed is only waited for',
    edits: [{ file: checklist, before: 'if (!open) {', after: 'if (!open && number === 0) {' }],
    tries: ['people/checklist'],
  },
  {
    name: 'people are asked about a release that cannot go',
    edits: [
      {
        file: 'actions/gate-approval/release-issue.ts',
        before: "judgeRelease(facts).verdict.verdict !== 'wait'",
        after: "judgeRelease(facts).verdict.verdict === 'pass'",
      },
    ],
    tries: ['people/checklist'],
  },
  {
    name: 'every run opens an issue of its own',
    edits: [
      {
        file: 'packages/github/issue-opened-once.ts',
        before: "user?.type === 'Bot' && (body ?? '').includes(marker))",
        after: "user?.type === 'Bot' && (body ?? '').startsWith(marker))",
      },
    ],
    tries: ['people/checklist'],
  },
  {
    name: 'a look opens an issue',
    edits: [
      {
        file: 'actions/gate-approval/gate-approval.ts',
        before: 'const facts = inputs.dryRun ? looked : await askForTicks(writer, looked);',
        after: 'const facts = await askForTicks(writer, looked);',
      },
    ],
    tries: ['people/checklist-wrong'],
  },
  {
    name: 'a box that names a rule which nobody judges is left alone',
    edits: [
      {
        file: checklist,
        before: 'filter(({ verdict }) => verdict === undefined)',
        after: "filter(({ verdict }) => verdict?.verdict === 'error')",
      },
    ],
    tries: ['people/checklist-wrong'],
  },
  {
    name: 'what waits for a check is forgotten instead of parked',
    edits: [
      {
        file: 'actions/validate-tag/validate-tag.ts',
        before: "verdict.verdict !== 'wait' || plan === undefined",
        after: "verdict.verdict === 'wait' || plan === undefined",
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a check that still runs lets the release go on',
    edits: [
      {
        file: 'actions/validate-tag/publish.ts',
        before: "const passed = verdict.verdict === 'pass' && plan !== undefined;",
        after: "const passed = verdict.verdict !== 'fail' && plan !== undefined;",
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a look at a tag is written down',
    edits: [
      {
        file: 'actions/validate-tag/validate-tag.ts',
        before: 'if (!inputs.dryRun) await park',
        after: 'await park',
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'an owner of any file has approved all of them',
    edits: [
      {
        file: 'packages/core/gate/code-owners.ts',
        before: 'if (open.length === 0) {',
        after: 'if (open.length < groups.length) {',
      },
    ],
    tries: ['people/code-owners'],
  },
  {
    name: 'whoever changes the owners is judged by the new ones',
    edits: [
      {
        file: 'packages/github/pull-reviews.ts',
        before: 'codeOwnersOf(github, number, base.sha)',
        after: 'codeOwnersOf(github, number, head.sha)',
      },
    ],
    tries: ['people/code-owners'],
  },
  {
    name: 'a migration that cannot be undone is told like any other',
    edits: [
      {
        file: 'packages/core/gate/migrations.ts',
        before: 'const irreversible = paths.filter(isFinal).slice(0, 20);',
        after: 'const irreversible = paths.filter(isFinal).slice(paths.length);',
      },
    ],
    tries: ['people/migrations'],
  },
  {
    name: 'a failure goes back across a migration that cannot be undone',
    edits: [
      {
        file: 'packages/core/plan/make-plan.ts',
        before: "policy === undefined || operation === 'rollback') return flow;",
        after: "policy === undefined || operation === 'release') return flow;",
      },
    ],
    tries: ['people/migrations'],
  },
  {
    name: 'a person goes back across a migration that cannot be undone',
    edits: [
      {
        file: 'packages/core/gate/gates.ts',
        before: 'return migrations === undefined ? [] : judgeMigrations(migrations, facts.plan);',
        after: 'return [];',
      },
    ],
    tries: ['people/migrations'],
  },
];
