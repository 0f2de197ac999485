import type { Environment } from '../flow/environment.ts';
import { sourcesOf } from './branches.ts';
import type { DoctorFacts } from './facts.ts';
import { type DoctorFinding, ok, unknown } from './finding.ts';
import { asFarAsRead, rulesFor } from './rules.ts';

/**
 * A pipeline that starts on push starts before any gate. One of three things holds it: a required check on the pull request, the
 * suite, which starts it itself, or entry conditions of the pipeline.
 */
export function examinePipelines(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.values(facts.flow.environments).flatMap(environment =>
    Object.entries(facts.flow.components)
      .filter(([, { target }]) => target === 'codepipeline')
      .flatMap(([name, { start }]) => {
        const own = environment.components[name]?.start ?? start ?? 'adopt';
        const about = `pipeline of ${name} in ${environment.name}`;
        if (own === 'start') return [ok(about, 'The release starts it, behind every gate.', { way: 'the suite' })];
        return examineOnPush(facts, environment, about);
      }),
  );
}

function examineOnPush(facts: DoctorFacts, environment: Environment, about: string): readonly DoctorFinding[] {
  return sourcesOf(environment, facts.defaultBranch).map(branch => {
    const found = rulesFor(facts, branch);
    const checks = found.rules.flatMap(rule => rule.checks ?? []);
    const pulls = found.rules.some(({ type }) => type === 'pull_request');
    if (pulls && checks.length > 0) {
      const message = `A push to ${branch} starts it, and its rules ask for a pull request and required checks. Who may pass by them was not looked at.`;
      return ok(about, message, { way: 'required checks', branch, checks });
    }
    const lacking = [...(pulls ? [] : ['a pull request']), ...(checks.length > 0 ? [] : ['checks'])].join(' and ');
    const finding = unknown(about, {
      reason: 'nothing-checked',
      message: `A push to ${branch} starts it before any gate: no rule requires ${lacking} there. Whether the pipeline has entry conditions was not read.`,
      evidence: { branch, checks },
      next: `Require a pull request and the check of checks.yml for ${branch}; or write \`start: start\`, and the release starts it; or give the pipeline (V2) entry conditions.`,
    });
    return asFarAsRead(found, finding);
  });
}
