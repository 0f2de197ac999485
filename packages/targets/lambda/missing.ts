import type { AwsSession } from '#aws/session';
import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';
import { imagesGone } from '../images/gone.ts';
import { unreadable } from '../unreadable.ts';
import type { LambdaContext } from './context.ts';
import { readVersion } from './observe.ts';
import { noVersion } from './restore.ts';
import { readLambdaSnapshot } from './snapshot.ts';

/** A version keeps its own zip; its image has to stay in ECR, from where Lambda loads it again after a while without requests. */
export async function missingOf(
  context: LambdaContext,
  session: AwsSession,
  snapshot: Snapshot,
): Promise<readonly Finding[]> {
  const state = readLambdaSnapshot(snapshot);
  if (state === undefined) return [unreadable(snapshot)];
  const numbers = [state.version, ...Object.keys(state.weights)];
  const found = await Promise.all(
    numbers.map(async number => ({ number, version: await readVersion(context, state.function, number) })),
  );
  const images = found.flatMap(({ version }) => version?.Code?.ResolvedImageUri ?? []);
  return [
    ...found.filter(({ version }) => version === undefined).map(({ number }) => noVersion(state, number)),
    ...(await imagesGone(session, images)),
  ];
}
