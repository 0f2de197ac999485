import { logGroupOf } from './log-group.ts';
import type { Work } from './work.ts';

/** How many log lines are shown. */
const tailLines = 12;

/** Log events can be read some seconds after they were written, in ms. */
const lateness = 10_000;

/** What the new version logged since the change began: its errors first of all. Streams are named `yyyy/mm/dd/[version]…`. */
export async function lastWords(work: Work, version: string): Promise<readonly string[]> {
  const { context, started } = work;
  const group = logGroupOf(work);
  try {
    const logs = await context.logs();
    const days = [...new Set([started, context.clock.now()].map(dayOf))];
    const read = async () => {
      const tails = days.map(day => logs.tailOfStreams(group, `${day}/[${version}]`, started, 200));
      return (await Promise.all(tails)).flat().map(line => line.trimEnd());
    };
    let lines = await read();
    if (lines.length === 0) {
      await context.clock.sleep(lateness, context.signal).catch(() => undefined);
      lines = await read();
    }
    const telling = lines.filter(line => telltale.test(line));
    const shown = (telling.length > 0 ? telling : lines).slice(-tailLines);
    return shown.length > 0 ? shown.map(line => `│ ${line}`) : [`(no log lines of version ${version} in ${group})`];
  } catch (error) {
    return [`(the log could not be read: ${error instanceof Error ? error.message : String(error)})`];
  }
}

const telltale = /error|exception|traceback|timed out|INIT_REPORT|fatal/i;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
}
