import * as z from 'zod/mini';
import { parseDuration } from '#core/duration';

/** What every part of a scenario file is made of. */

export function described<S extends z.ZodMiniType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

export const text = (description: string) => described(z.string().check(z.minLength(1)), description);
export const count = (description: string) => described(z.int().check(z.nonnegative()), description);

/** A duration as in the flow file; ms in the code. */
export const duration = (description: string) =>
  described(
    z.pipe(
      z.string().check(z.refine(value => parseDuration(value).ok, 'is not a duration such as 90s, 30m or 2h')),
      z.transform((value: string) => {
        const parsed = parseDuration(value);
        return parsed.ok ? parsed.milliseconds : 0;
      }),
    ),
    description,
  );

export const of = z.optional(text('The branch, tag or title of the run; the newest run unless said.'));
