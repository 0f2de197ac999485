import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { notKnown, rule } from './rule.ts';
import type { Seen } from './sought.ts';

/** Judges what was seen in AWS. What will only be seen right before the change stops nobody before that, and says so. */
export function judgeSeen<T>(
  name: string,
  seen: Seen<T>,
  { stage, plan }: Pick<GateFacts, 'stage' | 'plan'>,
  judge: (value: T) => readonly RuleVerdict[],
): readonly RuleVerdict[] {
  switch (seen.known) {
    case true:
      return judge(seen.value);
    case false:
      return [notKnown(name, seen.finding)];
    case 'later': {
      if (stage === 'release') {
        return [rule(name, 'error', 'gate-not-looked-up', `Nobody looked up what ${name} asks for.`)];
      }
      const environment = plan.environment.name;
      const message = `⏳ Judged right before the change: without \`read-role\` of ${environment}, nobody can look there before.`;
      return [rule(name, 'pass', 'judged-before-change', message, { environment })];
    }
  }
}
