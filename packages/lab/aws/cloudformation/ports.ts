import type { Json } from './template/parse.ts';

/** What CloudFormation needs of the rest of the lab. */
export interface CloudFormationPorts {
  /** An object of S3, as CloudFormation reads templates with the caller’s rights. `url` is what was given as TemplateURL. */
  readonly template: (account: string, region: string, url: string) => TemplateRead;
  /** Services that make the resources of a type for real; without one a resource is a record only. */
  readonly makers?: Readonly<Record<string, ResourceMaker>>;
}

export type TemplateRead =
  | { readonly body: string }
  /** In S3’s words: `Access Denied`, `The specified key does not exist.` */
  | { readonly error: string };

/** A hook of another service of the lab. Throws an `Error` with the words of that service when it refuses. */
export interface ResourceMaker {
  create(resource: MadeResource): void;
  update(resource: MadeResource): void;
  remove(resource: MadeResource): void;
}

export interface MadeResource {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  readonly physicalId: string;
  readonly properties: Json;
}
