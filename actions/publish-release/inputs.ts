import { type CommonInputs, getCommonInputs, refuseBeside, refuseWithoutPlan } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import { NEXT_BY, readTagToMake, type TagToMake } from '#core/flow/publish';

export interface Inputs extends CommonInputs {
  /** A plan of validate-tag, whose environment says what is published; or the commit of the run, on its own. */
  readonly work:
    | { readonly kind: 'plan'; readonly plan: string }
    /** Without a kind of tag the run is of the tag that is published. */
    | { readonly kind: 'alone'; readonly make?: TagToMake };
}

export function getInputs(input: InputReader): Inputs {
  return { ...getCommonInputs(input), work: readWork(input) };
}

function readWork(input: InputReader): Inputs['work'] {
  const [plan, tag] = [input.optional('plan'), input.optional('tag')];
  const next = input.list('next');
  if (plan !== undefined) {
    refuseBeside(input, 'plan', ['tag', 'next']);
    return { kind: 'plan', plan };
  }
  refuseWithoutPlan(input, 'environment', 'flow');
  const by = NEXT_BY.filter(each => next.includes(each));
  const unknown = next.filter(each => !by.some(known => known === each));
  if (unknown.length > 0) input.problem('next', `“${unknown.join(', ')}” is none of ${NEXT_BY.join(', ')}.`);
  if (tag === undefined) {
    if (next.length > 0) input.problem('next', 'says nothing without `tag`, the kind of tag that is made.');
    return { kind: 'alone' };
  }
  const reading = readTagToMake(tag);
  if (reading.ok) return { kind: 'alone', make: { ...reading.value, next: by.length === 0 ? ['commits'] : by } };
  input.problem('tag', `${reading.message}.`, reading.hint);
  return { kind: 'alone' };
}
