import { createCancelScope } from '../engine/cancellation.ts';
import type { JobSession, OpenStep } from '../job/session.ts';
import type { Draft, StepRecord } from '../records.ts';
import { createStepLog } from './step-log.ts';

/** Begins to write a step's record. Steps of a composite action are opened on the record of the step around them. */
export function openStep(session: JobSession, record: Draft<StepRecord>, id: string): OpenStep {
  const outputs = new Map<string, string>();
  const state = new Map<string, string>();
  const step: OpenStep = {
    id,
    record,
    outputs,
    state,
    stop: createCancelScope(),
    broken: false,
    log: createStepLog({
      record,
      annotations: session.record.annotations,
      masker: session.masker,
      workspace: session.folders.workspace,
      now: session.surroundings.clock.now,
      onLine: line => session.onLine(record, line),
      note: session.note,
      effects: {
        setOutput: (name, value) => outputs.set(name, value),
        saveState: (name, value) => state.set(name, value),
        fail: () => {
          step.broken = true;
        },
      },
    }),
  };
  return step;
}
