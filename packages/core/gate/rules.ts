import { formatDuration } from '../duration.ts';
import type { Evidence } from '../finding.ts';
import type { LockJudgement } from '../journal/lock.ts';
import { type EnvironmentState, type Standing, speaksAgainst } from '../journal/state.ts';
import type { Plan } from '../plan/plan.ts';
import type { Reason } from '../reasons.ts';
import { digestOf, type Release, sameArtifacts, sameContent } from '../release.ts';
import type { RuleVerdict, VerdictKind } from '../verdict.ts';

/** What the gate knows, besides the plan. Every rule is a function of this. */
export interface GateFacts {
  readonly plan: Plan;
  readonly state: EnvironmentState;
  /** The state of the earlier environment; null when the plan names none. */
  readonly earlier: EnvironmentState | null;
  readonly lock: LockJudgement;
  readonly now: number;
}

export function rule(
  name: string,
  verdict: VerdictKind,
  reason: Reason,
  message: string,
  evidence: Evidence = {},
  next?: string,
): RuleVerdict {
  return { rule: name, verdict, reason, message, evidence, ...(next === undefined ? {} : { next }) };
}

/** What no click can change: judged in the plan job, and once more right before the change. */
export function judgeEvidence(facts: GateFacts): readonly RuleVerdict[] {
  return [...judgeEarlier(facts), judgeHolds(facts), judgeLockRule(facts), judgeWayBack(facts)];
}

function judgeEarlier({ plan, earlier }: GateFacts): readonly RuleVerdict[] {
  const { after, name } = plan.environment;
  if (after === undefined || plan.operation === 'rollback') return [];
  const { release } = plan;
  if (earlier === null) {
    const message = `What ${after} has verified is not known.`;
    return [rule('earlier environment', 'error', 'earlier-not-verified', message, { environment: after })];
  }
  const verified = earlier.known.find(
    standing => sameContent(standing.release, release) && !isOfEarlierBuild(earlier, standing),
  );
  if (verified === undefined) {
    const runs = earlier.running?.release.version ?? 'nothing';
    const message = `${after} has not verified ${release.version} (commit ${short(release.sha)}); it runs ${runs}.`;
    const next = `Release this commit to ${after} first; ${name} takes it once ${after} has verified it.`;
    return [
      rule(
        'earlier environment',
        'fail',
        'earlier-not-verified',
        message,
        { environment: after, sha: release.sha },
        next,
      ),
    ];
  }
  if (verified.apart !== undefined) return [judgeApart(after, verified, verified.apart)];
  const how = verified.release.sha === release.sha ? 'this commit' : 'a commit of the same tree';
  const message = `${after} verified ${how} as ${verified.release.version} on ${day(verified.since)}.`;
  const evidence = { environment: after, sha: verified.release.sha, since: verified.since, run: verified.run.url };
  return [
    rule('earlier environment', 'pass', 'earlier-verified', message, evidence),
    judgeArtifacts(plan, earlier, verified),
  ];
}

/** What was brought back there alone is not to be promoted: the rest was never verified with what is planned here. */
function judgeApart(after: string, { release }: Standing, apart: Readonly<Record<string, Release>>): RuleVerdict {
  const parts = Object.entries(apart).map(([component, { version }]) => `${component} of ${version}`);
  const message = `${after} runs ${release.version} with ${parts.join(', ')}: that part of it was brought back.`;
  const evidence = { environment: after, sha: release.sha, apart: Object.keys(apart) };
  const next = `Release a commit to ${after} that puts it right.`;
  return rule('earlier environment', 'fail', 'earlier-not-verified', message, evidence, next);
}

/** Built again since it was verified: the artifact that is recorded now has not been. */
function isOfEarlierBuild({ recorded }: EnvironmentState, { release, since }: Standing): boolean {
  const { rebuilt } = recorded.find(entry => sameContent(entry.release, release)) ?? {};
  return rebuilt !== undefined && Date.parse(rebuilt) > Date.parse(since);
}

function judgeArtifacts(plan: Plan, earlier: EnvironmentState, verified: Standing): RuleVerdict {
  const recorded = earlier.recorded.find(entry => sameContent(entry.release, verified.release))?.artifacts ?? {};
  const planned = plan.waves.flat().map(component => component.name);
  // Both ways: an artifact that the plan lost on its way is another one than what ran.
  const different = [...new Set([...planned, ...Object.keys(plan.artifacts)])].filter(
    component => !sameArtifacts(plan.artifacts[component], recorded[component]),
  );
  const evidence = Object.fromEntries(
    Object.entries(plan.artifacts).map(([name, artifacts]) => [name, digestOf(artifacts) ?? '']),
  );
  if (different.length === 0) {
    const message = `Exactly the artifacts that ${plan.environment.after} ran.`;
    return rule('same artifacts', 'pass', 'artifacts-same', message, evidence);
  }
  const message = `${different.join(', ')}: not the artifact that ${plan.environment.after} ran.`;
  return rule('same artifacts', 'fail', 'artifacts-differ', message, evidence);
}

