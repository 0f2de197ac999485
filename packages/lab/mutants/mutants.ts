import { changeMutants } from './change-mutants.ts';
import { cliMutants } from './cli-mutants.ts';
import { cloudFormationMutants } from './cloudformation-mutants.ts';
import { codePipelineMutants } from './codepipeline-mutants.ts';
import { commandMutants } from './command-mutants.ts';
import { emergencyMutants } from './emergency-mutants.ts';
import { evidenceMutants } from './evidence-mutants.ts';
import { hastyMutants } from './hasty-mutants.ts';
import { lambdaMutants } from './lambda-mutants.ts';
import type { Mutant } from './mutant.ts';
import { peopleMutants } from './people-mutants.ts';
import { policyMutants } from './policy-mutants.ts';
import { publishMutants } from './publish-mutants.ts';
import { pulumiMutants } from './pulumi-mutants.ts';
import { releaseMutants } from './release-mutants.ts';
import { removedRules } from './removed-rules.ts';
import { rolloutMutants } from './rollout-mutants.ts';
import { samMutants } from './sam-mutants.ts';
import { severalMutants } from './several-mutants.ts';
import { staticSiteMutants } from './static-site-mutants.ts';
import { tagMutants } from './tag-mutants.ts';
import { timeMutants } from './time-mutants.ts';
import { waiterMutant } from './waiter-mutant.ts';
import { waitingMutants } from './waiting-mutants.ts';

export const mutants: readonly Mutant[] = [
  ...rolloutMutants,
  ...changeMutants,
  ...cloudFormationMutants,
  ...codePipelineMutants,
  ...commandMutants,
  ...lambdaMutants,
  ...staticSiteMutants,
  ...pulumiMutants,
  ...samMutants,
  ...releaseMutants,
  ...peopleMutants,
  ...policyMutants,
  ...publishMutants,
  ...tagMutants,
  ...removedRules,
  ...timeMutants,
  ...evidenceMutants,
  ...waitingMutants,
  ...emergencyMutants,
  ...hastyMutants,
  ...severalMutants,
  ...cliMutants,
  waiterMutant,
];
