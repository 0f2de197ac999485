import type { MotoServer } from '../server.ts';
import type { Comparison } from './comparison.ts';
import { differencesOf } from './differ.ts';
import { differences } from './differences.ts';
import { type Found, linesOf, outdated, unlisted } from './listing.ts';
import { comparisons } from './services.ts';
import { type LabSide, openLabSide } from './sides.ts';

/** The lab and moto, call by call. Answers what is not listed, and what is listed and no longer so. */
export async function labAgainstMoto(moto: MotoServer): Promise<readonly string[]> {
  const lab = await openLabSide();
  const lines = linesOf(differences);
  try {
    const short: string[] = [];
    const found: Found[] = [];
    let calls = 0;
    for (const comparison of comparisons) {
      const { service } = comparison;
      try {
        const pairs = await playBoth(comparison, lab, moto);
        calls += pairs.length;
        found.push(
          ...pairs.flatMap(({ what, lab: one, moto: other }) =>
            differencesOf(one, other).map(difference => ({ ...difference, service, step: what })),
          ),
        );
      } catch (error) {
        short.push(`${service}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
    short.push(...lab.troubles(), ...unlisted(found, lines), ...outdated(found, lines));
    const what = `${calls} calls of ${comparisons.length} services`;
    console.log(
      `  ${what}, on the lab and on moto: ${found.length} differences, ${lines.length} lines say who is right`,
    );
    return short;
  } finally {
    await lab.close();
  }
}

async function playBoth(comparison: Comparison, lab: LabSide, moto: MotoServer) {
  const [ours, theirs] = await Promise.all([comparison.onLab(lab), comparison.onMoto(moto)]);
  return ours.map((step, index) => {
    const other = theirs[index];
    if (other?.what !== step.what) throw new Error(`the two sides were not asked the same: ${step.what}`);
    return { what: step.what, lab: step.observation, moto: other.observation };
  });
}
