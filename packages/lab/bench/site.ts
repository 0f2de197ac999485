import type { Measurement } from './marks.ts';
import { runSite, type SiteRun, size } from './site-run.ts';
import { table } from './table.ts';

/** `bench site`: a release that changes 50 of 5,000 files, after a fresh checkout, against `aws s3 sync` and an invalidation of all. */
export async function benchSite(suite: string): Promise<Measurement> {
  const { ours, sync } = await runSite(suite);
  const row = (name: string, run: SiteRun) => [
    name,
    run.requests,
    Math.round(run.bytes / 1000),
    (run.wall / 1000).toFixed(1),
    run.labTime / 1000,
  ];
  console.log(`${size.files} files, ${size.changed} changed`);
  console.log(
    table(['', 'requests', 'kB sent', 's of wall time', 's of lab time'], [row('ours', ours), row('sync', sync)]),
  );
  const ratio = (what: string, of: (run: SiteRun) => number, atMost: number) => ({
    what: `${what}, ours by that of sync`,
    found: of(ours) / of(sync),
    atMost,
    unit: '',
  });
  return {
    name: 'site',
    marks: [
      ratio('requests', run => run.requests, 0.5),
      ratio('bytes sent', run => run.bytes, 0.5),
      ratio('wall time', run => run.wall, 1),
      ratio('waiting', run => run.labTime, 1),
    ],
    details: { ours, sync },
  };
}
