import { type JournalEvent, journalSchema } from '#core/journal/event';
import type { Repository } from '../../github/ports.ts';
import type { JournalView } from '../data.ts';
import { eventText } from '../page/journal-event.ts';

const prefix = 'refs/heads/release-journal/';

/** The journal branches of a repository, as they are in git. */
export function readJournals(repository: Pick<Repository, 'refs' | 'readFile' | 'listFiles'>): readonly JournalView[] {
  return [...repository.refs()]
    .filter(([ref]) => ref.startsWith(prefix))
    .map(([ref, head]) => {
      const read = (path: string) => repository.readFile(head, path)?.toString('utf8') ?? '';
      const files = repository.listFiles(head).filter(path => path.startsWith('events/'));
      return {
        environment: ref.slice(prefix.length),
        branch: ref.slice('refs/heads/'.length),
        head,
        page: read('README.md'),
        events: files.toSorted().map(file => ({ file, text: read(file), ...eventIn(read(file)) })),
      };
    });
}

/** A scenario may forge a journal: what cannot be told as an event is shown as the text that it is. */
function eventIn(text: string): { readonly event?: JournalEvent } {
  try {
    const event = JSON.parse(text) as JournalEvent;
    const told = event.schema === journalSchema && typeof eventText(event) === 'string';
    return told && !Number.isNaN(Date.parse(event.at)) && typeof event.run.url === 'string' ? { event } : {};
  } catch {
    return {};
  }
}
