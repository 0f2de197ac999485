import { isDeepStrictEqual } from 'node:util';
import type { CommandResult } from '#core/command/result';
import type { Finding } from '#core/finding';
import type { ScriptComponent } from '#core/flow/targets/command/script';
import type { Result } from '#core/outcome';
import type { Snapshot } from '#core/receipt';
import type { ChangeRow, Driver, Ending, Preparation, Rollout } from '#core/target';
import { unreadable } from '../../unreadable.ts';
import { type CommandSetting, createToolbox, type Toolbox } from '../run/toolbox.ts';
import { judgeScript, lookFailure } from './judge.ts';
import { type Phase, runScript } from './run-script.ts';
import { readScriptSnapshot, type ScriptState, scriptSnapshot } from './snapshot.ts';

/** Any commands of a team’s own, in the order observe, preview, deploy; and rollback for the way back. */
export function createScriptDriver(component: ScriptComponent, setting: CommandSetting): Driver {
  const toolbox = createToolbox(setting, component);
  const deadline = setting.clock.now() + component.timeout;
  const run = (phase: Phase, words: readonly string[], receipt?: ScriptState['receipt']) => {
    const left = Math.max(1, deadline - setting.clock.now());
    const timeout = Math.min(component.stepTimeout ?? left, left);
    const back = receipt === undefined || receipt === null ? {} : { receipt };
    return runScript(toolbox, { component: component.name, phase, words, timeout, ...back });
  };
  const titleOf = (phase: Phase) => `${component.name}: ${phase}`;

  /** What a command that only looks says; or why it could not look. */
  const look = async (phase: 'observe' | 'preview', words: readonly string[] | undefined): Promise<Look> => {
    if (words === undefined) return { ok: true, result: undefined };
    const end = await run(phase, words);
    const failure = lookFailure(titleOf(phase), end, component.exitCodes);
    if (failure !== undefined) return { ok: false, failure };
    const changed = component.exitCodes[String(end.end.code)] === 'unchanged' ? false : undefined;
    return { ok: true, result: { ...(changed === undefined ? {} : { changed }), ...end.result } };
  };

  const rolloutOf = (phase: 'deploy' | 'rollback', words: readonly string[], goal: ScriptState['receipt']): Rollout => {
    let ending: Ending | undefined;
    const follow = async (): Promise<Ending> => {
      const ended = await run(phase, words, phase === 'rollback' ? goal : undefined);
      const done = phase === 'deploy' ? 'deployed' : 'restored';
      const result = judgeScript(titleOf(phase), ended, component.exitCodes, done);
      const well = result.outcome === 'succeeded' || result.outcome === 'no-op';
      const receipt = ended.result.receipt ?? (well && phase === 'rollback' ? goal : null);
      ending = {
        ...result,
        after: well ? scriptSnapshot(component, receipt) : null,
        explanation: well ? [] : ended.end.tail,
      };
      return ending;
    };
    return {
      identity: [titleOf(phase)],
      adopted: false,
      follow,
      // It has ended, or was stopped: nobody is left who could be asked.
      takeBack: async () => ending ?? follow(),
      letGo: async () => [`What ${titleOf(phase)} had done until then stays as it is.`],
    };
  };

  return {
    async prepare() {
      const { observe, preview, deploy, rollback } = component;
      const problems = unusable(toolbox, [observe, preview, deploy, rollback]);
      if (problems.length > 0) return { kind: 'refused', findings: problems };
      await toolbox.ready();
      const observed = await look('observe', observe);
      if (!observed.ok) return { kind: 'refused', findings: [observed.failure] };
      const foreseen = await look('preview', preview);
      if (!foreseen.ok) return { kind: 'refused', findings: [foreseen.failure] };
      const before = beforeOf(component, observed.result);
      const { result } = foreseen;
      if (result?.changed === false) {
        const message = result.message ?? `${component.name}: nothing to change.`;
        const snapshot = before ?? scriptSnapshot(component, null);
        return {
          kind: 'no-op',
          snapshot,
          result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: {} },
        };
      }
      const rows = result?.changes ?? [{ what: deploy.join(' '), before: 'as it is', after: 'run' }];
      return changeOf(rolloutOf('deploy', deploy, null), before, rows);
    },

    async restore(snapshot) {
      const goal = readScriptSnapshot(snapshot)?.receipt;
      const { rollback, observe } = component;
      if (goal === undefined) return { kind: 'refused', findings: [unreadable(snapshot)] };
      if (goal === null || rollback === undefined) return { kind: 'refused', findings: [noWay(component, goal)] };
      const problems = unusable(toolbox, [rollback, observe]);
      if (problems.length > 0) return { kind: 'refused', findings: problems };
      await toolbox.ready();
      const observed = await look('observe', observe);
      if (!observed.ok) return { kind: 'refused', findings: [observed.failure] };
      if (observed.result?.receipt != null && isDeepStrictEqual(observed.result.receipt, goal)) {
        const message = `${component.name}: runs already what the receipt says.`;
        return {
          kind: 'no-op',
          snapshot,
          result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: {} },
        };
      }
      const row = {
        what: rollback.join(' '),
        before: receiptText(observed.result?.receipt ?? null),
        after: receiptText(goal),
      };
      return changeOf(rolloutOf('rollback', rollback, goal), beforeOf(component, observed.result), [row]);
    },
  };
}

/** The way back by a receipt alone: it says itself what is run. */
export function restoreScript(
  snapshot: Snapshot,
  setting: CommandSetting,
  { role, timeout }: { readonly role?: string; readonly timeout: number },
): Driver {
  const kept = readScriptSnapshot(snapshot)?.component;
  const refuse = async (): Promise<Preparation> => ({ kind: 'refused', findings: [unreadable(snapshot)] });
  if (kept === undefined) return { prepare: refuse, restore: refuse };
  const component: ScriptComponent = {
    ...kept,
    target: 'command',
    tool: 'script',
    needs: [],
    deploy: [],
    timeout,
    onFailure: 'leave',
    onCancel: 'leave',
    role,
  };
  return createScriptDriver(component, setting);
}

type Look =
  | { readonly ok: true; readonly result: CommandResult | undefined }
  | { readonly ok: false; readonly failure: Result };

function unusable(toolbox: Toolbox, commands: readonly (readonly string[] | undefined)[]): readonly Finding[] {
  const problems = toolbox.problems();
  if (problems.length > 0) return problems;
  const tools = new Set(commands.flatMap(words => words?.[0] ?? []));
  return [...tools].flatMap(tool => {
    const found = toolbox.find(tool);
    return found.ok ? [] : [found.finding];
  });
}

/** Null where the script says that nothing is there; a state without a receipt where nobody looked. */
function beforeOf(component: ScriptComponent, observed: CommandResult | undefined): Snapshot | null {
  return observed?.receipt === null ? null : scriptSnapshot(component, observed?.receipt ?? null);
}

function changeOf(rollout: Rollout, before: Snapshot | null, changes: readonly ChangeRow[]): Preparation {
  return { kind: 'change', before, changes, notes: [], apply: async () => ({ kind: 'started', rollout, changes }) };
}

function receiptText(receipt: ScriptState['receipt']): string {
  if (receipt === null) return 'not observed';
  const text = JSON.stringify(receipt);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function noWay({ name }: ScriptComponent, receipt: ScriptState['receipt']): Finding {
  const missing = receipt === null ? 'nobody observed what ran before' : 'the component has no `rollback`';
  return { reason: 'no-way-to-observe', message: `${name} cannot be brought back: ${missing}.`, evidence: {} };
}
