/** What the stand-in keeps in files: the configuration that it reads, its states and its plans. */

export interface Instance {
  readonly id: string;
  readonly input: unknown;
  readonly triggers_replace: unknown;
  readonly sensitive: boolean;
  readonly tainted?: boolean;
}

export interface State {
  readonly version: 4;
  readonly terraform_version: string;
  serial: number;
  readonly lineage: string;
  outputs: Record<string, { value: unknown; type: string; sensitive?: true }>;
  resources: Record<string, Instance>;
}

export interface Configuration {
  readonly terraform?: {
    readonly backend?: {
      readonly local?: { readonly path?: string };
      readonly s3?: { readonly bucket?: string; readonly key?: string };
    };
  };
  readonly variable?: Readonly<Record<string, { readonly default?: unknown; readonly sensitive?: boolean }>>;
  readonly resource?: { readonly terraform_data?: Readonly<Record<string, ResourceBlock>> };
  readonly output?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
}

export interface ResourceBlock {
  readonly input?: unknown;
  readonly triggers_replace?: unknown;
  readonly provisioner?: { readonly 'local-exec': { readonly command: string } };
}

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'noop';

export interface Change {
  readonly name: string;
  readonly action: Action;
  readonly before: Instance | undefined;
  readonly after: Omit<Instance, 'id'> | undefined;
  readonly command: string | undefined;
}

export interface PlanFile {
  readonly lineage: string;
  readonly serial: number;
  readonly changes: readonly Change[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>;
  readonly shown: unknown;
}
