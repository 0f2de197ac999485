import * as z from 'zod/mini';
import { asList, documented, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import type { RawRecord } from '../raw.ts';
import type { Component } from '../targets/registry.ts';

/** Stacks of the earlier environment that have to be complete. */
export interface StacksPolicy {
  /** Those of the release’s components there, which the plan adds to `stacks`. */
  readonly ofComponents: boolean;
  readonly stacks: readonly string[];
}

const stackName = text('The name of a stack.', { examples: ['helios-dev-web'] });

export const stackComplete = documented(
  z.union([z.boolean(), stackName, z.array(stackName).check(z.minLength(1))]),
  'Stacks of the environment of `after` that have to be complete: `true` means those of the components, others are named.',
  { examples: [true, 'helios-dev-web'] },
);

/** Undefined: nothing is asked. */
export function readStacks(given: z.output<typeof stackComplete> | undefined): StacksPolicy | undefined {
  if (given === undefined || given === false) return undefined;
  if (given === true) return { ofComponents: true, stacks: [] };
  return { ofComponents: false, stacks: asList(given) };
}

export function checkStacks(name: string, { 'stack-complete': given, after }: RawRecord): readonly Mistake[] {
  if (given === undefined || given === false || after !== undefined) return [];
  const path = ['environments', name, 'stack-complete'];
  return [{ path, message: 'there is no earlier environment', hint: 'name it with `after`', at: 'key' }];
}

/** The stack that a component is, or that its tool makes; undefined where it is none, or the tool alone knows its name. */
export function stackOf(component: Component): string | undefined {
  if (component.target === 'cloudformation') return component.stack;
  return component.target === 'command' && component.tool === 'sam' ? component.stack : undefined;
}
