import { FindingError } from '#core/finding';
import type { TargetRuntime } from '#core/target';
import { type AwsSession, createSession } from './session.ts';

export interface Where {
  readonly region?: string | undefined;
  readonly role?: string | undefined;
}

/** What sessions are made of. */
export type SessionNeeds = Pick<TargetRuntime, 'clock' | 'random' | 'runToken' | 'defaultRegion' | 'idToken'>;

/** Opens sessions, one for each region and role. */
export type Sessions = (where: Where) => AwsSession;

/** Sessions of one action: whoever works in the same region and role shares credentials. Throws a `FindingError` without a region. */
export function createSessions(runtime: SessionNeeds): Sessions {
  const sessions = new Map<string, AwsSession>();
  return ({ region = runtime.defaultRegion, role }) => {
    if (region === undefined || region === '') throw noRegion();
    const key = `${region} ${role ?? ''}`;
    const session = sessions.get(key) ?? open(runtime, region, role);
    sessions.set(key, session);
    return session;
  };
}

function open(runtime: SessionNeeds, region: string, role: string | undefined): AwsSession {
  const { clock, random, idToken, runToken } = runtime;
  if (role === undefined) return createSession({ region, clock, random });
  const mintToken = () => idToken('sts.amazonaws.com');
  return createSession({
    region,
    clock,
    random,
    assume: { role, sessionName: `release-actions-${runToken}`, mintToken },
  });
}

function noRegion(): FindingError {
  const next = 'Give `region`, set AWS_REGION, or name the region in the flow file.';
  const where = { kind: 'input', input: 'region' } as const;
  return new FindingError([{ reason: 'input-invalid', message: 'No AWS region is known.', evidence: {}, next, where }]);
}
