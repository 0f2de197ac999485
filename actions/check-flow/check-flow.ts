import { usualFlow } from '#action-kit/common-inputs';
import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { textOfPlan } from '#action-kit/plan-text';
import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import { policyChanges } from '#core/flow/policy-changes';
import { mergeFlows } from '#core/flow/resolve';
import { rule } from '#core/gate/rule';
import { makePlan } from '#core/plan/make-plan';
import { possibleReleases } from '#core/plan/possible-releases';
import { rulesTable } from '#core/report/rules-table';
import type { Foresight } from '#core/tags/foresee';
import { judge, type RuleVerdict } from '#core/verdict';
import { type CommitFacts, commitOf, defaultBranch } from '#github/commits';
import { readFlowAt, readPolicy } from '#github/flow-files';
import { createWriter } from '#github/writer';
import type { Inputs } from './inputs.ts';
import { nextTags, nextTagsPage } from './next-tags.ts';
import { type Proposal, proposalOf } from './proposal.ts';
import { type Planned, withFiles } from './with-files.ts';

/** Reads the flow file as it would be after the merge, and plans what that would release. */
export async function checkFlow(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { clock, run } = kit;
  const { flow: file = usualFlow } = inputs;
  const { github } = createWriter(gitHubAccess(kit, inputs.githubToken, inputs.policyToken));
  const proposal = proposalOf(run);
  const [{ flow: content, warnings }, policy, branch, commit] = await Promise.all([
    readFlowAt(github, file, run.sha),
    readPolicy(github, file).catch(unreadable),
    defaultBranch(github),
    commitOf(github, run.sha),
  ]);
  for (const warning of warnings) kit.log.warning(warning.message);
  // Merged into the default branch, its policy holds; merged into another one, that of the default branch still does.
  const holds = proposal.base === branch || policy === undefined ? content : mergeFlows({ policy, content }).flow;
  const possible = possibleReleases(holds, proposal.base, branch).filter(
    ({ environment }) => inputs.environment === undefined || environment === inputs.environment,
  );
  const facts = { file, proposal, commit, now: clock.now(), vars: inputs.vars };
  // What no release would come of has templates all the same, which nobody should have to find wrong later.
  planAll(
    facts,
    Object.keys(content.environments).map(environment => ({ what: 'nothing', environment })),
    content,
  );
  const proposed = proposal.base === branch ? run.sha : undefined;
  const releases = planAll(facts, await withFiles(github, holds, possible, { branch, commit, proposed }), holds);
  const rules = [fileRule(content), policyRule(policy, content, { base: proposal.base, branch })];
  kit.setOutput('releases', JSON.stringify(releases));
  const tags = await nextTags(github, holds, possible, { base: proposal.base, sha: run.sha });
  kit.summary(page(rules, releases, tags));
  const verdict = judge(rules);
  return {
    kind: 'verdict',
    verdict,
    details: { releases: releases.map(({ what }) => what), nextTags: tags },
    waitIsGreen: false,
  };
}

/** A default branch whose flow file is missing or wrong says nothing: this one may be the one that mends it. */
function unreadable(error: unknown): undefined {
  if (error instanceof FindingError) return undefined;
  throw error;
}

interface Release {
  /** `merge into main → dev` */
  readonly what: string;
  readonly plan: string;
}

interface Facts {
  readonly file: string;
  readonly proposal: Proposal;
  readonly commit: CommitFacts;
  readonly now: number;
  readonly vars: Readonly<Record<string, string>>;
}

/** Throws a `FindingError` with every mistake, each at its place in the file. */
function planAll(
  { file, proposal, commit, now, vars }: Facts,
  possible: readonly Planned[],
  flow: Flow,
): readonly Release[] {
  const planned = possible.map(({ what, environment, checklist, migrations }) => ({
    what: `${what} → ${environment}`,
    result: makePlan({
      flow,
      file,
      environment,
      release: { version: what, sha: commit.sha, tree: commit.tree },
      // Nothing has been built yet.
      artifacts: {},
      originators: proposal.people,
      now,
      vars,
      operation: 'release',
      only: [],
      ...(checklist === undefined ? {} : { checklist }),
      ...(migrations === undefined ? {} : { migrations }),
    }),
  }));
  const mistakes = planned.flatMap(({ result }) => (result.ok ? [] : result.findings));
  const distinct = new Map(mistakes.map(mistake => [JSON.stringify(mistake), mistake]));
  if (distinct.size > 0) throw new FindingError([...distinct.values()]);
  return planned.flatMap(({ what, result }) => (result.ok ? [{ what, plan: textOfPlan(result.plan) }] : []));
}

function fileRule({ environments, components }: Flow): RuleVerdict {
  const evidence = { environments: Object.keys(environments), components: Object.keys(components) };
  const message = `It releases ${evidence.components.join(', ')} to ${evidence.environments.join(', ')}.`;
  return rule('flow file', 'pass', 'flow-valid', message, evidence);
}

function policyRule(
  policy: Flow | undefined,
  content: Flow,
  { base, branch }: { readonly base: string; readonly branch: string },
): RuleVerdict {
  if (policy === undefined) {
    const message = `The default branch ${branch} has no flow file that could be read; until it has one, nothing is released.`;
    return rule('policy', 'pass', 'policy-changes', message);
  }
  const changes = policyChanges(policy, content);
  if (changes.length === 0) return rule('policy', 'pass', 'policy-same', `The policy is that of ${branch}.`);
  const when = base === branch ? 'from the merge on' : `only when it has come to ${branch}`;
  return rule('policy', 'pass', 'policy-changes', `This changes ${changes.join('; ')}; it holds ${when}.`, { changes });
}

function page(rules: readonly RuleVerdict[], releases: readonly Release[], tags: readonly Foresight[]): string {
  const list =
    releases.length === 0
      ? ['No merge and no tag of this would be released anywhere.']
      : [
          'What would be released, and whether it could be now, is judged for each:',
          '',
          ...releases.map(({ what }) => `- ${what}`),
        ];
  const next = tags.length === 0 ? [] : ['### If it were tagged next', '', ...nextTagsPage(tags)];
  return ['### The flow file', '', rulesTable(rules), '', ...list, '', ...next].join('\n');
}
