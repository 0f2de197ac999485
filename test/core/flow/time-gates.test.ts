import { describe, expect, test } from '@jest/globals';
import { flowOf, problemsOf, small } from './fixture.ts';

const gatesOf = (environment: string) => flowOf(small({ environment })).environments.dev?.gates;
const zone = 'zone: Australia/Brisbane';

test('a window and a freeze, as Helios has them', () => {
  const gates = gatesOf(`
window:
  zone: Australia/Brisbane                 # AEST: no daylight saving
  require: Tue-Thu 09:00-17:00
  prefer: [Tue-Thu 10:00-14:00]
  takes: 1h
freeze:
  zone: Australia/Brisbane
  dates:
    - 2026-12-25 Christmas
    - 2026-11-27 18:00 to 2026-11-30 06:00 Black Friday
  last: 3 days of the quarter
  holidays: .github/holidays.ics
  while-open: incident
`);
  expect(gates).toMatchObject({
    window: {
      zone: 'Australia/Brisbane',
      require: [{ text: 'Tue-Thu 09:00-17:00', days: [2, 3, 4], from: 540, to: 1020 }],
      prefer: [{ text: 'Tue-Thu 10:00-14:00' }],
      takes: 3_600_000,
    },
    freeze: {
      zone: 'Australia/Brisbane',
      dates: [{ reason: 'Christmas' }, { from: '2026-11-27T18:00', reason: 'Black Friday' }],
      last: [{ days: 3, of: 'quarter' }],
      holidays: ['.github/holidays.ics'],
      whileOpen: ['incident'],
    },
  });
});

test('a policy is plain data: it travels as JSON', () => {
  const gates = gatesOf(`window: { ${zone}, prefer: Mon-Fri }\nfreeze: { ${zone}, dates: 2026-12-25 }`);
  expect(JSON.parse(JSON.stringify(gates))).toEqual(gates);
});

describe('mistakes', () => {
  test.each([
    ['window: { require: Mon-Fri }', '10:5 environments.dev.window.zone: `zone` is missing (it is text)'],
    [
      'window: { zone: AEST, require: Mon-Fri }',
      '10:21 environments.dev.window.zone: `AEST` is not a time zone (AEST has no daylight saving: write Australia/Brisbane, or Australia/Sydney for clocks that change)',
    ],
    [
      `window: { ${zone} }`,
      '10:5 environments.dev.window: opens nothing and closes nothing (give `require` or `prefer`)',
    ],
    [
      `window: { ${zone}, require: [Mon-Fri, Tues 10:00-14:00] }`,
      '10:60 environments.dev.window.require[1]: `Tues` is not a day (did you mean `Tue`?)',
    ],
    [
      `window: { ${zone}, require: Tue 10:00-10:00 }`,
      '10:60 environments.dev.window.require: never opens: it closes when it opens (for the whole day leave the times out)',
    ],
    [
      `window: { ${zone}, require: Tue-Thu 10:00-14:00, takes: 5h }`,
      '10:78 environments.dev.window.takes: never fits: the window is open for 4 h at a time (make the window longer, or `takes` shorter)',
    ],
    [
      `window: { ${zone}, require: Mon-Fri, prefer: [Mon 10:00-12:00, Sat] }`,
      '10:85 environments.dev.window.prefer[1]: `Sat` never opens: it lies outside of `require` (a better time is one of those that are allowed)',
    ],
    [
      `window: { ${zone}, requires: Mon-Fri }`,
      '10:41 environments.dev.window.requires: unknown key `requires` (did you mean `require`?)',
    ],
    [
      `freeze: { ${zone} }`,
      '10:5 environments.dev.freeze: freezes nothing (give `dates`, `last`, `holidays` or `while-open`)',
    ],
    [
      `freeze: { ${zone}, dates: 2026-12-20 to 2026-12-01 }`,
      '10:62 environments.dev.freeze.dates: ends before it begins (freezes read like `2026-12-25 Christmas`, `2026-12-20 to 2027-01-05` or `2026-11-27 18:00 to 2026-11-30 06:00 Black Friday`)',
    ],
    [
      `freeze: { ${zone}, dates: [2026-12-25: Christmas] }`,
      '10:49 environments.dev.freeze.dates[0]: must be text, found a mapping',
    ],
    [
      `freeze: { ${zone}, last: 3 days of the week }`,
      '10:47 environments.dev.freeze.last: `3 days of the week` does not say which last days (it reads like `3 days of the quarter`)',
    ],
    [
      `freeze: { ${zone}, holidays: ../holidays.yml }`,
      '10:51 environments.dev.freeze.holidays: leaves the repository with `..`',
    ],
    [
      `freeze: { ${zone}, while_open: incident }`,
      '10:41 environments.dev.freeze.while_open: unknown key `while_open` (did you mean `while-open`?)',
    ],
  ])('%s', (environment, problem) => {
    const told = problemsOf(small({ component: 'target: ecs\ncluster: a\nservice: b', environment }));
    expect(told.filter(line => line.includes('environments.dev'))).toEqual([problem]);
  });
});
