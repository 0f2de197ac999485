import type { Box } from '../flow/boxes.ts';
import type { ChecklistPolicy } from '../flow/gates/checklist.ts';
import { didYouMean } from '../flow/nearest.ts';
import type { Plan } from '../plan/plan.ts';
import { few } from '../report/few.ts';
import { judge, type RuleVerdict, type Verdict } from '../verdict.ts';
import type { ReleaseIssue } from './lookups.ts';
import { rule } from './rule.ts';

const name = 'checklist';

/**
 * Every box that people decide is ticked in the issue of the release. Whoever adds a box to it asks for one more; whoever takes one
 * out, or changes its words, has not ticked it.
 */
export function judgeChecklist({
  policy,
  found: issue,
}: {
  readonly policy: ChecklistPolicy;
  readonly found: ReleaseIssue | null;
}): readonly RuleVerdict[] {
  const { path, boxes } = policy;
  if (boxes.length === 0) {
    return [rule(name, 'error', 'gate-not-looked-up', `Nobody has read the boxes of ${path}.`, { path })];
  }
  const asked = ofPeople(policy);
  if (asked.length === 0) {
    return [rule(name, 'pass', 'checklist-ticked', `Rules decide all boxes of ${path}.`, { path })];
  }
  if (issue === null) {
    const message = `${counted(asked.length, 'box', 'boxes')} of ${path} will be asked for in an issue, once nothing else speaks against the release: ${few(asked)}.`;
    return [{ ...rule(name, 'wait', 'checklist-unasked', message, { path }), missing: asked }];
  }
  return [judgeIssue(path, asked, issue)];
}

function judgeIssue(path: string, asked: readonly string[], issue: ReleaseIssue): RuleVerdict {
  const { number, url, open, boxes } = issue;
  const lost = without(
    asked,
    boxes.map(({ text }) => text),
  );
  const unticked = boxes.filter(({ ticked }) => !ticked).map(({ text }) => text);
  const evidence = { issue: url, path };
  if (lost.length > 0) {
    const message = `${few(lost)}: in ${path}, but not, or not in these words, in #${number}.`;
    const next = `Put it back into ${url} as \`- [ ] ${lost[0]}\`, and tick it when it is done.`;
    return rule(name, 'fail', 'checklist-changed', message, { ...evidence, lost }, next);
  }
  if (unticked.length === 0) {
    const message = `${counted(boxes.length, 'box', 'boxes')} of #${number} ${boxes.length === 1 ? 'is' : 'are'} ticked: ${url}`;
    return rule(name, 'pass', 'checklist-ticked', message, evidence);
  }
  const left = `${unticked.length} of ${counted(boxes.length, 'box', 'boxes')} ${unticked.length === 1 ? 'is' : 'are'} not ticked: ${few(unticked)}.`;
  if (!open) {
    const message = `#${number} is closed, and ${left} So the release was turned down.`;
    const next = `Open ${url} again where it shall go on after all.`;
    return rule(name, 'fail', 'checklist-turned-down', message, evidence, next);
  }
  const next = `Tick them in ${url}; then it goes on by the clock, or with the operation \`go\`.`;
  return { ...rule(name, 'wait', 'checklist-open', `In #${number} ${left}`, evidence, next), missing: unticked };
}

/** The boxes that people decide. */
export function ofPeople({ boxes }: ChecklistPolicy): readonly string[] {
  return boxes.filter(box => box.rule === undefined).map(box => box.text);
}

/** A box that a rule decides, with what that rule has said; undefined where none of that name was judged. */
export interface Decided {
  readonly box: Box & { readonly rule: string };
  readonly verdict: Verdict | undefined;
}

/** `rules`: all that were judged. */
export function decided({ boxes }: ChecklistPolicy, rules: readonly RuleVerdict[]): readonly Decided[] {
  return boxes.flatMap(({ text, rule: by }) => {
    if (by === undefined) return [];
    const own = rules.filter(entry => entry.rule === by);
    return [{ box: { text, rule: by }, verdict: own.length === 0 ? undefined : judge(own) }];
  });
}

/** A box that a rule decides needs no verdict of its own: the rule has one. But where there is no such rule, nobody decides it. */
export function judgeUndecided(plan: Plan, rules: readonly RuleVerdict[]): readonly RuleVerdict[] {
  const { gates, name: environment } = plan.environment;
  if (gates.checklist === undefined || plan.operation === 'rollback') return [];
  const { path } = gates.checklist;
  const known = [...new Set(rules.map(entry => entry.rule))];
  return decided(gates.checklist, rules)
    .filter(({ verdict }) => verdict === undefined)
    .map(({ box }) => {
      const message = `No rule “${box.rule}” was judged for ${environment}, so nobody decides “${box.text}” of ${path}.`;
      const next = `Correct the rule that ${path} names (${didYouMean(box.rule, known)}), or let people tick the box.`;
      return rule(name, 'inconclusive', 'box-undecided', message, { path, rule: box.rule }, next);
    });
}

/** Those that are left when each of the others has taken one of its kind away. */
function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const rest = [...others];
  return texts.filter(text => {
    const at = rest.indexOf(text);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
