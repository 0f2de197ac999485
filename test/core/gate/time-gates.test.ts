import { describe, expect, test } from '@jest/globals';
import { parseFlow } from '#core/flow/parse';
import type { GateFacts } from '#core/gate/facts';
import { judgeGates } from '#core/gate/gates';
import { judgeRelease } from '#core/gate/judge';
import type { FreezeFindings } from '#core/gate/lookups';
import { planOf } from '../fixture.ts';
import { small } from '../flow/fixture.ts';
import { gateFacts } from './fixture.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

/** What is said of a release that would start now, under the gates as the flow file spells them. */
function factsAt(now: string, environment: string, found: Partial<FreezeFindings> = {}): GateFacts {
  const flow = parseFlow(small({ environment }), { file: 'flow.yml' });
  if (!flow.ok) throw new Error(flow.problems.map(({ message }) => message).join());
  const gates = flow.flow.environments.dev?.gates ?? {};
  return gateFacts({
    plan: planOf('1.4.0', {}, { gates }),
    now: utc(now),
    found: {
      window: { known: true, value: null },
      freeze: { known: true, value: { holidays: [], issues: [], ...found } },
    },
  });
}

const said = (facts: GateFacts) => judgeGates(facts).map(({ verdict, reason, until }) => [verdict, reason, until]);

const helios = (zone: string) =>
  `window: { zone: ${zone}, require: Tue-Thu 09:00-17:00, prefer: Tue-Thu 10:00-14:00, takes: 1h }`;

describe('the windows of Helios: Tue–Thu in business hours, better 10:00–14:00', () => {
  test.each<[string, string, string, string, string | undefined]>([
    ['on Monday it waits for Tuesday', '2026-11-16T01:00', 'wait', 'window-closed', '2026-11-16T23:00'],
    ['on Friday for the next week', '2026-11-20T01:00', 'wait', 'window-closed', '2026-11-23T23:00'],
    ['at 9 it may start, but had better not', '2026-11-16T23:00', 'pass', 'window-not-preferred', undefined],
    ['at 10 it starts', '2026-11-17T00:00', 'pass', 'window-open', undefined],
    ['at 13 an hour is left', '2026-11-17T03:00', 'pass', 'window-open', undefined],
    ['a moment later it is not', '2026-11-17T03:00:01', 'pass', 'window-not-preferred', undefined],
    ['at 16 it may start', '2026-11-17T06:00', 'pass', 'window-not-preferred', undefined],
    ['a moment later it would not be done', '2026-11-17T06:00:01', 'wait', 'window-too-short', '2026-11-17T23:00'],
    ['at 17 it is closed', '2026-11-17T07:00', 'wait', 'window-closed', '2026-11-17T23:00'],
  ])('%s', (_name, now, verdict, reason, until) => {
    expect(said(factsAt(now, helios('Australia/Brisbane')))).toEqual([[verdict, reason, until && `${until}:00.000Z`]]);
  });

  test('AEST has no daylight saving, Sydney has: in summer it opens an hour earlier there', () => {
    const reason = (zone: string, now: string) => said(factsAt(now, helios(zone)))[0]?.[1];
    expect(reason('Australia/Brisbane', '2026-11-16T22:30')).toBe('window-closed');
    expect(reason('Australia/Sydney', '2026-11-16T22:30')).toBe('window-not-preferred');
    expect(reason('Australia/Sydney', '2026-06-15T22:30')).toBe('window-closed');
  });

  test('the message says what is open, what the clock shows, and the next opening in the zone and in UTC', () => {
    const [rule] = judgeGates(factsAt('2026-11-16T01:00', helios('Australia/Brisbane')));
    expect(rule?.message).toBe(
      'Releases to prod start Tue-Thu 09:00-17:00; now it is Mon 2026-11-16 11:00 in Australia/Brisbane. ' +
        'The next opening is Tue 2026-11-17 09:00 Australia/Brisbane (2026-11-16 23:00 UTC).',
    );
    expect(rule?.next).toBe(
      'It goes on from Tue 2026-11-17 09:00 Australia/Brisbane (2026-11-16 23:00 UTC) on: by the clock, or with the operation `go`.',
    );
    const [short] = judgeGates(factsAt('2026-11-17T06:20', helios('Australia/Brisbane')));
    expect(short?.message).toContain('the window closes in 40 min, and a release takes up to 1 h');
  });

  test('a warning says when it would be better', () => {
    const [rule] = judgeGates(factsAt('2026-11-16T23:30', helios('Australia/Brisbane')));
    expect(rule?.message).toBe(
      '⚠ Not a preferred time: now it is Tue 2026-11-17 09:30 in Australia/Brisbane; Tue-Thu 10:00-14:00 is preferred, ' +
        'next from Tue 2026-11-17 10:00 Australia/Brisbane (2026-11-17 00:00 UTC) on.',
    );
  });
});

