import type { Click, Opinion, Source } from './history.ts';

/** What people, runs and the world can do. Runs are numbered. */
export type Command =
  | {
      readonly do: 'start';
      readonly run: number;
      readonly commit: number;
      readonly by: string;
      readonly fails: boolean;
      readonly rebuilt: boolean;
    }
  /** About the release that is parked; `clock`: nobody’s, but the schedule’s. It is a run of its own. */
  | {
      readonly do: 'word';
      readonly run: number;
      readonly word: 'go' | 'approve' | 'reject';
      readonly login: string;
      readonly clock: boolean;
    }
  /** Of prod; `to`: of which commit the version is that they name. */
  | { readonly do: 'roll back'; readonly run: number; readonly by: string; readonly to?: number }
  /** About the rollback that waits. It is a run of its own. */
  | {
      readonly do: 'word on the rollback';
      readonly run: number;
      readonly word: 'approve' | 'reject';
      readonly login: string;
    }
  /** The run does what comes next. Somebody may meddle with the commit that it makes to the journal then. */
  | { readonly do: 'step'; readonly run: number; readonly meddling?: Meddling }
  | { readonly do: 'click'; readonly run: number; readonly login: string; readonly says: Click }
  | { readonly do: 'run again'; readonly run: number; readonly jobs: 'all' | 'failed' }
  | { readonly do: 'kill'; readonly run: number }
  | {
      readonly do: 'hold';
      readonly id: string;
      readonly of: 'everything' | 'version' | 'component';
      /** Whose version is held, where one is: the first, unless said. */
      readonly commit?: number;
      readonly minutes?: number;
    }
  | { readonly do: 'resume'; readonly id: string }
  /** They were released to prod, one after the other, before anything else happens. */
  | { readonly do: 'stood'; readonly commits: readonly number[] }
  | { readonly do: 'stage'; readonly commit: number; readonly becomes: 'verified' | 'built' | 'came back' }
  | { readonly do: 'open issue'; readonly issue: number; readonly label: string }
  | { readonly do: 'close issue'; readonly issue: number }
  | {
      readonly do: 'review';
      readonly commit: number;
      readonly login: string;
      readonly says: Opinion;
      readonly newest: boolean;
    }
  | { readonly do: 'freeze'; readonly inMinutes: number; readonly minutes: number }
  | { readonly do: 'thaw' }
  | { readonly do: 'protect'; readonly on: boolean }
  | { readonly do: 'blind'; readonly source: Source; readonly on: boolean }
  | { readonly do: 'wait'; readonly minutes: number };

/** Something happens right before a commit arrives, or its answer does not come back. */
export interface Meddling {
  readonly first?: Command;
  readonly reply: Reply;
}

/** What becomes of the answer; or of the machine, which is gone before it has sent anything. */
export type Reply = 'answered' | 'lost-before' | 'lost-after' | 'lands-late' | 'machine gone';
