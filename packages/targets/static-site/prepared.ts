import type { Snapshot } from '#core/receipt';
import type { LocalFile } from './files.ts';
import type { SiteFile, SiteFiles } from './manifest.ts';
import type { Observed } from './observe.ts';
import type { SitePlan } from './plan.ts';

/** Everything that is known before the first byte is sent. */
export interface Prepared {
  readonly observed: Observed;
  readonly plan: SitePlan;
  /** With their bytes where a build is deployed. */
  readonly wanted: ReadonlyMap<string, SiteFile | LocalFile>;
  readonly manifest: string;
  readonly before: { readonly manifest: string | null; readonly snapshot: Snapshot | null };
  readonly after: Snapshot;
  /** Pages that somebody else has put, and that are about to be written over. */
  readonly found: Found | undefined;
  /** Whether the end is waited for: not by a run that is being cancelled. */
  readonly wait: boolean;
  /** How a good end is called. */
  readonly done: 'deployed' | 'restored';
}

export interface Found {
  readonly manifest: string;
  readonly files: SiteFiles;
}
