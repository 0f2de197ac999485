import { type NumberedJudgement, type Replay, replay } from '#core/gate/replay';
import { verdictMark } from '#core/report/outcome-mark';
import type { RuleVerdict } from '#core/verdict';
import type { Command } from '../command.ts';
import { journalAbout, journalUsage, readAsked } from '../journal/judgements.ts';
import { adviceFor } from './advice.ts';
import { detailsOf, exitCodeOf, words as wordsOf } from './replay.ts';

/** Tells one judgement to people: what was decided, by which rule, on what evidence, and what unblocks it. */
export const explain: Command = {
  usage: journalUsage,
  about: `Tells one judgement of an environment, the newest unless an event is named: every rule with its evidence and what unblocks it, and whether the verdict follows from its facts; ends like \`replay\`. ${journalAbout}`,
  run: async (words, terminal) => {
    const { judgements, journals } = readAsked(words, terminal.cwd);
    const newest = judgements.at(-1);
    if (newest === undefined) throw new Error('a journal without judgements is refused before');
    const result = replay(newest, journals);
    for (const line of linesOf(newest, result)) terminal.write(line);
    return exitCodeOf([result]);
  },
};

function linesOf({ environment, number, event }: NumberedJudgement, result: Replay): readonly string[] {
  const { release, stage, at, run, verdict, reason, rules } = event;
  const moment = stage === 'plan' ? 'before anybody was asked' : 'right before the change';
  return [
    `${release.version} → ${environment}, judged ${moment}: ${verdictMark(verdict)} (${reason})`,
    `event ${number} of ${at}, run ${run.url} of ${run.actor}`,
    `commit ${release.sha}, tree ${release.tree}`,
    '',
    ...rules.flatMap(linesOfRule),
    '',
    `From its facts follows: ${wordsOf[result.kind]}`,
    ...detailsOf(result).map(line => `    ${line}`),
  ];
}

function linesOfRule(rule: RuleVerdict): readonly string[] {
  const { message, evidence, explanation = [], next, missing = [], until } = rule;
  const details = [
    ...Object.entries(evidence).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}`),
    ...explanation,
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
  ];
  const unblocks = rule.verdict === 'pass' ? [] : [`→ ${next ?? adviceFor(rule.reason)}`];
  const heading = `${verdictMark(rule.verdict)}  ${rule.rule} (${rule.reason}): ${message}`;
  return [heading, ...[...details, ...unblocks].map(line => `    ${line}`)];
}
