import type { CloudFormationComponent } from '../flow/targets/cloudformation.ts';
import type { PulumiComponent } from '../flow/targets/command/pulumi.ts';
import type { SamComponent } from '../flow/targets/command/sam.ts';
import type { TerraformComponent } from '../flow/targets/command/terraform.ts';
import type { Component } from '../flow/targets/registry.ts';
import { componentsOf, type Plan } from './plan.ts';

/** A component whose plan people read before they are asked. */
export type PreviewedComponent = (TerraformComponent | PulumiComponent | SamComponent | CloudFormationComponent) & {
  readonly preview: true;
};

export function isPreviewed(component: Component): component is PreviewedComponent {
  // A script says in words what it would change, and nobody applies these.
  return 'preview' in component && component.preview === true;
}

/**
 * What is planned before anybody is asked. A way back makes its plan when it goes back; a deployment over several jobs makes each where it is
 * applied.
 */
export function previewsOf(plan: Plan): readonly PreviewedComponent[] {
  if (plan.operation !== 'release' || plan.parts !== undefined) return [];
  return componentsOf(plan).filter(isPreviewed);
}
