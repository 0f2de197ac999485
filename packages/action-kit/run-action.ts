import { setTimeout as delay } from 'node:timers/promises';
import {
  error as annotateError,
  warning as annotateWarning,
  endGroup,
  getInput,
  info,
  setOutput,
  setSecret,
  startGroup,
  summary,
} from '@actions/core';
import type { Clock } from '#core/clock';
import { type Finding, FindingError, placeText } from '#core/finding';
import { isSuccess } from '#core/outcome';
import { reasonText } from '#core/reasons';
import { boundedJson, boundedMarkdown } from './bounded.ts';
import { cancellation } from './cancellation.ts';
import { createInputReader, type InputReader } from './inputs.ts';
import type { ActionEnd, Kit, Log } from './kit.ts';
import { readRunContext } from './run-context.ts';
import { findingsOf, outcomeOfError } from './thrown.ts';

export interface Action<Inputs> {
  readonly name: string;
  readonly kind: ActionEnd['kind'];
  readonly getInputs: (input: InputReader) => Inputs;
  /** Mistakes inside an input that take more to be found than a start should load: asked where others have been found already. */
  readonly alsoWrong?: (inputs: Inputs) => Promise<readonly Finding[]>;
  readonly run: (kit: Kit, inputs: Inputs) => Promise<ActionEnd>;
}

/** The one failure boundary: whatever is thrown, the step is red, its outputs say why, and nothing passes by accident. */
export async function runAction<Inputs>(action: Action<Inputs>): Promise<void> {
  try {
    finish(action.name, await inputsThenRun(action, createKit()));
  } catch (thrown) {
    finish(action.name, endOfError(action.kind, thrown));
  }
  if (process.env.GITHUB_STEP_SUMMARY !== undefined) await summary.write();
}

async function inputsThenRun<Inputs>(action: Action<Inputs>, kit: Kit): Promise<ActionEnd> {
  const reader = createInputReader(name => getInput(name));
  const inputs = action.getInputs(reader);
  if (reader.problems.length > 0) {
    throw new FindingError([...reader.problems, ...((await action.alsoWrong?.(inputs)) ?? [])]);
  }
  return action.run(kit, inputs);
}

function createKit(): Kit {
  const clock: Clock = {
    now: () => Date.now(),
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
  };
  return {
    run: readRunContext(process.env),
    clock,
    // For jitter alone: nothing that must not be guessed.
    random: Math.random,
    signal: cancellation(),
    log: createLog(),
    summary: markdown => {
      const bounded = boundedMarkdown(markdown, Buffer.byteLength(summary.stringify()));
      if (bounded !== '') summary.addRaw(bounded, true);
    },
    setOutput,
    mask: setSecret,
    async idToken(audience) {
      const { mintToken } = await import('./oidc.ts');
      return mintToken(audience);
    },
  };
}

function createLog(): Log {
  return {
    info,
    warning: finding => annotateWarning(typeof finding === 'string' ? finding : textOf(finding)),
    async group(title, work) {
      startGroup(title);
      try {
        return await work();
      } finally {
        endGroup();
      }
    },
  };
}

function endOfError(kind: ActionEnd['kind'], thrown: unknown): ActionEnd {
  const findings = findingsOf(thrown);
  const [first] = findings;
  const message = findings.length > 1 ? `${findings.length} mistakes; nothing was changed.` : first.message;
  const details = { findings };
  if (kind === 'outcome') {
    return { kind, result: { ...first, message, outcome: outcomeOfError(findings) }, details };
  }
  return { kind, verdict: { ...first, message, verdict: 'error', rules: [] }, details, waitIsGreen: false };
}

/** Outputs first: whatever happens to the log, the machine that asked gets its answer. */
function finish(action: string, end: ActionEnd): void {
  const { details, kind } = end;
  const decision = end.kind === 'outcome' ? end.result : end.verdict;
  const word = end.kind === 'outcome' ? end.result.outcome : end.verdict.verdict;
  const green =
    end.kind === 'outcome'
      ? isSuccess(end.result.outcome)
      : end.verdict.verdict === 'pass' || (end.verdict.verdict === 'wait' && end.waitIsGreen);
  setOutput(kind, word);
  setOutput('reason', decision.reason);
  setOutput('result', boundedJson({ schema: 1, action, ...decision, ...details }));
  if (green) {
    info(`${word}: ${decision.message}`);
    return;
  }
  const findings = details.findings;
  const explanation = end.kind === 'outcome' ? (end.result.explanation ?? []) : [];
  const all = isFindings(findings) ? findings : [decision];
  const one = all.length > annotations ? annotations - 1 : all.length;
  const title = `${action}: ${word}`;
  for (const finding of all.slice(0, one)) annotate(finding, title, explanation);
  const [next, ...others] = all.slice(one);
  if (next !== undefined) annotate(next, title, others.map(textOf));
  process.exitCode = 1;
}

/**
 * GitHub keeps ten error annotations of a step and drops the others without a word: the last one takes what is left.
 * Source: docs.github.com, “Workflow commands”; the runner counts them by level.
 */
const annotations = 10;

function annotate(finding: Finding, title: string, explanation: readonly string[]): void {
  const { where } = finding;
  const place = where?.kind === 'file' ? { file: where.file, startLine: where.line, startColumn: where.column } : {};
  annotateError([textOf(finding), ...explanation].join('\n'), { title: `${title} (${finding.reason})`, ...place });
}

function textOf(finding: Finding): string {
  const place = finding.where === undefined ? '' : `${placeText(finding.where)}: `;
  return `${place}${finding.message}\n→ ${finding.next ?? reasonText(finding.reason).unblocks}`;
}

function isFindings(value: unknown): value is readonly Finding[] {
  return Array.isArray(value) && value.length > 0;
}
