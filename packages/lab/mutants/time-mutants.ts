import type { Mutant } from './mutant.ts';

const window = 'packages/core/gate/window.ts';
const zone = 'packages/core/calendar/zone.ts';

/** Faults in windows, freezes and the clocks that they go by. */
export const timeMutants: readonly Mutant[] = [
  {
    name: 'a window that opens some day is open',
    edits: [{ file: window, before: 'must.next?.from !== now', after: 'must.next === undefined' }],
    tries: ['release/window-closed'],
  },
  {
    name: 'a release starts that is not done when the window closes',
    edits: [
      { file: window, before: 'openingAt(required, zone, now, takes)', after: 'openingAt(required, zone, now, 1)' },
    ],
    tries: ['release/window-closed'],
  },
  {
    name: 'windows go by UTC',
    edits: [
      { file: zone, before: '.toZonedDateTimeISO(zone)', after: ".toZonedDateTimeISO(zone === '' ? zone : 'UTC')" },
    ],
    tries: ['release/window-closed'],
  },
  {
    name: 'no clock ever changes',
    edits: [
      {
        file: zone,
        before: 'offset: moment.offsetNanoseconds / 1_000_000',
        after: 'offset: momentIn(zone, Date.UTC(2026, 6)).offsetNanoseconds / 1_000_000',
      },
    ],
    tries: ['release/window-on-the-day-the-clocks-change'],
  },
  {
    name: 'a freeze is judged by when the plan was made',
    edits: [
      {
        file: 'packages/core/gate/freeze.ts',
        before: 'frozenAt(freezes, now, takes)',
        after: 'frozenAt(freezes, Date.parse(plan.made), takes)',
      },
    ],
    tries: ['release/freeze-begins-before-the-click'],
  },
  {
    name: 'a file of holidays that is missing freezes nothing',
    edits: [
      {
        file: 'packages/github/commits.ts',
        before: 'if (text !== undefined) return text;',
        after: "if (text !== undefined || key === 'freeze: holidays') return text ?? '- 2020-01-01 Long ago';",
      },
    ],
    tries: ['release/holidays-of-a-file'],
  },
];
