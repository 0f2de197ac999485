import type { EventFilter, Workflow } from '../language/workflow.ts';
import { matchesAny } from './globs.ts';

/** What the decision needs to know of an event. */
export interface TriggerFacts {
  readonly name: string;
  /** The activity type, or the `event_type` of a repository_dispatch. */
  readonly action?: string;
  readonly ref: string;
  /** pull_request: the branch it wants to go into. */
  readonly baseBranch?: string;
  /** schedule: the cron line that is due. */
  readonly cron?: string;
  /** Asked for only when a workflow filters by path. */
  readonly changedFiles: () => readonly string[];
  /** The head commit's message, for `[skip ci]`. */
  readonly message?: string;
}

/** Events whose workflows run for these activity types when none are named. All others run for every type. */
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** Whether an event starts a workflow (one that is in the commit that GitHub reads workflows from for it). */
export function startsOn(workflow: Workflow, event: TriggerFacts): boolean {
  const filter = workflow.events.get(event.name);
  if (filter === undefined || skipped(event)) return false;
  switch (event.name) {
    case 'push':
      return pushPasses(filter, event);
    case 'pull_request':
    case 'pull_request_target':
      return typePasses(filter, event) && branchPasses(filter, event.baseBranch ?? '') && pathsPass(filter, event);
    case 'schedule':
      return event.cron === undefined || workflow.schedules.includes(event.cron);
    default:
      return typePasses(filter, event);
  }
}

function pushPasses(filter: EventFilter, event: TriggerFacts): boolean {
  const branches = filter.branches ?? filter.branchesIgnore;
  const tags = filter.tags ?? filter.tagsIgnore;
  if (event.ref.startsWith('refs/tags/')) {
    // Filters for branches alone say that tags are not wanted, and the other way round. Tags have no changed paths.
    if (!tags) return !branches;
    return passes(event.ref.slice('refs/tags/'.length), filter.tags, filter.tagsIgnore);
  }
  if (!branches && tags) return false;
  return branchPasses(filter, event.ref.slice('refs/heads/'.length)) && pathsPass(filter, event);
}

function branchPasses(filter: EventFilter, branch: string): boolean {
  return passes(branch, filter.branches, filter.branchesIgnore);
}

function passes(name: string, wanted: readonly string[] | undefined, ignored: readonly string[] | undefined): boolean {
  if (wanted) return matchesAny(wanted, name);
  return !ignored || !matchesAny(ignored, name);
}

/** `paths` wants one changed file that matches; `paths-ignore` wants one that does not. */
function pathsPass(filter: EventFilter, event: TriggerFacts): boolean {
  const { paths, pathsIgnore } = filter;
  if (paths) return event.changedFiles().some(file => matchesAny(paths, file));
  if (pathsIgnore) return event.changedFiles().some(file => !matchesAny(pathsIgnore, file));
  return true;
}

function typePasses(filter: EventFilter, event: TriggerFacts): boolean {
  const types = filter.types ?? DEFAULT_TYPES[event.name];
  return !types || types.includes(event.action ?? '');
}

/** docs.github.com "Skipping workflow runs": for push and pull_request, in the head commit's message. */
function skipped(event: TriggerFacts): boolean {
  if (event.name !== 'push' && event.name !== 'pull_request') return false;
  const message = event.message ?? '';
  return (
    /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/.test(message) ||
    /\n\nskip-checks: ?true\s*$/.test(message)
  );
}
