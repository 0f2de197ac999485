import { isNode } from './imports.ts';
import { interfaceOf, jobsOf, type Use, usesIn } from './workflow-files.ts';

/** What a document says to the suite that the suite does not understand, and the other way round. */
export function faultsOf(document: unknown): readonly string[] {
  return [...usesIn(document).flatMap(faultsOfUse), ...jobsOf(document).flatMap(([, job]) => unknownOutputs(job))];
}

function faultsOfUse(use: Use): readonly string[] {
  const known = interfaceOf(use.uses);
  if (known === undefined) return [];
  if (known === 'missing') return [`${use.uses} does not exist`];
  const given = isNode(use.with) ? Object.keys(use.with) : [];
  const granted = isNode(use.permissions) ? use.permissions : {};
  const required = Object.entries(known.inputs).filter(([, input]) => input.required && input.default === undefined);
  return [
    ...given.filter(name => !(name in known.inputs)).map(name => `has no input ${name}`),
    ...required.filter(([name]) => !given.includes(name)).map(([name]) => `needs the input ${name}`),
    ...Object.entries(known.permissions)
      .filter(([scope, level]) => granted[scope] !== 'write' && granted[scope] !== level)
      .map(([scope, level]) => `needs ${scope}: ${level}`),
  ].map(fault => `${use.uses} ${fault}`);
}

/** `steps.deploy.outputs.outcome`, where the step `deploy` uses an action of the suite. */
const reference = /\bsteps\.(?<id>[\w-]+)\.outputs\.(?<output>[\w-]+)/g;

function unknownOutputs(job: Readonly<Record<string, unknown>>): readonly string[] {
  const steps = new Map(usesIn(job.steps).map(step => [step.id, interfaceOf(step.uses)]));
  const references = [...JSON.stringify(job).matchAll(reference)].map(({ groups = {} }) => groups);
  const unknown = references.filter(({ id, output = '' }) => {
    const known = steps.get(id);
    return known !== undefined && known !== 'missing' && !known.outputs.includes(output);
  });
  return [...new Set(unknown.map(({ id, output }) => `steps.${id} has no output ${output}`))];
}
