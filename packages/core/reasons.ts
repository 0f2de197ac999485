import { checkReasons } from './reasons/checks.ts';
import { cloudformationReasons } from './reasons/cloudformation.ts';
import { codePipelineReasons } from './reasons/codepipeline.ts';
import { commandReasons } from './reasons/command.ts';
import { commonReasons } from './reasons/common.ts';
import { deployReasons } from './reasons/deploy.ts';
import { evidenceReasons } from './reasons/evidence.ts';
import { gateReasons } from './reasons/gate.ts';
import { lambdaReasons } from './reasons/lambda.ts';
import { publishReasons } from './reasons/publish.ts';
import { staticSiteReasons } from './reasons/static-site.ts';
import { tagReasons } from './reasons/tags.ts';
import { verifyReasons } from './reasons/verify.ts';

/** What a reason code stands for, and what a person can do about it. */
export interface ReasonText {
  readonly means: string;
  readonly unblocks: string;
}

/** Every reason code of the suite, once. Stable: workflows branch on them. `docs/reasons.md` is generated from here. */
export const reasons = {
  ...commonReasons,
  ...checkReasons,
  ...tagReasons,
  ...gateReasons,
  ...evidenceReasons,
  ...deployReasons,
  ...cloudformationReasons,
  ...staticSiteReasons,
  ...commandReasons,
  ...codePipelineReasons,
  ...lambdaReasons,
  ...verifyReasons,
  ...publishReasons,
} as const;

export type Reason = keyof typeof reasons;

export function reasonText(reason: Reason): ReasonText {
  return reasons[reason];
}