/** Judged in both jobs, and once more under the lock: a hold that was set meanwhile stops the change. */
export function judgeHolds({ plan, state, now }: Pick<GateFacts, 'plan' | 'state' | 'now'>): RuleVerdict {
  const components = plan.waves.flat().map(component => component.name);
  const holds = state.holds.filter(
    hold =>
      // A time that cannot be read ends no hold.
      !(hold.until !== undefined && Date.parse(hold.until) <= now) &&
      (hold.version === undefined || hold.version === plan.release.version) &&
      (hold.component === undefined || components.includes(hold.component)),
  );
  // The way back out of trouble stays open: a hold on the environment stops promotions, not a rollback.
  const goal = state.known.find(standing => isSame(standing.release, plan.release));
  const binding =
    plan.operation === 'rollback'
      ? holds.filter(hold => hold.version !== undefined && (goal === undefined || speaksAgainst(hold, goal)))
      : holds;
  const [first] = binding;
  if (first === undefined) return rule('holds', 'pass', 'no-hold', 'No hold applies.');
  const what = [first.component ?? [], first.version ?? []].flat().join(' of ') || plan.environment.name;
  const until = first.until === undefined ? '' : ` until ${first.until}`;
  const message = `${what} is held by ${first.owner} since ${day(first.since)}${until}: ${first.reason}`;
  const evidence = { holds: binding.map(hold => `${hold.id}: ${hold.reason}`) };
  return rule('holds', 'fail', 'held', message, evidence, `Clear it with \`hold\`: operation clear, id ${first.id}.`);
}

function judgeLockRule({ lock }: GateFacts): RuleVerdict {
  switch (lock.kind) {
    case 'free':
    case 'mine':
      return rule('lock', 'pass', 'lock-free', 'No other run is changing the environment.');
    case 'abandoned': {
      const message = `The lock of ${lock.lock.run.url} is left over from a run that has ended; it is taken over.`;
      return rule('lock', 'pass', 'lock-free', message, { run: lock.lock.run.url });
    }
    case 'held': {
      const unknown = lock.life === 'unknown' ? ' (whether that run still lives could not be read)' : '';
      const message = `${lock.lock.run.actor} has been changing the environment since ${lock.lock.since}${unknown}: ${lock.lock.reason}`;
      const next = `Wait for ${lock.lock.run.url}, or cancel it: the lock of a run that has ended is taken over by itself.`;
      return rule('lock', 'fail', 'environment-locked', message, { run: lock.lock.run.url }, next);
    }
  }
}

/** A person approved a change from what ran when the page was made; from anywhere else it is another change. */
export function judgeStart({ plan, state }: GateFacts): readonly RuleVerdict[] {
  const now = state.running?.release;
  if (plan.environment.approve === undefined || isSame(now, plan.runs) || isSame(now, plan.release)) return [];
  const { name } = plan.environment;
  const message = `${name} ran ${plan.runs?.version ?? 'nothing'} when the page was made that was approved; now it runs ${now?.version ?? 'nothing'}.`;
  return [rule('what runs', 'fail', 'start-changed', message, { before: plan.runs?.sha ?? '', now: now?.sha ?? '' })];
}

function isSame(one: Release | undefined, other: Release | undefined): boolean {
  return one?.sha === other?.sha && one?.version === other?.version;
}

function judgeWayBack({ state }: GateFacts): RuleVerdict {
  const { verified } = state;
  if (verified === null) {
    const message = 'Nothing has been verified here yet, so a failure leaves only what ran before.';
    return rule('way back', 'pass', 'nothing-deployed-yet', message);
  }
  const message = `A failure goes back to ${verified.release.version}, verified ${day(verified.since)}.`;
  return rule('way back', 'pass', 'way-back-known', message, {
    version: verified.release.version,
    sha: verified.release.sha,
  });
}

export function withinText(within: number | undefined): string {
  return within === undefined ? '' : ` within ${formatDuration(within)}`;
}

function short(sha: string): string {
  return sha.slice(0, 12);
}

function day(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
