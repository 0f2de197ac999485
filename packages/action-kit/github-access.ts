import type { Kit } from './kit.ts';

/** What it takes to ask GitHub and to write the journal, in the name of this run. `policyToken`: for the policy that the flow file extends. */
export function gitHubAccess({ clock, random, run }: Kit, token: string, policyToken?: string) {
  return { token, policyToken, apiUrl: run.apiUrl, run: run.run, clock, random };
}
