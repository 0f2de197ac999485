import type { WayBackPolicy } from '#core/flow/gates/way-back';
import type { Lookups } from '#core/gate/lookups';
import { componentsToGoBack } from '#core/gate/way-back-there';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { createMissing } from '#targets/registry';
import type { Places } from './places.ts';

interface Sources {
  readonly plan: Plan;
  readonly places: () => Promise<Places>;
  readonly state: () => Promise<EnvironmentState>;
}

/** What each component would need to go back to what was verified last, and is gone. Only reads. */
export async function lookUpWayBack(
  { plan, places, state }: Sources,
  policy: WayBackPolicy,
): Promise<Lookups['way-back']> {
  const { verified } = await state();
  if (verified === null) return [];
  const { look, runtime } = await places();
  return Promise.all(
    componentsToGoBack(plan, verified, policy).map(async component => ({
      component,
      seen: await look('here', async (_session, where) => {
        const snapshot = verified.snapshots[component];
        const gone = snapshot === undefined ? undefined : await createMissing(runtime, where)(snapshot);
        return gone?.map(({ message }) => message) ?? null;
      }),
    })),
  );
}
