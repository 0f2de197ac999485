import type { Plan } from '#core/plan/plan';
import type { Release } from '#core/release';
import { type GitHub, GitHubCallError } from './client.ts';

/** The states that people, chat and DORA tools read. */
export type DisplayState = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

/** Shows what became of a plan’s release. */
export function showPlan(
  writer: { readonly github: GitHub; readonly run: { readonly url: string } },
  plan: Plan,
  state: DisplayState,
  description: string,
): Promise<string | undefined> {
  const { name, url, approve } = plan.environment;
  return showDeployment(writer.github, {
    environment: name,
    release: plan.release,
    state,
    description,
    logUrl: writer.run.url,
    production: approve !== undefined,
    ...(url === undefined ? {} : { environmentUrl: url }),
  });
}

export interface Display {
  readonly environment: string;
  readonly release: Release;
  readonly state: DisplayState;
  /** At most 140 characters arrive. */
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl?: string;
  readonly production: boolean;
}

/** Payload of our own deployments: what they mirror is the journal. */
const task = 'release';

/**
 * Mirrors one fact of the journal to GitHub’s deployments: one deployment per environment and release. For display only, never read
 * for a decision. Answers a warning when GitHub does not take it; the release goes on.
 */
export async function showDeployment(github: GitHub, display: Display): Promise<string | undefined> {
  // What ran before the journal began has no commit that GitHub could show.
  if (display.release.sha === '') return undefined;
  try {
    const id = (await find(github, display)) ?? (await create(github, display));
    await addStatus(github, id, display);
    if (display.state === 'success') await endOthers(github, id, display);
    return undefined;
  } catch (error) {
    if (!(error instanceof GitHubCallError)) throw error;
    return `The deployment could not be shown on GitHub (needs \`deployments: write\`): ${error.message}`;
  }
}

async function addStatus(github: GitHub, id: number, status: Omit<Display, 'environment' | 'release' | 'production'>) {
  await github.request('POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', {
    deployment_id: id,
    state: status.state,
    description: status.description.slice(0, 140),
    log_url: status.logUrl,
    // GitHub’s own way spares production, and leaves alone what a run that died has left in progress.
    auto_inactive: false,
    ...(status.environmentUrl === undefined ? {} : { environment_url: status.environmentUrl }),
  });
}

const others = `query others($owner: String!, $name: String!, $environment: String!) {
  repository(owner: $owner, name: $name) {
    deployments(environments: [$environment], first: 30, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { databaseId task state } }
  }
}`;

interface Others {
  readonly repository: {
    readonly deployments: {
      readonly nodes: readonly { readonly databaseId: number; readonly task: string; readonly state: string }[];
    };
  };
}

/** Only one release of an environment is active, and nothing but that is what runs (runner#1001, deployment-status#27). */
async function endOthers(github: GitHub, id: number, { environment, description, logUrl }: Display): Promise<void> {
  const { owner, name } = github;
  const { deployments } = (await github.graphql<Others>(others, { owner, name, environment })).repository;
  const left = deployments.nodes.filter(
    node => node.task === task && node.databaseId !== id && ['ACTIVE', 'IN_PROGRESS'].includes(node.state),
  );
  for (const { databaseId } of left) await addStatus(github, databaseId, { state: 'inactive', description, logUrl });
}

async function find(github: GitHub, { environment, release }: Display): Promise<number | undefined> {
  const [newest] = await github.request<readonly { readonly id: number; readonly ref: string }[]>(
    'GET /repos/{owner}/{repo}/deployments',
    { environment, sha: release.sha, task, per_page: 1 },
  );
  return newest?.id;
}

async function create(github: GitHub, { environment, release, production }: Display): Promise<number> {
  const made = await github.request<{ readonly id: number }>('POST /repos/{owner}/{repo}/deployments', {
    ref: release.sha,
    environment,
    task,
    // True by default: it would merge the default branch into the release instead of deploying it.
    auto_merge: false,
    // The gates have judged; GitHub's own default would refuse on any pending check.
    required_contexts: [],
    production_environment: production,
    transient_environment: false,
    description: `Release ${release.version}`,
    payload: JSON.stringify({ version: release.version, tree: release.tree }),
  });
  return made.id;
}
