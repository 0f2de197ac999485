import type { DoctorFacts, SubjectSettings } from './facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from './finding.ts';

/** Whether OIDC tokens name the environment, by which the trust policy of a role lets in the job behind the click alone. */
export function examineSubject({ repository, subject, flow }: DoctorFacts): readonly DoctorFinding[] {
  if (Object.values(flow.environments).every(({ role }) => role === undefined)) return [];
  const about = 'OIDC subject';
  return [subject.known ? examineClaims(about, repository, subject.value) : unknown(about, subject.finding)];
}

function examineClaims(about: string, repository: string, { custom, claims }: SubjectSettings): DoctorFinding {
  if (!custom) return ok(about, 'Tokens of a job in an environment have that environment in their subject.');
  if (claims.includes('environment') || claims.includes('context')) {
    return ok(about, `The subject is made of ${claims.join(', ')}, the environment among them.`, { claims });
  }
  const message = `The subject of tokens is made of ${claims.join(', ')}, which do not say the environment: every job of the repository has the same.`;
  const next = 'Take up `context` or `environment` into the subject, or go back to the default.';
  const script = [`gh api --method PUT repos/${repository}/actions/oidc/customization/sub -F use_default=true`];
  return wrong(about, message, { next, script }, { claims });
}
