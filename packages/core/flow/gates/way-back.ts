import * as z from 'zod/mini';
import { asList, documented, NAME, parsed, type Reading } from '../fields.ts';

/** Whose way back is looked up, and not only known from the journal. */
export interface WayBackPolicy {
  /** Names of components; empty: all that are released. */
  readonly components: readonly string[];
}

function readComponent(written: string): Reading<string> {
  if (NAME.test(written)) return { ok: true, value: written };
  return { ok: false, message: `\`${written}\` is not the name of a component` };
}

const component = parsed(readComponent, 'The name of a component.', { examples: ['api'] });

export const wayBack = documented(
  z.union([z.boolean(), component, z.array(component).check(z.minLength(1))]),
  'Components of which everything that is needed to go back to the last verified release has to be there still; `true`: all.',
  { examples: [true, ['api']] },
);

/** Undefined: nothing is asked. */
export function readWayBack(given: z.output<typeof wayBack> | undefined): WayBackPolicy | undefined {
  if (given === undefined || given === false) return undefined;
  return { components: given === true ? [] : asList(given) };
}
