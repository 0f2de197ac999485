import { minutesOf, parseWindow, type WeeklyWindow } from '../../calendar/weekly-window.ts';
import { breakableRules } from '../break-glass.ts';
import type { environmentKeys } from '../environment.ts';
import { asList } from '../fields.ts';
import type { GateName } from '../gates/registry.ts';
import { asRecord, isRecord, type RawRecord, textsAt } from '../raw.ts';
import {
  atLeast,
  atMost,
  byRank,
  fewer,
  type Loosening,
  more,
  namesOrAll,
  type Part,
  parts,
  same,
  type Tighten,
} from './tighten.ts';

type Key = keyof typeof environmentKeys;

const demanded = byRank('allow', 'require');

/** Every time at which the repository lets a release start is one at which the policy does. */
const within: Tighten = (asked, own, at) => {
  const [ofPolicy, ofOwn] = [asked, own].map(value => minutesOf(windowsOf(value)));
  const inside = ofOwn?.every((open, minute) => !open || ofPolicy?.[minute] === true) ?? false;
  if (inside) return { value: own, loosened: [] };
  const message = `opens outside of ${asList(asked)
    .map(each => `\`${String(each)}\``)
    .join(', ')} of the policy`;
  return { value: own, loosened: [{ path: at, message, asked: at }] };
};

function windowsOf(value: unknown): readonly WeeklyWindow[] {
  return textsAt(value, []).flatMap(({ text }) => {
    const reading = parseWindow(text);
    return reading.ok ? [reading.value] : [];
  });
}

const part = (tighten: Tighten): Part => ({ tighten });

/** How each key is tightened: every gate, and what else an organisation may say. Where something is, and how it is looked at, is the repository’s alone. */
const keys = {
  from: fewer,
  tags: parts({
    annotated: part(demanded),
    signed: part(demanded),
    branch: part(fewer),
    hotfix: { tighten: fewer, impliedBy: 'branch' },
    'hotfix-from': { tighten: same, impliedBy: 'hotfix' },
    package: part(more),
  }),
  checks: parts({ require: part(more), allow: { tighten: fewer, impliedBy: 'require' } }, value =>
    isRecord(value) ? value : { require: value },
  ),
  after: same,
  approve: parts({ by: part(fewer), within: part(atMost), count: part(atLeast) }),
  window: parts({ zone: part(same), require: part(within), prefer: part(within), takes: part(atLeast) }),
  freeze: parts({
    zone: part(same),
    dates: part(more),
    last: part(more),
    holidays: part(more),
    'while-open': part(more),
    takes: part(atLeast),
  }),
  reviews: more,
  'no-open-issues': more,
  soak: parts({ for: part(atLeast), alarms: part(more) }, value => (isRecord(value) ? value : { for: value })),
  'alarms-ok': parts({ here: part(more), earlier: part(more) }, value => (isRecord(value) ? value : { here: value })),
  'stack-complete': namesOrAll,
  backups: more,
  'way-back': namesOrAll,
  checklist: same,
  migrations: parts({ files: part(more), irreversible: part(more), components: { tighten: same, impliedBy: 'files' } }),
  'break-glass': parts({ rules: part(fewer), by: part(fewer), reviews: part(more), review: part(atMost) }),
  watch: parts({
    for: part(atLeast),
    'fail-if': part(more),
    alarms: part(more),
    database: part(more),
    'target-group': part(more),
    'load-balancer': part(more),
    api: part(more),
    function: part(more),
  }),
  'on-failure': same,
} satisfies Record<GateName, Tighten> & { readonly [Name in Key]?: Tighten };

/** What an organisation may say of environments. */
export const policyKeys: readonly string[] = Object.keys(keys);

const environment = parts(Object.fromEntries(Object.entries(keys).map(([key, tighten]) => [key, part(tighten)])));

/** An environment of the repository under that of the policy. `asked` has policy keys alone; every other key is the repository’s own. */
export function tightenEnvironment(asked: RawRecord, own: RawRecord, at: readonly string[]) {
  const { value, loosened } = environment(asked, own, at);
  return { value: asRecord(value), loosened: [...loosened, ...brokenRules(asked, own, at)] };
}

/** An emergency may leave aside what the repository asks for by itself; of what the policy asks for, what the policy says. */
function brokenRules(asked: RawRecord, own: RawRecord, at: readonly string[]): readonly Loosening[] {
  if (Object.hasOwn(asked, 'break-glass')) return [];
  const path = [...at, 'break-glass', 'rules'];
  return textsAt(asRecord(own['break-glass']).rules, path)
    .filter(({ text }) => breakableRules.some(rule => rule === text) && Object.hasOwn(asked, text))
    .map(entry => ({
      path: entry.path,
      message: `the policy asks for \`${entry.text}\`, and lets no emergency break it`,
      asked: [...at, entry.text],
    }));
}
