import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { notAskedFor } from '#action-kit/not-asked-for';
import { junitOf } from '#core/smoke/junit';
import { createRedact, secretParts } from '#core/smoke/redact';
import { type CheckResult, countsOf } from '#core/smoke/result';
import { smokeVerdict } from '#core/smoke/verdict';
import { runSmoke } from '#verify/smoke/run-smoke';
import { createSend } from '#verify/smoke/send';
import type { Inputs } from './inputs.ts';
import { openRecord } from './record.ts';
import { summarise } from './summary.ts';
import { planFor, readWork, type Work } from './work.ts';

/** Asks the endpoint what the smoke file says, and holds the answers against it. */
export async function smokeTest(kit: Kit, inputs: Inputs, open = openRecord): Promise<ActionEnd> {
  const { clock, signal, log } = kit;
  for (const secret of Object.values(inputs.secrets).flatMap(secretParts)) kit.mask(secret);
  const redact = createRedact(Object.values(inputs.secrets));
  const plan = planFor(inputs);
  if (plan !== undefined && plan.environment.smoke === undefined && inputs.file === undefined)
    return notAskedFor(plan, 'smoke test');
  const work = readWork(kit, inputs, plan);
  const record = await open(kit, inputs, plan);
  log.info(`Smoke test of ${redact(work.baseUrl)}${versionWords(work)}`);
  if (inputs.dryRun) return onlyLooked(work);

  const startedAt = new Date(clock.now());
  const results = await runSmoke({
    ...{ ...work, timeout: inputs.timeout, clock, signal, redact },
    send: createSend(clock),
    report: line => log.info(line),
  });
  const verdict = smokeVerdict(results);
  const counts = countsOf(results);
  kit.setOutput('tests', String(counts.tests));
  kit.setOutput('failures', String(counts.failures));
  kit.summary(summarise(redact(work.baseUrl), verdict, results));
  if (inputs.junit !== undefined) writeJunit(kit, inputs.junit, results, startedAt);
  await record(verdict);
  return { kind: 'verdict', verdict, details: { ...counts, checks: results }, waitIsGreen: false };
}

function versionWords({ wanted, smoke, plan }: Work): string {
  const version = wanted.version ?? wanted.sha;
  const where = plan === undefined ? '' : ` in ${plan.environment.name}`;
  return `${version === undefined ? '' : `, version ${version}`}${where}, ${smoke.steps.length} steps`;
}

/** A look checks the file and its names, and asks nobody: nothing is known, so this is no pass, but the step is green. */
function onlyLooked({ smoke }: Work): ActionEnd {
  const message = `The smoke file is valid; its ${smoke.steps.length} steps were not run.`;
  const verdict = { verdict: 'wait', reason: 'dry-run', message, evidence: {}, rules: [] } as const;
  return { kind: 'verdict', verdict, details: { tests: 0, failures: 0, skipped: 0, checks: [] }, waitIsGreen: true };
}

function writeJunit({ run }: Kit, file: string, results: readonly CheckResult[], startedAt: Date): void {
  const path = resolve(run.workspace, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, junitOf(results, 'smoke-test', startedAt));
}
