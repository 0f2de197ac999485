import type { StackEvent } from '#aws/cloudformation';
import { pause, type StackContext } from './context.ts';
import { isOfStack } from './failures.ts';
import { type Judgement, judgeOperation, operationEvents } from './judge.ts';

/** One operation on one stack, known by the token that it was begun with. */
export interface Operation {
  readonly stack: string;
  readonly stackId: string;
  readonly token: string;
  readonly kind: 'create' | 'update' | 'import';
  /** By CloudFormation’s clock: nothing of the operation is older. */
  readonly since: Date;
  /** Epoch ms. */
  readonly deadline: number;
}

export type OperationEnding = Extract<Judgement, { outcome: string }> & {
  readonly events: readonly StackEvent[];
  /** CloudFormation still works at it. */
  readonly final: boolean;
};

/** Between two looks at the events, in ms. */
const interval = 4_000;

/** Follows the events of one operation to its end; other people’s operations before and after it are not taken for it. */
export async function followOperation(context: StackContext, operation: Operation): Promise<OperationEnding> {
  const { clock, cloudformation, report, signal } = context;
  const { stack, stackId, token, since, deadline } = operation;
  const seen = new Set<string>();
  const all: StackEvent[] = [];
  let told = 0;
  for (;;) {
    const news = await cloudformation.events(
      stackId,
      ({ EventId = '', Timestamp }) => seen.has(EventId) || (Timestamp !== undefined && Timestamp < since),
    );
    for (const event of news.toReversed()) {
      seen.add(event.EventId ?? '');
      all.push(event);
    }
    const events = operationEvents(all, token);
    for (const event of events.slice(told)) {
      const line = lineOf(event);
      if (line !== undefined) report({ subject: stack, text: line, level: 'info' });
    }
    told = events.length;
    const judgement = judgeOperation({ stack, events, now: clock.now(), deadline });
    if (judgement.kind !== 'going') return { ...judgement, events, final: judgement.kind === 'ended' };
    if (signal.aborted) {
      const message = `Cancelled while ${stack} was ${judgement.phase}.`;
      return { kind: 'late', outcome: 'stopped', reason: 'cancelled', message, events, final: false };
    }
    await pause(context, interval);
  }
}

/** One line for each event that says something new. */
function lineOf(event: StackEvent): string | undefined {
  const { LogicalResourceId = '', ResourceStatus = '', ResourceStatusReason: reason } = event;
  if (reason === 'Resource creation Initiated') return undefined;
  const why = reason === undefined || reason === 'User Initiated' ? '' : `: ${reason.trim()}`;
  return isOfStack(event) ? `${ResourceStatus}${why}` : `${LogicalResourceId} ${ResourceStatus}${why}`;
}
