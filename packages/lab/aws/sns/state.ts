/** Times are epoch ms of lab time. */

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  displayName: string;
  readonly subscriptions: Subscription[];
  /** How many were removed: GetTopicAttributes counts them. */
  deleted: number;
  readonly published: Published[];
}

export interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Whoever owns an endpoint outside of AWS has to agree first, by a link that was sent there. */
  confirmed: boolean;
}

/** A message as it was accepted. */
export interface Published {
  readonly id: string;
  readonly at: number;
  /** ARN of the publisher. */
  readonly by: string;
  readonly subject: string | undefined;
  /** The text; for `MessageStructure: json` the text by protocol, `default` among them. */
  readonly message: string | Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

/** By ARN. */
export type Topics = Map<string, Topic>;
