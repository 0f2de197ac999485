import { usualFlow } from '#action-kit/common-inputs';
import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import type { Glass } from '#core/plan/glass';
import { makePlan } from '#core/plan/make-plan';
import type { GoesOn, Plan } from '#core/plan/plan';
import type { RuleVerdict } from '#core/verdict';
import { type Destination, environmentFor } from '#core/version/environment-for';
import { parseTag } from '#core/version/tag';
import { checklistOf } from '#github/checklists';
import type { GitHub } from '#github/client';
import { readFlow } from '#github/flow-files';
import { readJournal } from '#github/journal/read';
import { migrationsBetween } from '#github/migrations';
import { findArtifacts } from './artifacts.ts';
import { withAsked } from './asked.ts';
import { chosenComponents } from './chosen-components.ts';
import { judgeCommit } from './commit-rules.ts';
import { destinationRule } from './destination-rule.ts';
import type { Inputs } from './inputs.ts';
import { originatorsOf } from './originators.ts';
import { publishedRule } from './published-rule.ts';
import { releaseOf } from './release-of.ts';
import { releasedCommit } from './released-commit.ts';

export interface Planned {
  readonly rules: readonly RuleVerdict[];
  /** Absent when a rule failed before there was anything to plan. */
  readonly plan?: Plan;
}

/** What is asked for: by this run, or by the one that parked it. */
export interface Asked {
  /** `refs/tags/v1.3.0`. */
  readonly ref: string;
  /** The commit that it is about; empty where nobody says. */
  readonly sha: string;
  readonly components: readonly string[];
  readonly originators: readonly string[];
  /** Absent: the ref decides. */
  readonly environment?: string | undefined;
  readonly goesOn?: GoesOn;
  readonly glass?: Glass | undefined;
  /** What somebody says who lets it go on. */
  readonly why?: string;
}

/** The plan of a release: a branch or a tag that leads to an environment. */
export function planRelease(kit: Kit, github: GitHub, inputs: Inputs, glass: Glass | undefined): Promise<Planned> {
  const { ref, environment, components } = inputs;
  return planAsked(kit, github, inputs, {
    ref: fullRef(ref ?? kit.run.ref),
    sha: ref === undefined ? kit.run.sha : '',
    components,
    originators: originatorsOf(kit.run, inputs.originator),
    environment,
    glass,
  });
}

export async function planAsked(kit: Kit, github: GitHub, inputs: Inputs, asked: Asked): Promise<Planned> {
  const { flow: file = usualFlow } = inputs;
  const { ref, originators, goesOn, glass, why } = asked;
  const { commit, moved } = await releasedCommit(github, ref, asked.sha);
  if (moved !== undefined) return { rules: [moved] };
  const { flow, warnings, defaultBranch } = await readFlow(github, file, commit.sha);
  for (const warning of warnings) kit.log.warning(warning.message);

  const destination = destinationOf(flow, ref, asked.environment);
  const rules: RuleVerdict[] = [destinationRule(ref, destination)];
  if (!destination.ok) return { rules };
  rules.push(...publishedRule(kit.run, ref, destination));
  if (rules.some(({ verdict }) => verdict !== 'pass')) return { rules };

  const { environment } = destination;
  const release = releaseOf(destination, commit, flow);
  const only = chosenComponents(flow, destination, asked.components);
  const { state } = await readJournal(github, environment);
  const whose = { environment, release, goesOn: goesOn !== undefined };
  const artifacts = await findArtifacts(kit, github, flow, whose, { ...inputs, components: only });
  const components = only.length > 0 ? only : Object.keys(flow.components);
  const judged = await judgeCommit(github, { flow, destination, release, state, defaultBranch, components, glass });
  rules.push(...judged, ...artifacts.rules);
  const checklist = await checklistOf(github, flow, environment, defaultBranch);
  // What ran before the journal began has no commit: there is nothing to compare with.
  const older = state.running?.release.tree === '' ? undefined : state.running?.release;
  const migrations = await migrationsBetween(github, flow, { environment, components: only, newer: release, older });
  const planned = makePlan({
    flow,
    file,
    release,
    environment,
    artifacts: artifacts.found,
    originators,
    ref,
    now: kit.clock.now(),
    vars: inputs.vars,
    operation: 'release',
    only,
    ...(goesOn === undefined ? {} : { goesOn }),
    ...(glass === undefined ? {} : { glass }),
    ...(why === undefined ? {} : { why }),
    ...checklist,
    ...migrations,
    ...(inputs.parts === undefined ? {} : { parts: inputs.parts }),
    ...(state.running === null ? {} : { runs: state.running.release }),
  });
  if (!planned.ok) throw new FindingError(planned.findings);
  const plan = await withAsked(github, kit.run.run, planned.plan);
  return { rules, plan };
}

function fullRef(ref: string): string {
  if (ref.startsWith('refs/')) return ref;
  return /^v?\d/.test(ref) || parseTag(ref).ok ? `refs/tags/${ref}` : `refs/heads/${ref}`;
}

function destinationOf(flow: Flow, ref: string, environment: string | undefined): Destination {
  const destination = environmentFor(flow, ref, environment);
  if (!destination.ok || environment === undefined || destination.environment === environment) return destination;
  const message = `\`${ref}\` leads to ${destination.environment}, not to ${environment}`;
  return { ok: false, reason: 'leads-elsewhere', message };
}
