import { cloudformation } from './cloudformation.ts';
import { codepipeline } from './codepipeline.ts';
import { command } from './command.ts';
import { ecs } from './ecs.ts';
import { lambda } from './lambda.ts';
import { staticSite } from './static-site.ts';
import type { Target } from './target.ts';

/** Every target that a component may name. A new one is a file beside this and a line here. */
export const targets = [ecs, lambda, staticSite, codepipeline, cloudformation, command] as const;

export type TargetName = (typeof targets)[number]['name'];

type ComponentOf<Result> = Result extends { readonly ok: true; readonly component: infer Component }
  ? Component
  : never;

/** A component of any target, ready to be deployed; tell them apart by `target`. */
export type Component = ComponentOf<ReturnType<(typeof targets)[number]['read']>>;

export const targetNames: readonly TargetName[] = targets.map(target => target.name);

export function targetNamed(name: unknown): Target<TargetName, Component> | undefined {
  return targets.find(target => target.name === name);
}