describe('a window', () => {
  test.each<[string, string, string, string]>([
    [
      'that is only preferred closes nothing',
      'prefer: Mon-Fri 09:00-17:00',
      '2026-11-21T00:00',
      'pass window-not-preferred',
    ],
    ['that never closes says no end', 'require: Mon-Sun', '2026-11-21T00:00', 'pass window-open'],
    ['over midnight is open on the next day', 'require: Fri 22:00-02:00', '2026-11-20T15:59', 'pass window-open'],
    ['over midnight closes', 'require: Fri 22:00-02:00', '2026-11-20T16:00', 'wait window-closed'],
    ['is open when one of several is', 'require: [Mon, Sat 10:00-11:00]', '2026-11-21T00:00', 'pass window-open'],
  ])('%s', (_name, windows, now, verdict) => {
    const rules = judgeGates(factsAt(now, `window: { zone: Australia/Brisbane, ${windows} }`));
    expect(rules.map(rule => `${rule.verdict} ${rule.reason}`)).toEqual([verdict]);
  });

  test('that does not come is a failure, not a wait for ever', () => {
    const facts = factsAt('2026-11-21T00:00', 'window: { zone: UTC, require: Mon 10:00-11:00 }');
    const window = { ...facts.plan.environment.gates.window, zone: 'UTC', takes: 7_200_000 };
    expect(said({ ...facts, plan: planOf('1.4.0', {}, { gates: { window } }) })).toEqual([
      ['fail', 'window-never-opens', undefined],
    ]);
  });
});

const freeze = `freeze:
  zone: Australia/Sydney
  dates: [2026-12-20 to 2027-01-05 Christmas, 2026-11-27 18:00 to 2026-11-30 06:00 Black Friday]
  last: 3 days of the quarter
  while-open: incident
  takes: 1h`;

describe('a freeze', () => {
  test.each<[string, string, string, string | undefined]>([
    ['is not yet', '2026-11-27T05:59', 'pass no-freeze', undefined],
    ['would be run into', '2026-11-27T06:01', 'wait freeze-ahead', '2026-11-29T19:00'],
    ['has begun', '2026-11-27T07:00', 'wait frozen', '2026-11-29T19:00'],
    ['is over', '2026-11-29T19:00', 'pass no-freeze', undefined],
    ['goes over the end of a quarter that is frozen, too', '2026-12-30T00:00', 'wait frozen', '2027-01-05T13:00'],
    ['at the end of a quarter', '2027-03-28T13:00', 'wait frozen', '2027-03-31T13:00'],
    ['a quarter ends with summer time', '2026-09-29T00:00', 'wait frozen', '2026-09-30T14:00'],
  ])('%s', (_name, now, verdict, until) => {
    const [rule] = judgeGates(factsAt(now, freeze));
    expect([`${rule?.verdict} ${rule?.reason}`, rule?.until?.slice(0, 16)]).toEqual([verdict, until]);
  });

  test('is of a file, too', () => {
    const holidays = [{ name: 'Show day', from: '2026-11-16T14:00:00.000Z', to: '2026-11-17T14:00:00.000Z' }];
    const [rule] = judgeGates(factsAt('2026-11-17T00:00', freeze, { holidays }));
    expect(rule?.message).toBe(
      'prod is frozen until Wed 2026-11-18 01:00 Australia/Sydney (2026-11-17 14:00 UTC): Show day.',
    );
  });

  test('is kept: a file that names no day of the year ahead is told', () => {
    const [rule] = judgeGates(factsAt('2026-11-17T00:00', 'freeze: { zone: UTC, holidays: days.yml }'));
    expect([rule?.verdict, rule?.reason]).toEqual(['pass', 'holidays-run-out']);
    expect(rule?.message).toBe('⚠ No day of the year ahead is in days.yml: are the holidays kept?');
  });

  test('says which one comes next', () => {
    const [rule] = judgeGates(factsAt('2026-11-17T00:00', freeze));
    expect(rule?.message).toBe(
      'Nothing freezes prod before Fri 2026-11-27 18:00 Australia/Sydney (2026-11-27 07:00 UTC): Black Friday.',
    );
  });

  test('while an incident is open nobody knows when it ends, so it fails', () => {
    const issue = {
      number: 7,
      title: 'Logins fail',
      url: 'https://github.com/acme/unifocus/issues/7',
      label: 'incident',
    };
    const rules = judgeGates(factsAt('2026-11-17T00:00', freeze, { issues: [issue] }));
    expect(rules.map(({ rule, verdict, reason }) => `${rule}: ${verdict} ${reason}`)).toEqual([
      'freeze: pass no-freeze',
      'freeze while open: fail issues-open',
    ]);
  });
});

test('what waits for a window and a freeze waits for the later of the two, and for nobody', () => {
  const facts = factsAt('2026-12-24T22:00', `${helios('Australia/Sydney')}\n${freeze}`);
  const { verdict } = judgeRelease({ ...facts, stage: 'plan', approval: { kind: 'ahead', reviewers: [] } });
  expect([verdict.verdict, verdict.until, verdict.missing]).toEqual(['wait', '2027-01-05T13:00:00.000Z', []]);
});

test('no window and no freeze stands in the way back', () => {
  const facts = factsAt('2026-12-24T22:00', `${helios('Australia/Sydney')}\n${freeze}`);
  expect(said({ ...facts, plan: { ...facts.plan, operation: 'rollback' } })).toEqual([]);
});
