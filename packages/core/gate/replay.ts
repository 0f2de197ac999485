import { inOrder } from '../journal/audit.ts';
import type { JournalEvent } from '../journal/event.ts';
import { foldAll } from '../journal/fold.ts';
import { emptyState } from '../journal/state.ts';
import { readPlan } from '../plan/plan.ts';
import { isSame } from '../release.ts';
import type { RuleVerdict, Verdict } from '../verdict.ts';
import { judgeRelease } from './judge.ts';
import { type JournalPoint, type RecordedFacts, recallFacts } from './record.ts';

/** A judgement as the journal has it. */
export type JudgedEvent = Extract<JournalEvent, { type: 'judged' }>;

/** All events of each environment that is at hand, in their order, from the first. */
export type Journals = Readonly<Record<string, readonly JournalEvent[]>>;

export interface NumberedJudgement {
  readonly environment: string;
  /** The number of its event. */
  readonly number: number;
  readonly event: JudgedEvent;
}

/** What follows from the facts of a judgement today, held against what was written down then. */
export type Replay =
  | { readonly kind: 'same'; readonly verdict: Verdict }
  | { readonly kind: 'different'; readonly verdict: Verdict; readonly differences: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Judges again, from nothing but the facts that the journal keeps. */
export function replay(judgement: NumberedJudgement, journals: Journals): Replay {
  const { event } = judgement;
  const facts = readFacts(event.facts);
  if (facts === undefined)
    return unreadable('Its facts are not those of a judgement, or of a version that is not known.');
  for (const point of [facts.state, ...(facts.earlier === null ? [] : [facts.earlier])]) {
    const missing = missingFor(point, journals);
    if (missing !== undefined) return unreadable(missing);
  }
  try {
    const { verdict } = judgeRelease(recallFacts(facts, point => stateAt(point, journals)));
    const differences = [...foreignFacts(judgement, facts), ...differencesOf(event, verdict)];
    return differences.length === 0 ? { kind: 'same', verdict } : { kind: 'different', verdict, differences };
  } catch (error) {
    // Facts of another shape than any rule of this version was written for.
    return unreadable(
      `It cannot be judged by this version: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function unreadable(why: string): Replay {
  return { kind: 'unreadable', why };
}

function readFacts(value: unknown): RecordedFacts | undefined {
  const facts = (typeof value === 'object' ? value : null) as Partial<RecordedFacts> | null;
  if (facts === null || readPlan(JSON.stringify(facts.plan ?? null)) === undefined) return undefined;
  const points = [facts.state, ...(facts.earlier === null ? [] : [facts.earlier])];
  const whole =
    points.every(point => typeof point?.environment === 'string' && Number.isSafeInteger(point.sequence)) &&
    (facts.stage === 'plan' || facts.stage === 'release') &&
    typeof facts.now === 'number' &&
    [facts.lock, facts.found, facts.approval].every(member => typeof member === 'object' && member !== null);
  return whole ? (facts as RecordedFacts) : undefined;
}

function missingFor({ environment, sequence }: JournalPoint, journals: Journals): string | undefined {
  const events = journals[environment];
  if (events === undefined) return `It was judged with the journal of ${environment}, which is not at hand.`;
  if (events.length >= sequence) return undefined;
  return `It was judged after event ${sequence} of ${environment}, and the journal at hand ends with event ${events.length}.`;
}

function stateAt({ environment, sequence }: JournalPoint, journals: Journals) {
  return foldAll(emptyState(environment), (journals[environment] ?? []).slice(0, sequence));
}

/** Facts that cannot be those of this event: its verdict would follow from them, and yet say nothing of its release. */
function foreignFacts({ environment, number, event }: NumberedJudgement, facts: RecordedFacts): readonly string[] {
  const { plan, state, stage, earlier, now } = facts;
  const after = plan.environment.after;
  return [
    ...(isSame(plan.release, event.release)
      ? []
      : [`the event is about ${event.release.version}, its facts about ${plan.release.version}`]),
    ...(stage === event.stage ? [] : [`the event is of the stage ${event.stage}, its facts of ${stage}`]),
    ...(plan.environment.name === environment && state.environment === environment
      ? []
      : [`the journal is that of ${environment}, its facts are of ${plan.environment.name} and ${state.environment}`]),
    ...(earlier?.environment === after ? [] : [`the plan comes after ${after ?? 'no environment'}, its facts do not`]),
    ...(state.sequence < number ? [] : [`event ${number} cannot be judged after event ${state.sequence}`]),
    ...(now <= Date.parse(event.at) ? [] : [`it was written at ${event.at}, before the time of its facts`]),
  ];
}

function differencesOf(event: JudgedEvent, verdict: Verdict): readonly string[] {
  const [then, now] = [`${event.verdict} (${event.reason})`, `${verdict.verdict} (${verdict.reason})`];
  return [...(then === now ? [] : [saying('verdict', then, now)]), ...differencesOfRules(event.rules, verdict.rules)];
}

/**
 * Rules are held against each other by name, several of one name in their order. Their words count, too, for there are facts in them;
 * another version of the suite may have other words, and then that is what is told.
 */
function differencesOfRules(then: readonly RuleVerdict[], now: readonly RuleVerdict[]): readonly string[] {
  const [before, after] = [byName(then), byName(now)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap(name => {
    const [one, other] = [before.get(name), after.get(name)];
    if (inOrder(one) === inOrder(other)) return [];
    const texts = [textOf(one), textOf(other)] as const;
    return [texts[0] === texts[1] ? `${name}: told in other words` : saying(name, ...texts)];
  });
}

function byName(rules: readonly RuleVerdict[]): ReadonlyMap<string, RuleVerdict> {
  return new Map(
    rules.map((rule, index) => {
      const earlier = rules.slice(0, index).filter(other => other.rule === rule.rule).length;
      return [earlier === 0 ? rule.rule : `${rule.rule} (${earlier + 1})`, rule];
    }),
  );
}

function textOf(rule: RuleVerdict | undefined): string {
  if (rule === undefined) return 'nothing';
  const { verdict, reason, message, evidence, until, missing = [] } = rule;
  const more = [
    ...Object.entries(evidence).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    ...(until === undefined ? [] : [`until: ${until}`]),
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
  ];
  return `${verdict} (${reason}), “${message}”${more.length === 0 ? '' : ` ${more.join(', ')}`}`;
}

function saying(what: string, then: string, now: string): string {
  return `${what}: the journal says ${then}; from its facts follows ${now}`;
}
