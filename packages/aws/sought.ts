import { FindingError } from '#core/finding';
import { type Sought, seek } from '#core/gate/sought';
import { findingOf } from './denied.ts';
import { AwsCallError } from './errors.ts';

/** What AWS does not tell is kept with the reason, down to the permission that is missing. */
export function seekInAws<T>(read: () => Promise<T>): Promise<Sought<T>> {
  return seek(async () => {
    try {
      return await read();
    } catch (thrown) {
      throw thrown instanceof AwsCallError ? new FindingError([findingOf(thrown)], { cause: thrown }) : thrown;
    }
  });
}
