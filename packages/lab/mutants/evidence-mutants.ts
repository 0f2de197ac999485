import type { Mutant } from './mutant.ts';

const backups = 'packages/core/gate/backups.ts';
const soak = 'packages/core/gate/soak.ts';
const alarms = 'packages/core/gate/alarms.ts';

/** Faults in the gates that look into AWS. */
export const evidenceMutants: readonly Mutant[] = [
  {
    name: 'a soak that has begun is a soak that is over',
    edits: [{ file: soak, before: 'if (soaked >= policy.for) {', after: 'if (soaked >= 0) {' }],
    tries: ['release/soaks-in-the-earlier-environment'],
  },
  {
    name: 'an alarm that is quiet again does not start the soak anew',
    edits: [{ file: soak, before: 'rangUntil > deployed);', after: 'rangUntil > facts.now);' }],
    tries: ['release/soaks-in-the-earlier-environment'],
  },
  {
    name: 'what runs in the earlier environment now does not matter to a soak',
    edits: [
      {
        file: soak,
        before: 'return sameContent(running.release, plan.release) ? running : undefined;',
        after: "return plan.release.sha === '' ? undefined : running;",
      },
    ],
    tries: ['release/soaks-in-the-earlier-environment'],
  },
  {
    name: 'an alarm that rings stops nothing',
    edits: [{ file: alarms, before: 'if (ringing.length > 0) {', after: 'if (ringing.length < 0) {' }],
    tries: ['release/alarms-ring'],
  },
  {
    name: 'an alarm without data is OK',
    edits: [{ file: alarms, before: "state !== 'OK' || trouble", after: "state === 'ALARM' || trouble" }],
    tries: ['release/alarms-ring'],
  },
  {
    name: 'alarms that do not exist are OK',
    edits: [
      { file: alarms, before: 'if (missing !== undefined) {', after: "if (missing !== undefined && name === '') {" },
    ],
    tries: ['release/alarms-ring'],
  },
  {
    name: 'a table that is gone stops nothing',
    edits: [{ file: backups, before: 'if (state.verified === null) {', after: 'if (state.sequence >= 0) {' }],
    tries: ['notes-gates'],
  },
  {
    name: 'what the plan job cannot look at is never looked at',
    edits: [
      {
        file: 'actions/gate-approval/places.ts',
        before: "if (stage === 'plan' && readRole === undefined)",
        after: "if (stage !== 'plan' || readRole === undefined)",
      },
      {
        file: 'packages/core/gate/seen.ts',
        before: "if (stage === 'release') {",
        after: "if (stage !== 'plan' && name === '') {",
      },
    ],
    tries: ['release/alarms-ring'],
  },
  {
    name: 'whoever may change the environment before is asked about it',
    edits: [
      {
        file: 'actions/gate-approval/places.ts',
        before: 'if (earlier.readRole === undefined) return',
        after: "if (after === '') return",
      },
    ],
    tries: ['release/evidence-unreadable'],
  },
  {
    name: 'a stack that took its change back is complete',
    edits: [
      {
        file: 'packages/core/gate/stacks.ts',
        before: 'if (complete.has(status)) return [];',
        after: "if (complete.has(status) || status.endsWith('_COMPLETE')) return [];",
      },
    ],
    tries: ['release/stack-complete'],
  },
  {
    name: 'a stack that is not there is complete',
    edits: [
      {
        file: 'packages/core/gate/stacks.ts',
        before: 'if (found === null) {',
        after: "if (found === null && stack !== '') return [];\n  if (found === null) {",
      },
    ],
    tries: ['release/stack-complete'],
  },
  {
    name: 'what is gone can be gone back to',
    edits: [
      {
        file: 'packages/core/gate/way-back-there.ts',
        before: 'return gone.map(message =>',
        after: 'return gone.slice(gone.length).map(message =>',
      },
    ],
    tries: ['release/way-back-gone'],
  },
  {
    name: 'an image that ECR has thrown away is never missed',
    edits: [
      {
        file: 'packages/targets/images/gone.ts',
        before: 'return found === undefined ?',
        after: "return found?.digest === '' ?",
      },
    ],
    tries: ['release/way-back-gone'],
  },
  {
    name: 'a published version that somebody has deleted is never missed',
    edits: [
      {
        file: 'packages/targets/lambda/missing.ts',
        before: 'found.filter(({ version }) => version === undefined)',
        after: "found.filter(({ number }) => number === '')",
      },
    ],
    tries: ['code-remote-way-back'],
  },
  {
    name: 'a backup of any age will do',
    edits: [{ file: backups, before: 'if (age <= within)', after: 'if (age >= 0 || age <= within)' }],
    tries: ['release/backups'],
  },
  {
    name: 'what is not backed up at all is released',
    edits: [
      { file: backups, before: "rule(name, 'fail', 'backup-missing'", after: "rule(name, 'pass', 'backup-missing'" },
    ],
    tries: ['release/backups'],
  },
  {
    name: 'the last backup of a list is taken for the newest',
    edits: [
      {
        file: 'packages/verify/evidence/backups.ts',
        before: 'copies.toSorted((one, other) => other.at - one.at)',
        after: 'copies.toReversed()',
      },
    ],
    tries: ['release/backups'],
  },
  {
    name: 'recovery that is switched off can be gone back to',
    edits: [{ file: backups, before: "rule(name, 'fail', 'recovery-off'", after: "rule(name, 'pass', 'recovery-off'" }],
    tries: ['release/backups'],
  },
];
