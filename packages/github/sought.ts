import { type Sought, seek } from '#core/gate/sought';
import { orFinding } from './client.ts';

/** `permission`: what the job lacks when GitHub refuses. */
export function soughtOf<T>(permission: string, work: () => Promise<T>): Promise<Sought<T>> {
  return seek(() => orFinding(permission, work));
}
