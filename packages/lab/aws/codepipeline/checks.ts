import { type Call, ServiceError } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { type Execution, type Pipeline, stageNames } from './state.ts';

/** Lengths and patterns of the API reference, in the words of AWS’s validation; the first mistake is told. */
export function checkName(member: string, value: string | undefined): void {
  checkPattern(member, value, /^[A-Za-z0-9.@\-_]+$/, '[A-Za-z0-9.@\\-_]+', 100);
}

export function checkId(member: string, value: string | undefined): void {
  const form = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
  checkPattern(member, value, new RegExp(`^${form}$`), form, 36);
}

export function checkToken(value: string | undefined): void {
  checkPattern('clientRequestToken', value, /^[a-zA-Z0-9-]+$/, '^[a-zA-Z0-9-]+$', 128);
}

export function checkVariable(name: string | undefined, value: string | undefined): void {
  checkPattern('variables.name', name, /^[A-Za-z0-9@\-_]+$/, '[A-Za-z0-9@\\-_]+', 128);
  if (value === '')
    throw invalid(
      "Value '' at 'variables.value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
}

function checkPattern(member: string, value: string | undefined, pattern: RegExp, form: string, longest: number): void {
  if (value === undefined) return;
  if (value.length > longest) {
    throw invalid(
      `Value '${value}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
  if (pattern.test(value)) return;
  throw invalid(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${form}`,
  );
}

function invalid(what: string): ServiceError {
  return new ServiceError('ValidationException', `1 validation error detected: ${what}`);
}

export function refuse(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function findPipeline(
  { places }: Engine,
  { account, region }: Call,
  member: string,
  name: string | undefined,
): Pipeline {
  checkName(member, name);
  const pipeline = places.at(account, region).get(name ?? '');
  if (pipeline !== undefined) return pipeline;
  throw new ServiceError(
    'PipelineNotFoundException',
    `Account '${account}' does not have a pipeline with name '${name}'`,
  );
}

export function findExecution(pipeline: Pipeline, id: string | undefined): Execution {
  checkId('pipelineExecutionId', id);
  const execution = pipeline.executions.find(each => each.id === id);
  if (execution !== undefined) return execution;
  const message = `Could not find the pipeline execution with the id: ${id} in the pipeline ${pipeline.declaration.name}`;
  throw new ServiceError('PipelineExecutionNotFoundException', message);
}

export function checkStage(pipeline: Pipeline, stage: string | undefined): string {
  checkName('stageName', stage);
  if (stage !== undefined && stageNames(pipeline).includes(stage)) return stage;
  const message = `Stage '${stage}' does not exist in the pipeline '${pipeline.declaration.name}'`;
  throw new ServiceError('StageNotFoundException', message);
}
