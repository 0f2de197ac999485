import type { Frame, JobSession } from '../job/session.ts';
import { stepStatusFunctions } from '../language/conditions.ts';
import type { Scope, Value } from '../language/expressions.ts';
import { hashFiles } from './hash-files.ts';

/** What expressions of a step see. `env` holds what the step adds to the job's. */
export function stepScope(session: JobSession, frame: Frame, env: Readonly<Record<string, string>> = {}): Scope {
  const { record, source, folders } = session;
  const { github } = session.contexts;
  const contexts: Record<string, Value> = {
    ...session.contexts,
    github: {
      ...(github && typeof github === 'object' && !Array.isArray(github) ? github : {}),
      workspace: folders.workspace,
      event_path: folders.event,
      ...(frame.action ? { action_path: frame.action.folder } : {}),
      ...(frame.action?.repository
        ? { action_repository: frame.action.repository, action_ref: frame.action.ref ?? '' }
        : {}),
      ...(frame.action ? { action_status: frame.status } : {}),
    },
    job: {
      status: session.frame.status,
      check_run_id: record.id ?? null,
      workflow_ref: `${source.repository}/${source.path}@${source.ref}`,
      workflow_sha: source.sha,
      workflow_repository: source.repository,
      workflow_file_path: source.path,
    },
    steps: Object.fromEntries([...frame.steps].map(([id, step]) => [id, { ...step }])),
    env: { ...Object.fromEntries(session.env), ...frame.env, ...env },
  };
  for (const [name, value] of Object.entries(frame.contexts)) {
    if (value === undefined) delete contexts[name];
    else contexts[name] = value;
  }
  return {
    contexts,
    functions: {
      ...stepStatusFunctions(frame.status),
      hashFiles: (...patterns) => hashFiles(folders.workspace, patterns.map(String)),
    },
  };
}
