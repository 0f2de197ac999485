import type { Distribution } from '../../../aws/cloudfront/distribution.ts';
import { answerAt } from '../../../aws/cloudfront/edge.ts';
import type { Lab } from '../../../lab.ts';

/** What visitors have met. */
export interface Visitors {
  readonly misses: readonly string[];
  readonly pages: number;
  /** Different bodies of the first page. */
  readonly fronts: ReadonlySet<string>;
}

const visitEvery = 10_000;

/**
 * Visitors at every edge, who load pages and all that they refer to whenever anything changes: so there is no instant between two
 * changes at which nobody looks. A page once loaded stays open, as a tab does, and asks for its files again later.
 */
export function startVisitors(
  lab: Lab,
  distribution: Distribution,
  pages: readonly string[],
  lasting: number,
): Visitors {
  const { clock } = lab;
  const end = clock.now() + lasting;
  const misses = new Set<string>();
  const fronts = new Set<string>();
  /** References of every page that was ever seen, by its body. */
  const tabs = new Map<string, readonly string[]>();
  let loaded = 0;

  const visit = () => {
    if (clock.now() > end) return;
    for (let edge = 0; edge < distribution.edges; edge += 1) {
      for (const [index, path] of pages.entries()) {
        const page = answerAt(distribution, edge, path, clock.now());
        loaded += 1;
        const body = Buffer.from(page.body).toString();
        if (page.status !== 200) misses.add(`${path} at edge ${edge}: ${page.status}`);
        else tabs.set(body, referencesIn(body));
        if (index === 0) fronts.add(body);
      }
      for (const reference of new Set([...tabs.values()].flat())) {
        const file = answerAt(distribution, edge, reference, clock.now());
        // A page instead of a file is the fallback of a single-page application: to a script it is a miss.
        const isPage = file.headers['content-type']?.startsWith('text/html') === true;
        if (file.status !== 200 || isPage) misses.add(`${reference} at edge ${edge}: ${file.status}`);
      }
    }
  };
  const again = () => {
    visit();
    if (clock.now() + visitEvery <= end) clock.at(clock.now() + visitEvery, again);
  };
  distribution.bucket.watchers.add(visit);
  again();
  return {
    get misses() {
      return [...misses];
    },
    get pages() {
      return loaded;
    },
    fronts,
  };
}

/** Scripts, styles, images: whatever a page names with a hash or without, on its own host. Links to other pages are none. */
function referencesIn(body: string): readonly string[] {
  return [...body.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg|png|woff2|json))"/g)].map(([, path = '']) => path);
}
