import { join } from 'node:path';
import type { Activity } from '../engine/activity.ts';
import { type CancelScope, createCancelScope } from '../engine/cancellation.ts';
import { definingRef } from '../engine/contexts.ts';
import type { JobNode } from '../engine/job-node.ts';
import { needsContext } from '../engine/job-scope.ts';
import { isObject, type Scope, type Value } from '../language/expressions.ts';
import type { StepsWork } from '../language/workflow.ts';
import type { OidcJob } from '../ports.ts';
import type { Draft, JobRecord } from '../records.ts';
import { createMasker } from '../steps/masking.ts';
import { killGroup } from '../steps/process.ts';
import { runStep } from '../steps/run-step.ts';
import { aliasesOf, makeFolders, removeFolders } from './folders.ts';
import { type Limits, limitTime } from './limits.ts';
import { machineOf, oidcVariables, runnerContext, variablesOf } from './machine.ts';
import type { Frame, JobSession } from './session.ts';

export interface OpenSession extends JobSession {
  /** Kills what is left, takes the token back, removes the folders. */
  close(): void;
}

/** A fresh machine for one job. */
export function createSession(
  node: JobNode,
  record: Draft<JobRecord>,
  work: StepsWork,
  {
    activity,
    cancel,
    scope,
    limits,
  }: { readonly activity: Activity; readonly cancel: CancelScope; readonly scope: Scope; readonly limits: Limits },
): OpenSession {
  const { run, instance, job } = node;
  const { ports, repository } = run;
  const environment = record.environment?.name;
  const origin = {
    repository: run.record.repository,
    runId: run.record.id,
    runNumber: run.record.number,
    attempt: run.record.attempt,
    jobId: record.id ?? 0,
    jobName: record.name,
    ...(environment === undefined ? {} : { environment }),
  };
  const token = ports.github.issueToken({
    repository: repository.fullName,
    runId: run.record.id,
    jobId: origin.jobId,
    permissions: job.permissions,
  });
  const secrets: Record<string, string> = {
    ...instance.secrets,
    ...(environment !== undefined && instance.seesEnvironmentSecrets ? repository.secrets(environment) : {}),
    GITHUB_TOKEN: token,
  };
  const folders = makeFolders(
    join(ports.directory, 'jobs', `${run.record.id}-${run.record.attempt}-${origin.jobId}`),
    run.record.repository,
    run.record.payload,
  );
  const masker = createMasker(aliasesOf(folders, ports.directory));
  for (const secret of Object.values(secrets)) masker.add(secret);

  const github: { readonly [key: string]: Value } = {
    ...(isObject(scope.contexts.github) ? scope.contexts.github : {}),
    token,
    job: job.definition.id,
  };
  const machine = machineOf(ports.options);
  const oidcJob: OidcJob = {
    ...origin,
    ref: run.record.ref,
    sha: run.record.sha,
    actor: run.record.actor,
    event: run.record.event,
    workflowRef: definingRef(ports.github, run.loaded),
    workflowSha: run.loaded.source.sha,
    jobWorkflowRef: definingRef(ports.github, instance.loaded),
    jobWorkflowSha: instance.loaded.source.sha,
  };
  const oidc = job.permissions['id-token'] === 'write' ? oidcVariables(ports, oidcJob, masker) : {};
  const groups = new Set<number>();
  const death = createCancelScope();
  const frame: Frame = { contexts: {}, steps: new Map(), env: {}, depth: 0, status: 'success', stop: cancel };
  let serial = 0;
  const session: JobSession = {
    ports,
    repository,
    origin,
    record,
    folders,
    surroundings: { clock: ports.clock, activity, children: ports.children, groups },
    masker,
    artifacts: run.artifacts,
    source: instance.loaded.source,
    defaults: [work.defaults, instance.loaded.workflow.defaults],
    ref: run.record.ref,
    sha: run.record.sha,
    contexts: {
      ...scope.contexts,
      github,
      vars: repository.variables(environment),
      needs: needsContext(node),
      secrets: { ...secrets, github_token: token },
      runner: runnerContext(folders),
    },
    machineEnv: { HOME: folders.home, LANG: 'C.UTF-8', CI: 'true', ...ports.variables?.(origin), ...oidc },
    fixedEnv: variablesOf(github, folders),
    actionEnv: {
      ACTIONS_RUNTIME_URL: `${ports.addresses.server}/_apis/`,
      ACTIONS_RESULTS_URL: `${ports.addresses.server}/_results/`,
    },
    node: machine.node,
    path: machine.path,
    envTemplates: [instance.loaded.workflow.env, work.env],
    env: new Map(),
    note: run.note,
    addedPath: [],
    frame,
    posts: [],
    savedState: new Map(),
    cancel,
    death,
    runStep: (inner, definition, step) => runStep(session, inner, definition, step),
    nextSerial: () => ++serial,
    onStep: (kind, step) => {
      repository.updateJob(origin.jobId, { steps: record.steps.map(shown) });
      run.tell({ kind, job: record, step });
    },
    onLine: (step, line) => run.tell({ kind: 'log', job: record, step, line }),
  };
  const timers = limitTime(session, limits);
  return Object.assign(session, {
    close() {
      for (const undo of timers) undo();
      for (const group of groups) killGroup(group);
      ports.github.revokeToken(token);
      removeFolders(folders);
    },
  });
}

function shown({ name, number, status, conclusion, startedAt, completedAt }: Draft<JobRecord>['steps'][number]) {
  return {
    name,
    number,
    status,
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(completedAt === undefined ? {} : { completedAt }),
  };
}
