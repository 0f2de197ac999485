import type { ActionExecutionDetail } from '#aws/codepipeline';
import { formatDuration, toTheSecond } from '#core/duration';
import { consoleLink, type PipelineContext } from './context.ts';
import { describeFailure, isApproval, pathOf } from './judge.ts';

/** What one execution is told about, and how long it may take. */
export interface Told {
  readonly pipeline: string;
  readonly startedAt: number;
  readonly expected?: number | undefined;
  readonly alert?: number | undefined;
}

export interface Teller {
  /** One line for each change of an action. */
  actions(actions: readonly ActionExecutionDetail[]): void;
  /** Warns once when it takes long, and once more when it takes too long. */
  durations(): void;
  /** Why nothing is at work; told when it changes. */
  waiting(why: { readonly text: string; readonly level: 'info' | 'warning' } | undefined): void;
}

export function createTeller({ clock, region, report }: PipelineContext, told: Told): Teller {
  const { pipeline: subject, startedAt, expected, alert } = told;
  const statuses = new Map<string, string>();
  const limits = [
    {
      after: expected,
      text: (took: string, limit: string) => `takes longer than expected: ${took}, expected ${limit}`,
    },
    { after: alert, text: (took: string, limit: string) => `ALERT: has taken ${took}, more than ${limit}` },
  ];
  let waits = '';

  return {
    actions(actions) {
      const inOrder = actions.toSorted((one, other) => startOf(one) - startOf(other));
      for (const action of inOrder) {
        const { actionExecutionId = pathOf(action), status = '' } = action;
        if (statuses.get(actionExecutionId) === status) continue;
        statuses.set(actionExecutionId, status);
        const open = isApproval(action) && status === 'InProgress';
        const text = open ? approvalText(action, consoleLink(region, subject)) : actionText(action);
        report({ subject, text, level: open ? 'warning' : 'info' });
      }
    },

    durations() {
      const took = clock.now() - startedAt;
      for (const limit of limits) {
        const { after, text } = limit;
        if (after === undefined || took <= after) continue;
        limit.after = undefined;
        report({ subject, text: text(formatDuration(toTheSecond(took)), formatDuration(after)), level: 'warning' });
      }
    },

    waiting(why) {
      if (why === undefined || why.text === waits) return;
      waits = why.text;
      report({ subject, ...why });
    },
  };
}

function actionText(action: ActionExecutionDetail): string {
  const path = pathOf(action);
  const took = formatDuration(toTheSecond((action.lastUpdateTime?.getTime() ?? 0) - startOf(action)));
  switch (action.status) {
    case 'InProgress':
      return `${path} started`;
    case 'Succeeded':
      return `${path} succeeded after ${took}`;
    case 'Failed':
      return `${describeFailure(action)} (after ${took})`;
    default:
      return `${path} ${action.status?.toLowerCase() ?? 'unknown'} after ${took}`;
  }
}

/** Who is to answer an approval finds there what the pipeline’s owner has written for them. */
function approvalText(action: ActionExecutionDetail, link: string): string {
  const { CustomData: words, ExternalEntityLink: review } = action.input?.configuration ?? {};
  const more = [words, review === undefined ? undefined : `review ${review}`].flatMap(part => part || []);
  return [`${pathOf(action)} waits for a person to approve: ${link}`, ...more].join(' · ');
}

function startOf({ startTime }: ActionExecutionDetail): number {
  return startTime?.getTime() ?? 0;
}
