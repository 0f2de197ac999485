import type { CheckView, Moment } from '#core/watch/check';

/** One kind of evidence: looks at the world from time to time, and judges what it has seen. */
export interface Observer {
  look(moment: Moment): Promise<void>;
  /** One view a check. Changes nothing and asks nobody. */
  judge(moment: Moment): readonly CheckView[];
}
