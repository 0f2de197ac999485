import type * as model from '@aws-sdk/client-lambda';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import type { Call } from '../../wire/service.ts';
import { describeCode, describeVersion } from './describe.ts';
import { active, type Engine, successful } from './engine.ts';
import { invalid } from './errors.ts';
import { checkIdle, checkRevision, theFunction, theVersion } from './lookups.ts';
import type { LambdaFunction, Version } from './state.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function getFunction(engine: Engine, input: model.GetFunctionCommandInput, call: Call) {
  const fn = theFunction(engine, call, input.FunctionName);
  const version = theVersion(fn, input.Qualifier);
  return { Configuration: describeVersion(fn, version, input.Qualifier), Code: describeCode(fn, version) };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(
  engine: Engine,
  input: model.GetFunctionConfigurationCommandInput,
  call: Call,
) {
  const fn = theFunction(engine, call, input.FunctionName);
  return describeVersion(fn, theVersion(fn, input.Qualifier), input.Qualifier);
}

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html : where nothing was updated since the newest version, that one
 * is answered and none is made. Numbers are never used again.
 */
export function publishVersion(engine: Engine, input: model.PublishVersionCommandInput, call: Call) {
  modelOnly(input, 'FunctionName', 'CodeSha256', 'Description', 'RevisionId');
  const fn = theFunction(engine, call, input.FunctionName);
  checkIdle(fn);
  const { sha256 } = fn.latest.code;
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== sha256) {
    throw invalid(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  checkRevision(fn.latest.revision, input.RevisionId);
  return describeVersion(fn, publish(engine, fn, input.Description));
}

export function publish(engine: Engine, fn: LambdaFunction, description?: string): Version {
  const newest = [...fn.versions.values()].at(-1);
  if (!fn.changed && newest !== undefined) return newest;
  const { latest } = fn;
  const number = String(Number(newest?.number ?? 0) + 1);
  const state = { value: 'Pending', code: 'Creating', reason: 'The function is being created.' };
  const version: Version = {
    ...latest,
    number,
    settings: description === undefined ? latest.settings : { ...latest.settings, description },
    revision: engine.newRevision(),
    modified: engine.clock.now(),
    state,
    lastUpdate: successful,
  };
  fn.versions.set(number, version);
  fn.changed = false;
  engine.clock.at(engine.clock.now() + engine.settings.publish, () => {
    fn.versions.set(number, { ...version, state: active, revision: engine.newRevision() });
  });
  return version;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html : 50 a page, `$LATEST` first. */
export function listVersions(engine: Engine, input: model.ListVersionsByFunctionCommandInput, call: Call) {
  const fn = theFunction(engine, call, input.FunctionName);
  const all = [fn.latest, ...fn.versions.values()].map(version => describeVersion(fn, version, version.number));
  const page = pageOf(all, fn.name, input.Marker, input.MaxItems);
  return { Versions: page.items, ...(page.next === undefined ? {} : { NextMarker: page.next }) };
}

export function pageOf<T>(all: readonly T[], question: unknown, marker: string | undefined, size = 50) {
  const page = cutPage(all, question, marker, Math.min(size, 50));
  if (page === undefined) throw invalid('The provided Marker is not valid.');
  return page;
}
