import type { Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { createSessions, type Where } from '#aws/open-session';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { Finding } from '#core/finding';
import type { GateFacts } from '#core/gate/facts';
import type { Seen } from '#core/gate/sought';
import type { Plan } from '#core/plan/plan';
import type { TargetRuntime } from '#core/target';

/** The environment of the plan, or the one that comes before it. */
export type PlaceName = 'here' | 'earlier';

/** Where gates look in AWS, and as whom. */
export interface Places {
  /** What AWS does not tell is kept with the reason, down to the permission that is missing. */
  look<T>(place: PlaceName, read: (session: AwsSession, where: Where) => Promise<T>): Promise<Seen<T>>;
  readonly runtime: TargetRuntime;
}

/**
 * Here, the release job may look with the role that it changes things with; the plan job and whoever looks at the earlier environment need a
 * role that only reads: a role for changes is trusted for the jobs of its own environment alone.
 */
export function openPlaces(kit: Kit, plan: Plan, stage: GateFacts['stage']): Places {
  const runtime = targetRuntime(kit);
  const sessions = createSessions(runtime);
  const { environment } = plan;
  const { region, readRole, role, earlier = {}, after = '' } = environment;
  const seeIn = <T>(where: Where, read: (session: AwsSession, where: Where) => Promise<T>) =>
    seekInAws(async () => read(sessions(where), where));
  return {
    runtime,
    async look(place, read) {
      if (place === 'earlier') {
        if (earlier.readRole === undefined) return { known: false, finding: noReadRole(after) };
        return seeIn({ region: earlier.region, role: earlier.readRole }, read);
      }
      if (stage === 'plan' && readRole === undefined) return { known: 'later' };
      return seeIn({ region, role: readRole ?? role }, read);
    },
  };
}

function noReadRole(environment: string): Finding {
  const message = `No role is given that may look into ${environment}.`;
  const next = `Give the environment ${environment} a \`read-role\`; docs/gates.md has its policies.`;
  return { reason: 'read-role-missing', message, evidence: { environment }, next };
}
