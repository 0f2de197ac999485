import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Kit } from '#action-kit/kit';
import { type AwsSession, createSession } from '#aws/session';
import { FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import type { Driver, Progress } from '#core/target';
import { createDriver } from '#targets/registry';
import type { Work } from './work.ts';

export interface Drivers {
  of(component: Component): Promise<Driver>;
}

/** Makes the drivers of a deployment; components of one region and role share their session. */
export function createDrivers(kit: Kit, work: Work): Drivers {
  const sessions = new Map<string, AwsSession>();
  const sessionOf = (component: Component): AwsSession => {
    const region = component.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (region === undefined || region === '') throw noRegion(component);
    const key = `${region} ${component.role ?? ''}`;
    const session = sessions.get(key) ?? openSession(kit, region, component.role);
    sessions.set(key, session);
    return session;
  };
  return {
    of: component =>
      createDriver(component, {
        session: sessionOf(component),
        clock: kit.clock,
        random: kit.random,
        signal: kit.signal,
        runToken: `${kit.run.run.id}-${kit.run.run.attempt}`,
        report: progress => tell(kit, progress),
        artifacts: work.artifacts[component.name] ?? {},
        readFile: path => readFromWorkspace(kit.run.workspace, path),
      }),
  };
}

function openSession(kit: Kit, region: string, role: string | undefined): AwsSession {
  const { clock, random } = kit;
  if (role === undefined) return createSession({ region, clock, random });
  const sessionName = `release-actions-${kit.run.run.id}`;
  return createSession({
    region,
    clock,
    random,
    assume: { role, sessionName, mintToken: () => kit.idToken('sts.amazonaws.com') },
  });
}

function tell(kit: Kit, { subject, text, level }: Progress): void {
  const time = new Date(kit.clock.now()).toISOString().slice(11, 19);
  if (level === 'warning') kit.log.warning(`${subject}: ${text}`);
  else kit.log.info(`${time}  ${subject}  ${text}`);
}

function readFromWorkspace(workspace: string, path: string): string {
  try {
    return readFileSync(resolve(workspace, path), 'utf8');
  } catch (cause) {
    const message = `The file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new FindingError([{ reason: 'input-invalid', message, evidence: { path } }], { cause });
  }
}

function noRegion(component: Component): FindingError {
  const message = `No AWS region is known for ${component.name}.`;
  const next = 'Give `region`, set AWS_REGION, or name the region in the flow file.';
  return new FindingError([
    { reason: 'input-invalid', message, evidence: {}, next, where: { kind: 'input', input: 'region' } },
  ]);
}
