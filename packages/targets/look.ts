import { accountOf } from '#aws/account';
import { createIam } from '#aws/iam';
import { createSessions, type SessionNeeds } from '#aws/open-session';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import { isInAws } from '#core/doctor/aws';
import type { AwsFacts, DoctorFacts, NamedParts } from '#core/doctor/facts';
import { FindingError } from '#core/finding';
import type { Environment } from '#core/flow/environment';
import type { Flow } from '#core/flow/parse';
import { componentFor } from '#core/flow/resolve';
import { findingOfProblem } from '#core/plan/make-plan';
import { namedParts } from './named.ts';

/** How the doctor looks into AWS: with whatever credentials are at hand, or as `read-role`, where a job can take it. */
export interface Looking extends Omit<SessionNeeds, 'idToken'> {
  /** Absent outside of a job, or where it may not ask for tokens. */
  readonly idToken?: SessionNeeds['idToken'] | undefined;
  /** GitHub’s `vars`, for templates. */
  readonly vars: Readonly<Record<string, string>>;
}

/** Looks at every environment that has something in AWS. What cannot be read is kept with the reason. */
export async function lookAtAws(flow: Flow, looking: Looking): Promise<DoctorFacts['aws']> {
  const { idToken = noToken } = looking;
  const sessions = createSessions({ ...looking, idToken });
  const found = await Promise.all(
    Object.values(flow.environments)
      .filter(environment => isInAws(flow, environment))
      .map(async environment => {
        const { name, region = flow.region, readRole } = environment;
        const role = looking.idToken === undefined ? undefined : readRole;
        const facts = await seekInAws(() => look(flow, environment, sessions({ region, role }), looking.vars));
        return [name, facts] as const;
      }),
  );
  return Object.fromEntries(found);
}

async function look(
  flow: Flow,
  environment: Environment,
  session: AwsSession,
  vars: Looking['vars'],
): Promise<AwsFacts> {
  const { role, readRole } = environment;
  checkAccount(environment, await accountOf(session), role ?? readRole);
  const [trust, readTrust, named] = await Promise.all([
    trustOf(session, role),
    trustOf(session, readRole),
    Promise.all(Object.keys(flow.components).map(name => lookAtComponent(flow, environment, name, session, vars))),
  ]);
  return {
    named,
    ...(trust === undefined ? {} : { trust }),
    ...(readTrust === undefined ? {} : { readTrust }),
  };
}

async function trustOf(session: AwsSession, role: string | undefined): Promise<AwsFacts['trust']> {
  return role === undefined ? undefined : seekInAws(async () => (await createIam(session).trustOf(role)) ?? null);
}

/** Another account may have a role, and services, of the same names. */
function checkAccount({ name }: Environment, account: string, role: string | undefined): void {
  const wanted = role?.split(':')[4];
  if (wanted === undefined || wanted === account) return;
  const message = `The credentials at hand are of the account ${account}, and ${name} is in ${wanted}.`;
  const next = `Run this again with credentials of ${wanted}, such as with AWS_PROFILE.`;
  throw new FindingError([{ reason: 'credentials-missing', message, evidence: { account, wanted }, next }]);
}

async function lookAtComponent(
  flow: Flow,
  environment: Environment,
  component: string,
  session: AwsSession,
  vars: Looking['vars'],
): Promise<NamedParts> {
  const parts = await seekInAws(async () => {
    const resolved = componentFor(flow, environment.name, component, { vars });
    if (!resolved.ok) throw new FindingError(resolved.problems.map(findingOfProblem));
    return namedParts(resolved.component, session);
  });
  return { component, parts };
}

const noToken = () => Promise.reject(new Error('nobody asks for a token without a role'));
