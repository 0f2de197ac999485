import { FindingError } from '#core/finding';
import { publishedAs } from '#core/journal/published';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { forecastText } from '#core/publish/forecast';
import type { GitHub } from '#github/client';
import { nextTagOf, tagsOfProduct } from '#github/place';

/** What would be published of the release, in a sentence for the reviewer; undefined where nothing is. Nothing is decided by it. */
export async function forecastOf(github: GitHub, plan: Plan, state: EnvironmentState): Promise<string | undefined> {
  const { release, environment } = plan;
  const { publish } = environment;
  if (publish === undefined || publish.without !== undefined) return undefined;
  if (release.tag !== undefined) return `Verified, ${release.tag} is published as a release on GitHub.`;
  const make = publish.tag;
  if (make === undefined) return undefined;
  try {
    const refs = await tagsOfProduct(github, make.prefix);
    const known = publishedAs(state, release)?.tag;
    return forecastText(await nextTagOf(github, { sha: release.sha, make, refs, known }));
  } catch (error) {
    // Whatever bars the look bars no release: it is looked again when it is published.
    const [finding] = error instanceof FindingError ? error.findings : [];
    return `Which version it would become could not be looked up${finding === undefined ? '' : `: ${finding.message}`}`;
  }
}
