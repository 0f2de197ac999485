import * as z from 'zod/mini';
import { parseDuration } from '#core/duration';

/** What every part of a scenario file is made of. */

export function described<S extends z.ZodMiniType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

export const text = (description: string) => described(z.string().check(z.minLength(1)), description);
/** A text of this form, or what it is not. */
export const form = (pattern: RegExp, message: string) => z.refine<string>(value => pattern.test(value), message);

/** An AWS account: in quotes, or YAML makes a number of it. */
export const account = (description: string) =>
  described(z.string().check(form(/^\d{12}$/, 'is not an AWS account of twelve digits, in quotes')), description);
export const percentage = (description: string) =>
  described(z.number().check(z.gte(0), z.lte(100)), `${description} From 0 to 100.`);
export const status = (description: string) => described(z.int().check(z.gte(100), z.lte(599)), description);

export const list = () => z.array(z.string().check(z.minLength(1))).check(z.minLength(1));
/** A text, or several: each is looked for. */
export const texts = (description: string) =>
  described(z.union([z.string().check(z.minLength(1)), list()]), description);
/** A map that says something. */
export const map = <S extends z.ZodMiniType>(value: S) =>
  z.record(z.string(), value).check(z.refine(entries => Object.keys(entries).length > 0, 'is empty'));

/** Refuses an expectation that could not fall short: with none of these it expects nothing. */
export const expects = (...names: readonly string[]) =>
  z.refine<object>(
    value => names.some(name => Reflect.get(value, name) !== undefined),
    `expects nothing: say ${names.join(', ')}`,
  );

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
