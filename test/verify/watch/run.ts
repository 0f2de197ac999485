import { createInputReader } from '#action-kit/inputs';
import { getInputs } from '#actions/monitor/inputs';
import { monitor } from '#actions/monitor/monitor';
import type { openRecord } from '#actions/monitor/record';
import { FindingError } from '#core/finding';
import { type TestKit, verdictOf } from '../kit.ts';
import { minute, start, type WatchWorld } from './world.ts';

export type Given = Readonly<Record<string, string>>;

/** Watches as the action does, from its inputs; what goes to the journal goes to `record`. */
export async function runMonitor(world: WatchWorld, kit: TestKit, given: Given, record: typeof openRecord) {
  const reader = createInputReader(name => given[name] ?? '');
  const inputs = getInputs(reader);
  if (reader.problems.length > 0) throw new FindingError(reader.problems);
  const end = await monitor(kit, inputs, record);
  const verdict = verdictOf(end);
  return { verdict, took: (world.clock.now() - start) / minute, details: end.details, rules: rulesOf(verdict.rules) };
}

function rulesOf(rules: readonly { rule: string; verdict: string }[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rules.map(({ rule, verdict }) => [rule, verdict]));
}
