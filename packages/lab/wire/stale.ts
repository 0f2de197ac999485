import type { Reply } from './protocol.ts';

/** Remembers answers, so that a call can be given the one of some time ago. */
export interface Answers {
  /** `keep` ms is how far back a later call may ask. */
  remember(call: string, at: number, reply: Reply, keep: number): void;
  /**
   * The newest answer that was true at `time`: the last one given at or before it; when the call was first made after
   * that, its first answer; undefined when it was never made.
   */
  recall(call: string, time: number): Reply | undefined;
}

export function rememberAnswers(): Answers {
  const given = new Map<string, { at: number; reply: Reply }[]>();
  return {
    remember(call, at, reply, keep) {
      const answers = [...(given.get(call) ?? []), { at, reply }];
      // One answer older than the horizon stays: it is the one that was true then.
      const horizon = answers.findLastIndex(each => each.at <= at - keep);
      given.set(call, answers.slice(Math.max(0, horizon)));
    },
    recall(call, time) {
      const answers = given.get(call) ?? [];
      return (answers.findLast(each => each.at <= time) ?? answers[0])?.reply;
    },
  };
}
