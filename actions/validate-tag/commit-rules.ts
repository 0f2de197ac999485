import type { Environment } from '#core/flow/environment';
import type { Flow } from '#core/flow/parse';
import { unlessBroken } from '#core/gate/break-glass';
import type { Sought } from '#core/gate/sought';
import type { EnvironmentState } from '#core/journal/state';
import type { Glass } from '#core/plan/glass';
import type { Release } from '#core/release';
import { checkRule, judgeChecks } from '#core/tags/checks';
import { advised, judged } from '#core/tags/judged';
import { candidateRule, hasLine, judgeLine, lineRule, lineScopes, type TakenTag } from '#core/tags/line';
import { judgeMoved } from '#core/tags/moved';
import { branchRule, judgeBranch } from '#core/tags/on-branch';
import { judgePackage, packageRule, versionFiles } from '#core/tags/package-version';
import { annotatedRule, judgeAnnotated, judgeSignature, signatureRule } from '#core/tags/tag-object';
import type { RuleVerdict } from '#core/verdict';
import type { Destination } from '#core/version/environment-for';
import type { GitHub } from '#github/client';
import { checksOf } from '#github/commit-checks';
import { fileAt } from '#github/commits';
import { soughtOf } from '#github/sought';
import { type TagRef, tagsBeginning, verificationOf } from '#github/tags';
import { whereIs } from '#github/whereabouts';

export interface Judged {
  readonly flow: Flow;
  readonly destination: Extract<Destination, { ok: true }>;
  readonly release: Release;
  readonly state: EnvironmentState;
  readonly defaultBranch: string;
  /** The components that are released. */
  readonly components: readonly string[];
  readonly glass?: Glass | undefined;
}

/** What is judged of the tag and the commit that are released. Every rule is judged, whatever the others say. */
export async function judgeCommit(github: GitHub, facts: Judged): Promise<readonly RuleVerdict[]> {
  const { tag, pattern } = facts.destination;
  const environment = facts.flow.environments[facts.destination.environment];
  // Its name is one of the flow; for any other there would be no plan.
  if (environment === undefined) return [];
  const [ofTag, ofCommit] = await Promise.all([
    tag === undefined || pattern.kind !== 'tag' ? [] : judgeTag(github, { tag, pattern }, environment, facts),
    judgeRequired(github, environment, facts.release),
  ]);
  const { glass } = facts;
  const rules = [...ofTag, ...(glass === undefined ? ofCommit : unlessBroken({ glass }, 'checks', ofCommit))];
  return facts.flow.enforce ? rules : advised(rules);
}

async function judgeTag(
  github: GitHub,
  taken: TakenTag,
  environment: Environment,
  facts: Judged,
): Promise<readonly RuleVerdict[]> {
  const { release, state, defaultBranch } = facts;
  const { name, tags: policy } = environment;
  const { sha } = release;
  const [line, where, packages] = await Promise.all([
    soughtOf(reading, () => readLine(github, taken)),
    soughtOf(reading, () => whereIs(github, { sha, policy, environment: name, defaultBranch })),
    judgePackages(github, taken, environment, facts),
  ]);
  const orderRules = taken.pattern.numbered ? [lineRule, candidateRule] : [lineRule];
  return [
    judgeMoved(release, state),
    ...(await judgeObject(github, taken, environment, line)),
    ...judged(orderRules, line, tags => judgeLine(taken, namesOf(tags))),
    ...judged([branchRule], where, found => [judgeBranch(release, policy, found)]),
    ...packages,
  ];
}

const reading = 'contents: read';

/** The tags that the release is ordered among, and its own: no more of them than it takes to see its line. */
async function readLine(github: GitHub, taken: TakenTag): Promise<readonly TagRef[]> {
  let tags: readonly TagRef[] = [];
  for (const scope of lineScopes(taken.tag)) {
    tags = await tagsBeginning(github, scope);
    if (hasLine(taken, namesOf(tags))) break;
  }
  return tags;
}

function namesOf(tags: readonly TagRef[]): readonly string[] {
  return tags.map(({ name }) => name);
}

/** The list of the line says whether the tag is annotated; only its signature takes another call. */
async function judgeObject(
  github: GitHub,
  { tag: { tag } }: TakenTag,
  { tags: policy }: Environment,
  line: Sought<readonly TagRef[]>,
): Promise<readonly RuleVerdict[]> {
  const { annotated, signed } = policy;
  if (!annotated && !signed) return [];
  const own = line.known ? ownRef(tag, line.value) : line;
  const ofAnnotated = judged([annotatedRule], own, ref => [judgeAnnotated(tag, ref.annotated)]);
  return [...(annotated ? ofAnnotated : []), ...(signed ? await judgeSigned(github, tag, own) : [])];
}

async function judgeSigned(github: GitHub, tag: string, own: Sought<TagRef>): Promise<readonly RuleVerdict[]> {
  if (own.known && !own.value.annotated) return [judgeSignature(tag, undefined)];
  const verification = own.known ? await soughtOf(reading, () => verificationOf(github, own.value.sha)) : own;
  return judged([signatureRule], verification, found => [judgeSignature(tag, found)]);
}

function ownRef(tag: string, tags: readonly TagRef[]): Sought<TagRef> {
  const own = tags.find(({ name }) => name === tag);
  if (own !== undefined) return { known: true, value: own };
  const message = `${tag} is not there any more.`;
  return { known: false, finding: { reason: 'not-found', message, evidence: { tag } } };
}

async function judgePackages(
  github: GitHub,
  { tag }: TakenTag,
  { tags: { packages } }: Environment,
  { release, components }: Judged,
): Promise<readonly RuleVerdict[]> {
  const verdicts = versionFiles(packages, components).map(async path => {
    const file = await soughtOf(reading, () => fileAt(github, path, release.sha));
    return judged([packageRule(path)], file, text => [judgePackage(release, tag.core, { path, text })]);
  });
  return (await Promise.all(verdicts)).flat();
}

async function judgeRequired(
  github: GitHub,
  { gates: { checks } }: Environment,
  release: Release,
): Promise<readonly RuleVerdict[]> {
  if (checks === undefined) return [];
  const found = await checksOf(github, release.sha, checks.names);
  return judged(checks.names.map(checkRule), found, all => judgeChecks(checks, release.sha, all));
}
