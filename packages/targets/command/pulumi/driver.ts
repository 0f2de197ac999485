import type { Finding } from '#core/finding';
import type { PulumiComponent } from '#core/flow/targets/command/pulumi';
import type { Snapshot } from '#core/receipt';
import type { Driver, Preparation } from '#core/target';
import { type CommitRead, commitRead } from '../../commit-read.ts';
import { unreadable } from '../../unreadable.ts';
import { type CommandSetting, createToolbox, type Toolbox } from '../run/toolbox.ts';
import { previewRows } from './change-rows.ts';
import { createPulumi } from './cli.ts';
import { lastGood, type StackUpdate, updateText } from './history.ts';
import { keepPlan, takeOver } from './plan-handover.ts';
import { plansChanges } from './preview.ts';
import { projectIn } from './project.ts';
import { startUpdate } from './rollout.ts';
import { pulumiSnapshot, readPulumiSnapshot } from './snapshot.ts';

/** What is worked with: the component as it is declared, or as a snapshot has it, in the checkout of its commit. */
interface Work {
  readonly component: PulumiComponent;
  readonly toolbox: Toolbox;
  readonly read: CommitRead;
  readonly done: 'deployed' | 'restored';
}

/** A stack of Pulumi: exactly what was previewed is applied, and the way back is the configuration of the commit before. */
export function createPulumiDriver(component: PulumiComponent, setting: CommandSetting): Driver {
  const deadline = setting.clock.now() + component.timeout;
  const now = () => setting.clock.now();
  const timeLeft = () => {
    const left = Math.max(1, deadline - now());
    return Math.min(component.stepTimeout ?? left, left);
  };

  return {
    async prepare() {
      const toolbox = createToolbox(setting, component);
      const problems = toolbox.problems();
      if (problems.length > 0) return { kind: 'refused', findings: problems };
      return prepareUpdate({ component, toolbox, read: await commitRead(setting), done: 'deployed' });
    },

    async restore(snapshot) {
      const goal = readPulumiSnapshot(snapshot);
      if (goal === undefined) return { kind: 'refused', findings: [unreadable(snapshot)] };
      if (goal.commit === null) return { kind: 'refused', findings: [noCommit(goal)] };
      // As it was then, but as whoever and as long as the component says now.
      const way: PulumiComponent = { ...component, ...goal.component, savePlan: undefined, applyPlan: undefined };
      const toolbox = createToolbox(setting, way, await setting.checkoutOf(goal.commit));
      const problems = toolbox.problems();
      if (problems.length > 0) return { kind: 'refused', findings: problems };
      const read = { commit: goal.commit, tree: null };
      return prepareUpdate({ component: way, toolbox, read, done: 'restored' });
    },
  };

  async function prepareUpdate(work: Work): Promise<Preparation> {
    const { toolbox } = work;
    const refused = (...findings: readonly Finding[]): Preparation => ({ kind: 'refused', findings });
    const found = toolbox.find('pulumi');
    if (!found.ok) return refused(found.finding);
    const project = projectIn(toolbox.folder, work.component.folder);
    if (!project.ok) return refused(project.finding);
    await toolbox.ready();
    const pulumi = createPulumi({
      project: project.value,
      toolbox,
      program: found.program,
      component: work.component,
      timeLeft,
      now,
    });

    const saved = await takeOver(pulumi, work, setting);
    if (saved !== undefined && 'reason' in saved) return refused(saved);
    const history = await pulumi.history();
    if (!history.ok) return refused(history.failure);
    const installed = work.component.install ? await pulumi.install() : undefined;
    if (installed?.ok === false) return refused(installed.failure);
    const say = (text: string) =>
      setting.report({ subject: component.name, text: toolbox.redactor.redact(text), level: 'info' });
    for (const update of history.value.slice(0, work.done === 'restored' ? 5 : 1))
      say(`history: ${updateText(update)}`);
    const planned = await pulumi.preview();
    if (!planned.ok) return refused(planned.failure);

    const before = snapshotBefore(work.component, project.value.name, history.value);
    const { preview } = planned.value;
    const kept = await keepPlan(pulumi, work, setting, planned.value);
    if (kept !== undefined && 'reason' in kept) return refused(kept);
    // A plan that people have read may be carried out already, by an earlier attempt of the same run.
    if (!plansChanges(preview)) return noChange(work, before);
    const plan = saved?.content ?? planned.value.plan;
    const changes = previewRows(preview).map(row => ({
      ...row,
      before: toolbox.redactor.redact(row.before),
      after: toolbox.redactor.redact(row.after),
    }));
    const rows = kept === undefined ? changes : [...changes, kept];
    return {
      kind: 'change',
      before,
      changes: rows,
      notes: before !== null && before.state.commit === null ? [noCommit({ component: work.component })] : [],
      apply: () => startUpdate({ ...work, setting, pulumi, plan, rows, now }),
    };
  }

  /** What is as wanted stands for this commit from now on. */
  function noChange({ component: wanted, read: { commit } }: Work, before: Snapshot | null): Preparation {
    const updated = typeof before?.state.updated === 'string' ? before.state.updated : null;
    return {
      kind: 'no-op',
      snapshot: pulumiSnapshot(wanted, { commit, updated }),
      result: {
        outcome: 'no-op',
        reason: 'nothing-to-change',
        message: `The stack ${wanted.stack} is as wanted: its preview changes nothing.`,
        evidence: { stack: wanted.stack },
      },
    };
  }
}

/** The way back by a receipt alone: it says itself which stack, and with what. `timeout` in ms. */
export function restorePulumi(
  snapshot: Snapshot,
  setting: CommandSetting,
  { role, timeout }: { readonly role?: string; readonly timeout: number },
): Driver {
  const way = readPulumiSnapshot(snapshot)?.component;
  if (way === undefined) {
    const refuse = async (): Promise<Preparation> => ({ kind: 'refused', findings: [unreadable(snapshot)] });
    return { prepare: refuse, restore: refuse };
  }
  return createPulumiDriver(
    { ...way, target: 'command', tool: 'pulumi', needs: [], timeout, onFailure: 'leave', onCancel: 'leave', role },
    setting,
  );
}

/** Null for a stack that was never updated: nothing was there. */
function snapshotBefore(component: PulumiComponent, project: string, history: readonly StackUpdate[]): Snapshot | null {
  const good = lastGood(history);
  if (good === undefined) {
    return history.some(({ kind }) => kind === 'update')
      ? pulumiSnapshot(component, { commit: null, updated: null })
      : null;
  }
  // Of the configuration only what the component sets: the rest is in the stack’s file of that commit.
  const config = Object.fromEntries(
    Object.keys(component.config).flatMap(key => {
      const value = good.config[key.includes(':') ? key : `${project}:${key}`];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const commit = good.commit !== undefined && /^[0-9a-f]{40}$/.test(good.commit) ? good.commit : null;
  return pulumiSnapshot({ ...component, config }, { commit, updated: good.startTime });
}

function noCommit({ component }: { readonly component: { readonly stack: string } }): Finding {
  return {
    reason: 'no-way-to-observe',
    message: `Which commit the stack ${component.stack} was last updated from is not known, so there is no way back to it.`,
    evidence: { stack: component.stack },
    next: 'From this release on it is: each update says its commit in the stack’s history.',
  };
}
