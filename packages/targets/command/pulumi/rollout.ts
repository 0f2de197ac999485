import type { PulumiComponent } from '#core/flow/targets/command/pulumi';
import { isSuccess } from '#core/outcome';
import type { Applied, ChangeRow, Ending } from '#core/target';
import type { CommitRead } from '../../commit-read.ts';
import type { CommandEnd } from '../run/command.ts';
import { failureOf, howItStopped } from '../run/judge.ts';
import type { CommandSetting, Toolbox } from '../run/toolbox.ts';
import { type Pulumi, toolEnd } from './cli.ts';
import { lastGood, messageOf } from './history.ts';
import { judgeUpdate } from './judge.ts';
import { pulumiSnapshot } from './snapshot.ts';
import { createUpdateReader, type UpdateFacts } from './update.ts';

export interface Update {
  readonly component: PulumiComponent;
  readonly toolbox: Toolbox;
  readonly read: CommitRead;
  readonly done: 'deployed' | 'restored';
  readonly setting: CommandSetting;
  readonly pulumi: Pulumi;
  readonly plan: Buffer;
  readonly rows: readonly ChangeRow[];
  readonly now: () => number;
}

/**
 * Starts `up` with the plan that was shown. It has begun with the engine’s first event; whatever ends before that (a lock, a plan that
 * does not fit any more) has changed nothing.
 */
export async function startUpdate(update: Update): Promise<Applied> {
  const { component, setting, pulumi, plan, rows, toolbox } = update;
  const message = messageOf(update.read.commit, setting.runToken);
  const say = (text: string) =>
    setting.report({ subject: component.name, text: toolbox.redactor.redact(text), level: 'info' });
  const reader = createUpdateReader(say);
  let begin: () => void = () => {};
  const began = new Promise<'began'>(resolve => {
    begin = () => resolve('began');
  });
  const running = pulumi
    .up(plan, message, line => {
      reader.feed(line);
      if (reader.began()) begin();
    })
    .then(end => endingOf(update, end, reader.facts()));
  const first = await Promise.race([began, running]);
  if (first !== 'began') return { kind: 'ended', ending: first };
  return {
    kind: 'started',
    changes: rows,
    rollout: {
      identity: [`pulumi ${component.stack}`, message],
      adopted: false,
      follow: () => running,
      // It has ended or was stopped: Pulumi takes nothing back by itself.
      takeBack: () => running,
      letGo: async () => ['What Pulumi had changed until then stays; the next run goes on from there.'],
    },
  };
}

async function endingOf(update: Update, end: CommandEnd, facts: UpdateFacts): Promise<Ending> {
  const { component, pulumi, read, done, now, toolbox } = update;
  if (end.how === 'not-started')
    return { ...failureOf(`${component.name}: pulumi up`, end), outcome: 'refused', after: null, explanation: [] };
  const judged = judgeUpdate(component.stack, toolEnd(end), facts, now(), done);
  const redact = (text: string) => toolbox.redactor.redact(text);
  const shown = {
    ...judged,
    message: redact(end.stillRuns ? `${judged.message} ${howItStopped(end)}` : judged.message),
    explanation: (judged.explanation ?? []).map(redact),
  };
  if (!isSuccess(judged.outcome)) return { ...shown, after: null };
  const outputs = Object.entries((await pulumi.outputs()) ?? {}).map(([name, value]) => redact(`${name}=${value}`));
  const history = await pulumi.history();
  const updated = (history.ok ? lastGood(history.value)?.startTime : undefined) ?? null;
  return {
    ...shown,
    evidence: { ...judged.evidence, ...(outputs.length === 0 ? {} : { outputs }) },
    after: pulumiSnapshot(component, { commit: read.commit, updated }),
  };
}
