import type { Ecs } from '#aws/ecs';
import type { AwsSession } from '#aws/session';
import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';
import { imagesGone } from '../images/gone.ts';
import { unreadable } from '../unreadable.ts';
import { readEcsSnapshot } from './snapshot.ts';
import { wantedOfSnapshot } from './wanted.ts';

/** An INACTIVE definition can be registered again while ECS still describes it; an image that is gone cannot be pulled. */
export async function missingOf(ecs: Ecs, session: AwsSession, snapshot: Snapshot): Promise<readonly Finding[]> {
  const state = readEcsSnapshot(snapshot);
  if (state === undefined) return [unreadable(snapshot)];
  const definitions = new Map(state.services.map(({ taskDefinition, images }) => [taskDefinition, images]));
  const [wanted, images] = await Promise.all([
    Promise.all([...definitions].map(([definition, pinned]) => wantedOfSnapshot(ecs, definition, pinned))),
    imagesGone(
      session,
      state.services.flatMap(service => Object.values(service.images)),
    ),
  ]);
  return [...wanted.flatMap(result => (result.ok ? [] : [result.finding])), ...images];
}
