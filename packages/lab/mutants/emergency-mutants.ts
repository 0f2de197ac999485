import type { Mutant } from './mutant.ts';

const glass = 'packages/core/gate/break-glass.ts';

/** Faults in emergencies. */
export const emergencyMutants: readonly Mutant[] = [
  {
    name: 'an emergency breaks every gate',
    edits: [{ file: glass, before: '!glass.rules.some(rule => rule === key)', after: 'glass.rules.length === 0' }],
    tries: ['release/emergency'],
  },
  {
    name: 'an emergency breaks what the flow file does not name',
    edits: [
      {
        file: 'packages/core/plan/make-plan.ts',
        before: '!breakGlass.rules.includes(rule)',
        after: "!breakGlass.rules.includes(rule) && rule === 'after'",
      },
    ],
    tries: ['release/emergency'],
  },
  {
    name: 'an emergency that breaks the reviews needs none',
    edits: [
      {
        file: 'packages/core/plan/make-plan.ts',
        before: "glass.rules.includes('reviews') ? withPeople",
        after: 'glass.rules.length === 0 ? withPeople',
      },
    ],
    tries: ['notes-gates'],
  },
  {
    name: 'an emergency is not written down',
    edits: [
      {
        file: 'actions/gate-approval/record.ts',
        before: 'if (glass === undefined || emergencies.some(',
        after: 'if (glass !== undefined || emergencies.some(',
      },
    ],
    tries: ['release/emergency'],
  },
  {
    name: 'whoever approves otherwise approves an emergency',
    edits: [
      {
        file: 'packages/core/plan/make-plan.ts',
        before: '{ by: breakGlass.by, count: 1 }',
        after: '{ by: approve?.by ?? breakGlass.by, count: 1 }',
      },
    ],
    tries: ['release/emergency'],
  },
  {
    name: 'a review that is overdue is not told',
    edits: [
      {
        file: 'actions/gate-approval/emergency.ts',
        before: '!(Date.parse(due) > now)',
        after: 'Date.parse(due) > now',
      },
    ],
    tries: ['release/emergency'],
  },
];
