import type { SoakAlarm } from '#core/gate/lookups';
import { at, type Examples, judged, known, planUnder, release, some, stateOf } from './example.ts';

const calm: SoakAlarm = { name: 'unifocus-stage-orders', state: 'OK', reason: 'Threshold Crossed' };
const errors: SoakAlarm = { ...calm, name: 'unifocus-stage-5xx' };

/** What gates see of the clock, of the commit and of AWS. */
export const evidence: Examples = {
  window: yaml => {
    const ofNow = (now: string) =>
      judged(planUnder(yaml), ['window'], { now: at(now), found: { window: known(null) } });
    return [ofNow('2026-11-16T01:00'), ofNow('2026-11-16T23:30')];
  },
  freeze: yaml => {
    const issue = {
      number: 7,
      title: 'Logins fail',
      url: 'https://github.com/acme/unifocus/issues/7',
      label: 'incident',
    };
    const found = { freeze: known({ holidays: [], issues: [issue] }) };
    return [judged(planUnder(yaml), ['freeze', 'freeze while open'], { now: at('2026-11-27T22:00'), found })];
  },
  checks: yaml => {
    const check = { kind: 'check', id: 1, url: 'https://github.com/acme/notes/actions/runs/7/job/9' } as const;
    const found = [
      { ...check, name: 'lint', conclusion: 'success' },
      { ...check, name: 'test', conclusion: 'failure' },
    ];
    return [judged(planUnder(yaml), ['check lint', 'check test'], { found: { checks: known(found) } })];
  },
  'no-open-issues': yaml => {
    const issue = {
      number: 7,
      title: 'Logins fail',
      url: 'https://github.com/acme/unifocus/issues/7',
      label: 'critical',
    };
    return [judged(planUnder(yaml), ['open issues'], { found: { 'no-open-issues': known([issue]) } })];
  },
  soak: yaml => {
    const found = { soak: known(known([{ ...calm, rangUntil: at('2026-11-17T02:17') }, errors])) };
    const soak = (running: string) =>
      judged(planUnder(yaml), ['soak'], { now: at('2026-11-18T01:17'), earlier: stateOf('stage', running), found });
    return [[...soak('1.4.0'), ...soak('1.4.1')]];
  },
  'alarms-ok': yaml => {
    const rings = { ...calm, name: 'unifocus-prod-orders', state: 'ALARM', since: at('2026-11-17T02:12') } as const;
    const here = known([rings]);
    const earlier = known([calm, { ...errors, state: 'INSUFFICIENT_DATA' } as const]);
    const looked = judged(planUnder(yaml), ['alarms', 'earlier alarms'], {
      found: { 'alarms-ok': known({ here, earlier }) },
    });
    const without = planUnder(yaml.replace(/^ *read-role: .*333333333333.*\n/m, ''));
    const later = judged(without, ['alarms'], {
      stage: 'plan',
      approval: { kind: 'ahead', reviewers: [] },
      found: { 'alarms-ok': known({ here: { known: 'later' }, earlier }) },
    });
    return [looked, later];
  },
  'stack-complete': yaml => {
    const reason = 'Resource handler returned message: "…"';
    const found = [known({ status: 'UPDATE_COMPLETE' }), known({ status: 'UPDATE_ROLLBACK_COMPLETE', reason })];
    return [judged(planUnder(yaml), ['earlier stacks'], { found: { 'stack-complete': known(found) } })];
  },
  backups: yaml => {
    const there = (time: string) => known({ kind: 'there', at: at(time), id: 'nightly' } as const);
    const recent = there('2026-11-17T00:11');
    const old = there('2026-11-15T12:16');
    const off = known({ kind: 'off' } as const);
    const absent = known({ kind: 'absent' } as const);
    const said = (found: readonly (typeof recent | typeof off | typeof absent)[], verified?: string) =>
      judged(planUnder(yaml), ['backups'], {
        state: stateOf('prod', verified),
        found: { backups: known(found) },
      });
    const later = said([recent, recent, old, off], '1.3.0');
    return [[...some(later, 0), ...some(said([absent, absent, old, off]), 0), ...some(later, 2, 3)]];
  },
  'way-back': yaml => {
    const seen = known(['There is no image sha256:6c3f… in unifocus-prod-api.']);
    const found = { 'way-back': known([{ component: 'api', seen }]) };
    return [judged(planUnder(yaml), ['what to go back to'], { state: stateOf('prod', '1.3.0'), found })];
  },
  migrations: yaml => {
    const final = 'db/3_irreversible.sql';
    const migrations = known({ files: 2, some: ['db/2_teams.sql', final], irreversible: [final] });
    const ahead = planUnder(yaml, { migrations });
    const older = { release: release('1.3.0'), from: ahead.release };
    const back = planUnder(yaml, { migrations, operation: 'rollback', why: 'logins fail', ...older });
    const found = { migrations: known(null) };
    return [[...judged(ahead, ['migrations'], { found }), ...judged(back, ['migrations'])]];
  },
};
