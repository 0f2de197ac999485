import { type Diagnostic, diagnosticText } from './diagnostics.ts';
import { type EngineEvent, readEvent, type Summary } from './events.ts';
import { changesSomething } from './operations.ts';
import { type Preview, previewOf } from './preview.ts';
import { createJsonStream } from './stream.ts';
import { resourceText } from './urn.ts';

/** What one run of `pulumi up --json` has told. */
export interface UpdateFacts {
  /** The preview that comes first on the stream when there is a plan; `undefined` where there was none. */
  readonly preview: Preview | undefined;
  /** The engine has begun to work: from here on something may have changed. */
  readonly began: boolean;
  /** Operations that changed something and ended well, and those that failed. */
  readonly done: readonly Operation[];
  readonly failed: readonly Operation[];
  /** Operations that began and of which nothing more was heard. */
  readonly open: readonly Operation[];
  readonly errors: readonly Diagnostic[];
  readonly summary: Summary | undefined;
  /** Output that is neither a preview nor an event, the last lines of it. */
  readonly other: readonly string[];
}

export interface Operation {
  readonly operation: string;
  readonly urn: string;
}

export interface UpdateReader {
  readonly feed: (line: string) => void;
  /** The engine has begun to work. */
  readonly began: () => boolean;
  readonly facts: () => UpdateFacts;
}

const keptLines = 20;

/** Reads the output of `up --json` as it comes; `tell` gets a line for people on each operation that changes something. */
export function createUpdateReader(tell: (text: string) => void = () => {}): UpdateReader {
  let preview: Preview | undefined;
  let began = false;
  let summary: Summary | undefined;
  const done: Operation[] = [];
  const failed: Operation[] = [];
  const open = new Map<string, Operation>();
  const errors: Diagnostic[] = [];
  const other: string[] = [];
  const stream = createJsonStream(line => {
    other.push(line);
    if (other.length > keptLines) other.shift();
  });

  function close(kept: Operation[], event: Operation): void {
    open.delete(event.urn);
    if (changesSomething(event.operation)) kept.push({ operation: event.operation, urn: event.urn });
  }

  function take(event: EngineEvent): void {
    switch (event.kind) {
      case 'began':
        began = true;
        return;
      case 'starts':
        if (!changesSomething(event.operation)) return;
        open.set(event.urn, { operation: event.operation, urn: event.urn });
        tell(`${event.operation} ${resourceText(event.urn)}`);
        return;
      case 'done':
        close(done, event);
        return;
      case 'op-failed':
        tell(`${event.operation} ${resourceText(event.urn)} failed`);
        close(failed, event);
        return;
      case 'says':
        if (event.diagnostic.severity !== 'error') return;
        errors.push(event.diagnostic);
        tell(diagnosticText(event.diagnostic));
        return;
      case 'summary':
        if (!event.summary.isPreview) summary = event.summary;
        return;
      case 'end':
      case 'other':
        return;
    }
  }

  return {
    feed: line => {
      const value = stream.feed(line);
      if (value === undefined) return;
      const event = readEvent(value);
      if (event === undefined) preview ??= previewOf(value);
      else take(event);
    },
    began: () => began,
    facts: () => ({ preview, began, done, failed, open: [...open.values()], errors, summary, other }),
  };
}
