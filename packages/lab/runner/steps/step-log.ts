import { explain, NotModelled } from '../fault.ts';
import type { AnnotationRecord, Draft, LogLine, StepRecord } from '../records.ts';
import { type CommandName, parseCommand, type WorkflowCommand } from './command-line.ts';
import type { Masker } from './masking.ts';

/** GitHub keeps this many annotations of each level from one step. */
const ANNOTATIONS_PER_LEVEL = 10;

/** What a step says: lines for its log, commands in its output, annotations for the run's page. */
export interface StepLog {
  /** A line of the runner itself. */
  say(text: string, kind?: LogLine['kind']): void;
  /** A line that the step's process wrote, which may be a workflow command. */
  output(line: string): void;
  /** As the runner's own annotations: in the log and on the page. */
  annotate(level: 'notice' | 'warning' | 'error', message: string): void;
  /** An error, with what is to be noted of it. */
  fail(error: unknown): void;
}

export interface StepLogPorts {
  readonly record: Draft<StepRecord>;
  readonly annotations: Draft<AnnotationRecord>[];
  readonly masker: Masker;
  /** Files below it are named from it. */
  readonly workspace: string;
  readonly now: () => number;
  readonly onLine: (line: LogLine) => void;
  /** The commands that do something besides saying it. */
  readonly effects: CommandEffects;
  /** Takes note of a fault of the lab. */
  readonly note: (fault: string) => void;
}

export interface CommandEffects {
  readonly setOutput: (name: string, value: string) => void;
  readonly saveState: (name: string, value: string) => void;
  /** The step fails, whatever its exit code. */
  readonly fail: () => void;
}

export function createStepLog({
  record,
  annotations,
  masker,
  workspace,
  now,
  onLine,
  effects,
  note,
}: StepLogPorts): StepLog {
  let stopToken: string | undefined;
  let echo = false;
  const kept = { notice: 0, warning: 0, error: 0 };

  const say = (text: string, kind: LogLine['kind'] = 'text') => {
    for (const part of masker.mask(text).split('\n')) {
      const line: LogLine = { at: now(), kind, text: part };
      record.log.push(line);
      onLine(line);
    }
  };

  const annotate = (
    level: 'notice' | 'warning' | 'error',
    message: string,
    properties: WorkflowCommand['properties'] = {},
  ) => {
    say(message, level);
    const shown = level === 'error' ? 'failure' : level;
    kept[level] += 1;
    if (kept[level] <= ANNOTATIONS_PER_LEVEL)
      annotations.push(annotationOf(shown, masker.mask(message), located(properties), record.name));
  };

  const located = (properties: WorkflowCommand['properties']) => {
    const file = properties.file?.startsWith(`${workspace}/`) ? properties.file.slice(workspace.length + 1) : undefined;
    return file === undefined ? properties : { ...properties, file };
  };

  const fail = (error: unknown) => annotate('error', explain(error, note));

  const refuse = (command: CommandName, why: string | NotModelled) => {
    annotate('error', `Unable to process command '::${command}::' successfully.`);
    if (typeof why === 'string') annotate('error', why);
    else fail(why);
    effects.fail();
  };

  const obey = (command: WorkflowCommand, line: string) => {
    const { name, message, properties } = command;
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        return annotate(name, message, properties);
      case 'debug':
        return say(message, 'debug');
      case 'group':
      case 'endgroup':
        return say(message, name);
      case 'add-mask':
        if (message.trim() === '')
          return annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
        masker.add(message);
        return say('::add-mask::***', 'command');
      case 'stop-commands':
        if (message === '' || parseCommand(`::${message}::`)) return refuse(name, `Invalid stop token '${message}'`);
        stopToken = message;
        return say(line, 'command');
      case 'echo':
        echo = message.trim().toLowerCase() === 'on';
        return;
      case 'set-output':
      case 'save-state':
        annotate(
          'warning',
          `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`,
        );
        return (name === 'set-output' ? effects.setOutput : effects.saveState)(properties.name ?? '', message);
      case 'set-env':
      case 'add-path':
        return refuse(name, `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
      case 'add-matcher':
      case 'remove-matcher':
        return refuse(name, new NotModelled('problem matchers'));
    }
  };

  return {
    say,
    annotate,
    fail,
    output(line) {
      if (stopToken !== undefined) {
        if (line.trim() === `::${stopToken}::`) stopToken = undefined;
        return say(line);
      }
      const command = parseCommand(line);
      if (!command) return say(line);
      if (echo && command.name !== 'add-mask') say(line, 'command');
      obey(command, line);
    },
  };
}

function annotationOf(
  level: AnnotationRecord['level'],
  message: string,
  properties: WorkflowCommand['properties'],
  step: string,
): Draft<AnnotationRecord> {
  const number = (name: string) => (/^\d+$/.test(properties[name] ?? '') ? Number(properties[name]) : undefined);
  const line = number('line') ?? 1;
  const column = number('col');
  const endColumn = number('endColumn');
  return {
    level,
    message,
    file: properties.file ?? '.github',
    line,
    endLine: number('endLine') ?? line,
    step,
    ...(properties.title === undefined ? {} : { title: properties.title }),
    ...(column === undefined ? {} : { column }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}
