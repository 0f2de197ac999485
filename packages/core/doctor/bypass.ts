import type { Sought } from '../gate/sought.ts';
import { few } from '../report/few.ts';
import type { BypassActor, DoctorFacts, Ruleset } from './facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from './finding.ts';

/** What keeps something as it is. Each of the rulesets does so by itself: the deed takes somebody who may pass by all of them. */
export interface Guard {
  /** `move`, `delete` or `push back` */
  readonly deed: string;
  /** `vX.Y.Z`, `release-journal/prod` */
  readonly what: string;
  /** Their ids. */
  readonly rulesets: readonly number[];
}

/** Who may pass by the rulesets that keep journals and tags as they are. One that others make up for is not spoken of. */
export function examineBypass(facts: DoctorFacts, guards: readonly Guard[]): readonly DoctorFinding[] {
  const keeps = (id: number) => {
    const ruleset = rulesetOf(facts, id);
    return ruleset.known && ruleset.value.bypass.known && strangersOf(ruleset.value.bypass.value).length === 0;
  };
  const ids = [...new Set(guards.flatMap(({ rulesets }) => rulesets))];
  return ids.flatMap(id => {
    const resting = guards.filter(({ rulesets }) => rulesets.includes(id) && !rulesets.some(keeps));
    if (resting.length === 0 && !keeps(id)) return [];
    const ruleset = rulesetOf(facts, id);
    const about = `${ruleset.known ? titleOf(ruleset.value) : `ruleset ${id}`}: who may pass by it`;
    if (!ruleset.known) return unknown(about, ruleset.finding);
    const { bypass } = ruleset.value;
    if (!bypass.known) return unknown(about, bypass.finding);
    return resting.length === 0
      ? ok(about, whyFine(ruleset.value, bypass.value), evidenceOf(bypass.value))
      : looseOf(about, ruleset.value, bypass.value, resting);
  });
}

function rulesetOf({ tagRulesets, journalRulesets }: DoctorFacts, id: number): Sought<Ruleset> {
  const ofTags = tagRulesets.known ? tagRulesets.value.find(ruleset => ruleset.id === id) : undefined;
  const ruleset = ofTags === undefined ? journalRulesets[id] : ({ known: true, value: ofTags } as const);
  if (ruleset === undefined) throw new Error(`nobody looked up the ruleset ${id}`);
  return ruleset;
}

function looseOf(
  about: string,
  ruleset: Ruleset,
  actors: readonly BypassActor[],
  guards: readonly Guard[],
): DoctorFinding {
  // Whether somebody is on the lists of several cannot be seen: teams and roles have members.
  const alone = guards.filter(({ rulesets }) => rulesets.length === 1);
  const deeds = alone.length > 0 ? deedsOf(alone) : `${deedsOf(guards)}, unless another ruleset stops them`;
  const message = `On its bypass list: ${few(strangersOf(actors).map(nameOf))}, who could ${deeds}.`;
  const next = `Take them off the bypass list of the ${titleOf(ruleset)}.`;
  return wrong(about, message, { next }, evidenceOf(actors));
}

/** `delete or push back release-journal/dev, release-journal/prod` */
function deedsOf(guards: readonly Guard[]): string {
  const byWhat = Map.groupBy(guards, ({ what }) => what);
  const kinds = [...byWhat].map(([what, some]) => ({ what, deeds: [...new Set(some.map(({ deed }) => deed))] }));
  const byDeeds = Map.groupBy(kinds, ({ deeds }) => deeds.join(' or '));
  return [...byDeeds].map(([deeds, some]) => `${deeds} ${few(some.map(({ what }) => what))}`).join(', and ');
}

function whyFine({ of }: Ruleset, actors: readonly BypassActor[]): string {
  if (actors.length === 0) return 'Nobody is on its bypass list.';
  const counted = actors.filter(counts);
  if (counted.length === 0) {
    return 'Its bypass list is for pull requests only, which delete nothing and push nothing back.';
  }
  // Those of a repository cannot change what its organisation has made.
  return of === undefined || counted.every(({ type }) => owners.includes(type))
    ? 'Only administrators may pass by it, who could change it anyway.'
    : 'Only administrators may pass by it.';
}

/** Who counts on a bypass list, and administrates neither the repository nor what it belongs to. */
function strangersOf(actors: readonly BypassActor[]): readonly BypassActor[] {
  return actors.filter(actor => counts(actor) && !administrates(actor));
}

/** In pull requests nothing is deleted, moved or pushed back. What GitHub may come to call otherwise counts. */
function counts({ mode }: BypassActor): boolean {
  return mode !== 'pull_request';
}

const owners = ['OrganizationAdmin', 'EnterpriseOwner'];

/** GitHub’s own roles by their number; others are those that an organisation has made. */
const roles: Readonly<Record<number, string>> = { 2: 'maintain', 4: 'write', 5: 'admin' };

function administrates({ type, id }: BypassActor): boolean {
  return owners.includes(type) || (type === 'RepositoryRole' && id !== undefined && roles[id] === 'admin');
}

const kinds: Readonly<Record<string, string>> = {
  OrganizationAdmin: 'the owners of the organisation',
  EnterpriseOwner: 'the owners of the enterprise',
  DeployKey: 'every deploy key',
  RepositoryRole: 'the role',
  Integration: 'the app',
  Team: 'the team',
  User: 'the user',
};

function nameOf({ type, id }: BypassActor): string {
  const kind = kinds[type] ?? type;
  if (id === undefined || type === 'OrganizationAdmin') return kind;
  return `${kind} ${(type === 'RepositoryRole' ? roles[id] : undefined) ?? id}`;
}

function titleOf({ name, of }: Ruleset): string {
  return of === undefined ? `ruleset ${name}` : `ruleset ${name} of ${of}`;
}

function evidenceOf(actors: readonly BypassActor[]) {
  return { bypass: actors.map(actor => `${nameOf(actor)} (${actor.mode})`) };
}
