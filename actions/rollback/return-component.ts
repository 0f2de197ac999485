import type { Kit } from '#action-kit/kit';
import { endingOfError, findingsOf, outcomeOfError } from '#action-kit/thrown';
import type { Result } from '#core/outcome';
import type { Snapshot } from '#core/receipt';
import type { ChangeRow, Driver, ReturnCause } from '#core/target';

export interface ComponentReturn extends Result {
  readonly component: string;
  readonly changes: readonly ChangeRow[];
  readonly explanation: readonly string[];
  readonly after: Snapshot | null;
  /** Milliseconds. */
  readonly took: number;
}

/** What is told of it: what runs now is in the journal, and hundreds of services are not told twice. */
export function toldOf(returns: readonly ComponentReturn[]): readonly Omit<ComponentReturn, 'after'>[] {
  return returns.map(({ after: _after, ...told }) => told);
}

/** What an error before the change of one component comes to. */
export function notReturned({ clock }: Kit, component: string, thrown: unknown, began: number): ComponentReturn {
  const findings = findingsOf(thrown);
  const message = findings.map(finding => finding.message).join('\n');
  const nothingDone = { changes: [], explanation: [], after: null, took: clock.now() - began };
  return { ...findings[0], ...nothingDone, message, outcome: outcomeOfError(findings), component };
}

interface Work {
  /** Name of the component. */
  readonly name: string;
  readonly driver: Driver;
  readonly snapshot: Snapshot;
  readonly cause: ReturnCause;
  readonly dryRun: boolean;
}

/** Brings one component back to a snapshot; where it already is so, nothing is done. */
export async function returnComponent(kit: Kit, work: Work): Promise<ComponentReturn> {
  const { name, driver, snapshot, cause, dryRun } = work;
  const started = kit.clock.now();
  const named = (result: Result, rest: Partial<ComponentReturn> = {}): ComponentReturn => ({
    changes: [],
    explanation: [],
    after: null,
    ...result,
    ...rest,
    component: name,
    took: kit.clock.now() - started,
  });
  const planned = await driver.restore(snapshot, cause);
  switch (planned.kind) {
    case 'no-op':
      return named(planned.result, { after: planned.snapshot });
    case 'refused': {
      const [first] = planned.findings;
      const message = planned.findings.map(finding => finding.message).join('\n');
      return named({ reason: 'rollback-failed', evidence: {}, ...first, message, outcome: 'refused' });
    }
    case 'change': {
      const { changes } = planned;
      for (const row of changes) kit.log.info(`${name}: ${row.what}: ${row.before} → ${row.after}`);
      if (dryRun) {
        await planned.discard?.();
        const message = 'Nothing was changed: this is what would be done.';
        return named({ outcome: 'no-op', reason: 'dry-run', message, evidence: {} }, { changes });
      }
      const applied = await planned.apply();
      const ending = applied.kind === 'ended' ? applied.ending : await applied.rollout.follow().catch(endingOfError);
      for (const line of ending.explanation) kit.log.info(`${name}: ${line}`);
      return named(ending, { changes, explanation: ending.explanation, after: ending.after });
    }
  }
}
