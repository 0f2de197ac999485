import type { EnvironmentState, Recorded, Standing } from '../journal/state.ts';
import type { Plan } from '../plan/plan.ts';
import { digestOf, type Release, sameArtifacts, sameContent } from '../release.ts';
import { few } from '../report/few.ts';
import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

export const sameArtifactsRule = 'same artifacts';

/** The earlier environment ran and verified the same content, with the same artifacts. */
export function judgeEarlier({ plan, earlier }: GateFacts): readonly RuleVerdict[] {
  const { after, name } = plan.environment;
  if (after === undefined || plan.operation === 'rollback') return [];
  const { release } = plan;
  if (earlier === null) {
    const message = `What ${after} has verified is not known.`;
    return [rule('earlier environment', 'error', 'earlier-not-verified', message, { environment: after })];
  }
  const planned = plan.waves.flat().map(component => component.name);
  const lacking = ({ components }: Standing) => planned.filter(component => !components.includes(component));
  const candidates = earlier.known.filter(
    standing => sameContent(standing.release, release) && !isOfEarlierBuild(earlier, standing),
  );
  const verified = candidates.find(standing => lacking(standing).length === 0) ?? candidates[0];
  if (verified === undefined) {
    const runs = earlier.running?.release.version ?? 'nothing';
    const message = `${after} has not verified ${release.version} (commit ${release.sha.slice(0, 12)}); it runs ${runs}.`;
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
  const missing = lacking(verified);
  if (missing.length > 0) return [verifiedInPart(plan, after, verified, missing)];
  const how = verified.release.sha === release.sha ? 'this commit' : 'a commit of the same tree';
  const message = `${after} verified ${how} as ${verified.release.version} on ${minuteOf(verified.since)}.`;
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

/** Components can be released one at a time: what the earlier environment has verified of this release is not all that is asked for. */
function verifiedInPart(
  { environment: { name } }: Plan,
  after: string,
  { release, components }: Standing,
  missing: readonly string[],
): RuleVerdict {
  const message = `${after} has verified only ${few(components)} of ${release.version}; ${few(missing)} of it never ran there.`;
  const next = `Release ${few(missing)} of this commit to ${after} too, or only ${few(components)} to ${name}.`;
  const evidence = { environment: after, sha: release.sha, verified: components, missing };
  return rule('earlier environment', 'fail', 'earlier-not-verified', message, evidence, next);
}

/** Built again since it was verified: the artifact that is recorded now has not been. */
function isOfEarlierBuild(earlier: EnvironmentState, { release, since }: Standing): boolean {
  const { rebuilt } = recordOf(earlier, release) ?? {};
  return rebuilt !== undefined && Date.parse(rebuilt) > Date.parse(since);
}

/** Of this very commit: what was built of another one with the same content may never have run there. */
function recordOf({ recorded }: EnvironmentState, { sha }: Release): Recorded | undefined {
  return recorded.find(entry => entry.release.sha === sha);
}

function judgeArtifacts(plan: Plan, earlier: EnvironmentState, verified: Standing): RuleVerdict {
  const recorded = recordOf(earlier, verified.release)?.artifacts ?? {};
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
    return rule(sameArtifactsRule, 'pass', 'artifacts-same', message, evidence);
  }
  const message = `${different.join(', ')}: not the artifact that ${plan.environment.after} ran.`;
  return rule(sameArtifactsRule, 'fail', 'artifacts-differ', message, evidence);
}
