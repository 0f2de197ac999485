import type { ArtifactStore } from '../known-actions/artifact-store.ts';
import type { Result } from '../language/conditions.ts';
import type { Value } from '../language/expressions.ts';
import type { RunnerPorts, RunnerRepository } from '../ports.ts';
import type { Draft, JobRecord, RunnerEvent, RunRecord, WaitRecord } from '../records.ts';
import type { CancelScope } from './cancellation.ts';
import type { ConcurrencyGroups } from './concurrency.ts';
import type { LoadedWorkflow } from './load.ts';

/** A run while it goes on. */
export interface RunState {
  readonly ports: RunnerPorts;
  readonly repository: RunnerRepository;
  readonly loaded: LoadedWorkflow;
  readonly record: Draft<RunRecord>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly cancel: CancelScope;
  readonly groups: ConcurrencyGroups;
  readonly artifacts: ArtifactStore;
  /** What jobs became in this attempt, by key. */
  readonly outcomes: Map<string, JobOutcome>;
  /** What a re-run keeps of the attempt before. */
  readonly kept: ReadonlyMap<string, KeptJob>;
  /** Machines of the jobs that run now, by key: ends one at once. */
  readonly machines: Map<string, (why: MachineEnd) => void>;
  /** Counts what goes on, to know when only people are waited for. */
  readonly busy: BusyCounter;
  readonly tell: (event: ToTell) => void;
  /** Takes note of a fault of the lab. */
  readonly note: (fault: string) => void;
}

export type ToTell = WithoutRun<RunnerEvent>;
type WithoutRun<T> = T extends unknown ? Omit<T, 'at' | 'run'> : never;

export interface JobOutcome {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  /** False when a re-run kept it. */
  readonly fresh: boolean;
}

export interface KeptJob {
  readonly record: JobRecord;
  readonly outcome: JobOutcome;
}

/** The machine vanished, or somebody forced the cancellation. */
export type MachineEnd = 'lost' | 'forced';

export interface BusyCounter {
  enter(): void;
  leave(): void;
}

/** Notes a wait of the run or of a job, and tells of it when it lasts. */
export function beginWait(now: () => number, waits: Draft<WaitRecord>[], what: Pick<WaitRecord, 'for' | 'detail'>) {
  const wait: Draft<WaitRecord> = { ...what, from: now() };
  waits.push(wait);
  return {
    wait,
    end(ended?: string) {
      wait.until = now();
      if (ended !== undefined) wait.ended = ended;
    },
  };
}
