import type { ApiStage, FunctionAlias } from '../flow/names.ts';

/** What a limit can be about, with the names by which CloudWatch knows it. */
export interface Subjects {
  readonly services: readonly { readonly cluster: string; readonly service: string }[];
  readonly balanced: readonly Balanced[];
  /** DB instance identifiers. */
  readonly databases: readonly string[];
  /** REST APIs by their names, which are a dimension, and a stage of each. */
  readonly apis: readonly ApiStage[];
  /** Functions by their names; as a whole without an alias. */
  readonly functions: readonly FunctionAlias[];
}

/** A service (or what was named instead of one) behind a load balancer. */
export interface Balanced {
  readonly name: string;
  readonly targetGroups: readonly TargetGroup[];
  /** Without a target group: the load balancer as a whole, as its dimension `app/name/id`. */
  readonly loadBalancers: readonly string[];
}

export interface TargetGroup {
  readonly arn: string;
  /** Values of the dimensions: `targetgroup/name/id` and `app/name/id`. */
  readonly targetGroup: string;
  readonly loadBalancer: string;
}
