import { type NumberedJudgement, type Replay, replay } from '#core/gate/replay';
import { verdictMark } from '#core/report/outcome-mark';
import { type Command, type ExitCode, exitCodes } from '../command.ts';
import { journalAbout, journalUsage, readAsked } from '../journal/judgements.ts';

/** Judges what the journal has judged once more, from its facts alone. */
export const replayCommand: Command = {
  usage: journalUsage,
  about: `Judges again what the journal of an environment has judged, from the facts that it keeps: exit 0 where every verdict follows from them again, 1 where one does not, 2 where one cannot be read. ${journalAbout}`,
  run: async (words, terminal) => {
    const { environment, judgements, journals, events } = readAsked(words, terminal.cwd);
    const replays = judgements.map(judgement => ({ judgement, result: replay(judgement, journals) }));
    for (const { judgement, result } of replays) for (const line of linesOf(judgement, result)) terminal.write(line);
    const same = replays.filter(({ result }) => result.kind === 'same').length;
    terminal.write(
      `${environment}: ${same} of ${judgements.length} judgements in ${events} events follow from their facts.`,
    );
    return exitCodeOf(replays.map(({ result }) => result));
  },
};

/** The worst counts; what is known to be wrong is told before what is not known. */
export function exitCodeOf(results: readonly Replay[]): ExitCode {
  if (results.some(({ kind }) => kind === 'different')) return exitCodes.bad;
  return results.some(({ kind }) => kind === 'unreadable') ? exitCodes.unknown : exitCodes.good;
}

function linesOf({ number, event }: NumberedJudgement, result: Replay): readonly string[] {
  const { at, release, stage, verdict, reason } = event;
  const what = [`#${number}`, at, release.version, stage, `${verdictMark(verdict)} (${reason})`].join('  ');
  return [`${what}  → ${words[result.kind]}`, ...detailsOf(result).map(line => `    ${line}`)];
}

export const words: Record<Replay['kind'], string> = {
  same: 'same',
  different: 'DIFFERENT',
  unreadable: 'cannot be judged again',
};

export function detailsOf(result: Replay): readonly string[] {
  switch (result.kind) {
    case 'same':
      return [];
    case 'different':
      return result.differences;
    case 'unreadable':
      return [result.why];
  }
}
