import { runAction } from '#action-kit/run-action';
import { gateApproval } from './gate-approval.ts';
import { getInputs } from './inputs.ts';

export const run = () => runAction({ name: 'gate-approval', kind: 'verdict', getInputs, run: gateApproval });
