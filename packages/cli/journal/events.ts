import { FindingError } from '#core/finding';
import { type JournalEvent, journalSchema } from '#core/journal/event';

/** The text of each file in `events/`, by its name. */
export type EventFiles = ReadonlyMap<string, string>;

/** The events in their order. Throws a `FindingError` for a journal of which something is missing or cannot be read. */
export function readEvents(environment: string, files: EventFiles): readonly JournalEvent[] {
  const names = [...files.keys()].toSorted();
  return names.map((name, index) => {
    const number = Number(/^(\d+)-[a-z-]+\.json$/.exec(name)?.[1]);
    if (number !== index + 1) throw unreadable(environment, `It has no event ${index + 1}, and a file ${name}.`);
    return readEvent(environment, name, files.get(name) ?? '');
  });
}

function readEvent(environment: string, name: string, text: string): JournalEvent {
  const event = parse(text);
  if (event === null || !name.endsWith(`-${event.type}.json`)) {
    throw unreadable(environment, `Its file ${name} holds no such event.`);
  }
  if (event.schema !== journalSchema) {
    throw unreadable(environment, `Its event ${name} has schema ${event.schema}; this version reads ${journalSchema}.`);
  }
  return event;
}

function parse(text: string): JournalEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as JournalEvent | null) : null;
  } catch {
    return null;
  }
}

function unreadable(environment: string, what: string): FindingError {
  const message = `The journal of ${environment} cannot be read. ${what}`;
  return new FindingError([{ reason: 'journal-invalid', message, evidence: { environment } }]);
}
