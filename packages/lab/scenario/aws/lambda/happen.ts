import type * as z from 'zod/mini';
import type { Stage } from '../../stage.ts';
import { archiveOf } from './prepare.ts';
import type { lambdaHappening } from './schema.ts';

type Happening = { readonly [Key in keyof typeof lambdaHappening]?: z.output<(typeof lambdaHappening)[Key]> };

/** What other people and Lambda itself do to functions. */
export function happenToFunctions({ lab, scenario }: Stage, happening: Happening): void {
  const { region, functions = [] } = scenario.aws;
  const { lambda } = lab.aws;
  const place = ({ account, name }: { readonly account: string; readonly name: string }) => ({ account, region, name });
  const update = happening['update-function'];
  if (update !== undefined) {
    const { version, variables, memory } = update;
    const application = functions.find(({ name }) => name === update.name)?.application ?? '';
    lambda.change(place(update), {
      ...(version === undefined ? {} : { code: { zip: archiveOf({ application, version }) } }),
      settings: { ...(variables === undefined ? {} : { variables }), ...(memory === undefined ? {} : { memory }) },
    });
  }
  const requests = happening['request-function'];
  if (requests !== undefined) {
    const { host, times, path = '/' } = requests;
    for (let nth = 0; nth < times; nth += 1) {
      if (lambda.respond(host, path) === undefined) throw new Error(`no function answers at ${host}`);
    }
  }
  const publish = happening['publish-function'];
  if (publish !== undefined) lambda.publish(place(publish));
  const move = happening['move-alias'];
  if (move !== undefined) {
    lambda.moveAlias(place(move), move.alias, { version: move.to, weights: move.weights ?? {} });
  }
  const deleted = happening['delete-version'];
  if (deleted !== undefined) lambda.deleteVersion(place(deleted), deleted.version);
  const failure = happening['fail-function-update'];
  if (failure !== undefined) {
    lambda.failNextUpdate(place(failure), { code: failure.code, reason: failure.reason });
  }
}
