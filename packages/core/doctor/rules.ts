import type { Finding } from '../finding.ts';
import type { BranchRule, DoctorFacts } from './facts.ts';
import { type DoctorFinding, unknown } from './finding.ts';

/** What holds for a branch, by rulesets and by classic protection, as far as it could be read. */
export interface Rules {
  readonly rules: readonly BranchRule[];
  /** Why some of it could not be read. */
  readonly unread?: Finding;
}

export function rulesFor({ rules, protection }: Pick<DoctorFacts, 'rules' | 'protection'>, branch: string): Rules {
  const sought = [rules[branch], protection[branch]].map(each => {
    if (each === undefined) throw new Error(`nobody looked up the rules of ${branch}`);
    return each;
  });
  const [unread] = sought.flatMap(each => (each.known ? [] : [each.finding]));
  return {
    rules: sought.flatMap(each => (each.known ? each.value : [])),
    ...(unread === undefined ? {} : { unread }),
  };
}

/** What is missing among the rules that were read may be among those that were not: then it is unknown. What is there, is there. */
export function asFarAsRead({ unread }: Rules, finding: DoctorFinding): DoctorFinding {
  return unread === undefined || finding.is === 'ok' ? finding : unknown(finding.about, unread);
}
