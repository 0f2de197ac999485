import type { Kit } from '#action-kit/kit';
import type { Happening } from '#core/journal/event';
import { componentsOf, type Plan } from '#core/plan/plan';

/**
 * GitHub takes 80 writes a minute of everybody together, and 500 an hour: where there are hundreds of components, or several jobs, there
 * is a pause before each write, in ms. Source: docs.github.com, “Rate limits for the REST API”, secondary rate limits.
 */
const unhurried = { components: 10, pause: 5_000, pauseForEachPart: 1_000 };

/** Writes happenings down: what many components report at the same time goes into one commit, and never two commits at a time. */
export type Notebook = (happenings: readonly Happening[]) => Promise<void>;

export function createNotebook(
  { clock, signal }: Pick<Kit, 'clock' | 'signal'>,
  plan: Plan,
  append: Notebook,
): Notebook {
  const many = componentsOf(plan).length > unhurried.components;
  const pause = many ? Math.max(unhurried.pause, (plan.parts ?? 1) * unhurried.pauseForEachPart) : 0;
  let open: Page | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const begin = (): Page => {
    const lines: Happening[] = [];
    const written = last.then(async () => {
      // Whoever is cancelled has seconds left.
      if (pause > 0) await clock.sleep(pause, signal).catch(() => undefined);
      open = undefined;
      await append(lines);
    });
    last = written.catch(() => undefined);
    return { lines, written };
  };

  return happenings => {
    open ??= begin();
    open.lines.push(...happenings);
    return open.written;
  };
}

/** What is going to be written together; it is open as long as nobody has begun to write it. */
interface Page {
  readonly lines: Happening[];
  readonly written: Promise<void>;
}
