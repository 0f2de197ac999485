import { formatDuration } from '../duration.ts';
import type { SoakPolicy } from '../flow/gates/soak.ts';
import type { EnvironmentState, Standing } from '../journal/state.ts';
import { sameContent } from '../release.ts';
import { few } from '../report/few.ts';
import { minuteAt, minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import { countText, namesOf, troubleOf } from './alarms.ts';
import type { GateFacts } from './facts.ts';
import type { SoakAlarm } from './lookups.ts';
import { goesOnFrom, rule } from './rule.ts';
import { judgeSeen } from './seen.ts';
import type { Seen } from './sought.ts';

const name = 'soak';

interface Asked {
  readonly policy: SoakPolicy;
  readonly found: Seen<readonly SoakAlarm[]> | null;
  readonly facts: GateFacts;
}

/**
 * The earlier environment has run this very release without a break, and none of its alarms has rung. Every release there, every rollback and
 * every alarm starts the time anew.
 */
export function judgeSoak({ policy, found, facts }: Asked): readonly RuleVerdict[] {
  const { plan, earlier } = facts;
  const after = plan.environment.after ?? 'the earlier environment';
  if (earlier === null) {
    return [rule(name, 'error', 'earlier-not-verified', `What ${after} has verified is not known.`)];
  }
  const standing = standingOf(facts, earlier);
  if (standing === undefined) return [notRunning(facts, earlier, after)];
  if (policy.alarms.length === 0) {
    const told = `No alarm of ${after} is named, so only its journal says so.`;
    return [judgeTime({ policy, facts, standing, rang: [], after, told })];
  }
  if (found === null) return [rule(name, 'error', 'gate-not-looked-up', `Nobody looked up the alarms of ${after}.`)];
  return judgeSeen(name, found, facts, alarms => {
    const trouble = troubleOf(name, policy.alarms, alarms);
    const told = `${countText(alarms)} OK.`;
    return [trouble ?? judgeTime({ policy, facts, standing, rang: alarms, after, told })];
  });
}

/** What runs there, where that is this release, whole, verified and nobody is changing it. */
function standingOf({ plan }: GateFacts, { running, attempt }: EnvironmentState): Standing | undefined {
  if (running === null || attempt !== null || running.apart !== undefined) return undefined;
  return sameContent(running.release, plan.release) ? running : undefined;
}

function notRunning({ plan }: GateFacts, { running, attempt }: EnvironmentState, after: string): RuleVerdict {
  const { version, sha } = plan.release;
  const under = attempt === null ? '' : `, and a release of ${attempt.release.version} is not finished there`;
  const message = `${after} runs ${running?.release.version ?? 'nothing'}${under}: ${version} is not what soaks there.`;
  const next = `Release ${version} to ${after}, and leave it there for as long as is asked for.`;
  return rule(name, 'fail', 'not-soaking', message, { environment: after, sha }, next);
}

interface Times {
  readonly policy: SoakPolicy;
  readonly facts: GateFacts;
  readonly standing: Standing;
  readonly rang: readonly SoakAlarm[];
  readonly after: string;
  /** How it is known that all was well. */
  readonly told: string;
}

function judgeTime({ policy, facts, standing, rang, after, told }: Times): RuleVerdict {
  const deployed = Date.parse(standing.since);
  const late = rang.filter(({ rangUntil = 0 }) => rangUntil > deployed);
  const start = Math.max(deployed, ...late.map(({ rangUntil = 0 }) => rangUntil));
  const soaked = facts.now - start;
  const since = `${minuteAt(start)} UTC`;
  const evidence = { environment: after, since: standing.since, start: new Date(start).toISOString() };
  const why = late.length === 0 ? '' : `, when ${few(namesOf(late))} stopped ringing`;
  const runs = `${after} runs ${standing.release.version}, and all was well since ${since}${why}`;
  if (soaked >= policy.for) {
    return rule(name, 'pass', 'soaked', `${runs}: for ${formatDuration(soaked)}. ${told}`, evidence);
  }
  const until = new Date(start + policy.for).toISOString();
  const message = `${runs}: for ${formatDuration(soaked)} of ${formatDuration(policy.for)}. ${told}`;
  const next = goesOnFrom(`${minuteOf(until)} UTC`);
  return { ...rule(name, 'wait', 'soaking', message, { ...evidence, until }, next), until };
}
