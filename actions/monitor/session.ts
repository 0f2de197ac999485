import type { Kit } from '#action-kit/kit';
import { type AwsSession, createSession } from '#aws/session';
import type { Work } from './work.ts';

export function openSession({ clock, random, run, idToken }: Kit, { region = '', role }: Work): AwsSession {
  if (role === undefined) return createSession({ region, clock, random });
  const sessionName = `release-actions-${run.run.id}`;
  const mintToken = () => idToken('sts.amazonaws.com');
  return createSession({ region, clock, random, assume: { role, sessionName, mintToken } });
}
