import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { StepRecord } from '../runner/records.ts';
import { runsOf, type Stage } from './stage.ts';

type Outputs = StepRecord['outputs'];

/**
 * Where the output `result` of an action is not what the published schema says, or says something else than the outputs beside
 * it. Judged after every scenario, for every step of the suite that has come to an end.
 */
export function wrongResults(stage: Stage, suite: string): readonly string[] {
  const results = runsOf(stage).flatMap(run =>
    run.jobs
      .flatMap(job => job.steps)
      .filter(({ outputs }) => isOfTheSuite(outputs))
      .map(({ name, outputs }) => ({ outputs, what: `run ${run.number} “${run.title}”, result of “${name}”` })),
  );
  if (results.length === 0) return [];
  const matches = new Ajv2020({ allErrors: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(join(suite, 'schema/result.schema.json'), 'utf8')) as object,
  );
  const problemsOf = (outputs: Outputs): readonly string[] => {
    const result = parse(outputs.result ?? '');
    if (typeof result !== 'object' || result === null) return ['it is no JSON object'];
    if (!matches(result))
      return (matches.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    return ['reason', 'outcome', 'verdict']
      .filter(name => Reflect.get(result, name) !== outputs[name])
      .map(name => `its ${name} is ${String(Reflect.get(result, name))}, the output ${name} is ${outputs[name]}`);
  };
  return results.flatMap(({ outputs, what }) => problemsOf(outputs).map(problem => `${what}: ${problem}`));
}

function isOfTheSuite({ outcome, verdict, reason }: Outputs): boolean {
  return reason !== undefined && (outcome ?? verdict) !== undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
