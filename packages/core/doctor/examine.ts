import { examineAws } from './aws.ts';
import { examineBranches, examineJournals, journalGuards } from './branches.ts';
import { examineBypass } from './bypass.ts';
import { examineCallers } from './callers.ts';
import { examineEnvironments } from './environments.ts';
import type { DoctorFacts } from './facts.ts';
import type { DoctorFinding } from './finding.ts';
import { examineOperations } from './operations.ts';
import { examinePipelines } from './pipelines.ts';
import { examineSubject } from './subject.ts';
import { examineMadeTags, examineTags, tagGuards } from './tags.ts';

/** Everything in which GitHub and the working copy can be held against the flow file. */
export function examine(facts: DoctorFacts): readonly DoctorFinding[] {
  return [
    ...examineEnvironments(facts),
    ...examineJournals(facts),
    ...examineTags(facts),
    ...examineMadeTags(facts),
    ...examineBypass(facts, [...journalGuards(facts), ...tagGuards(facts)]),
    ...examineBranches(facts),
    ...examinePipelines(facts),
    ...examineCallers(facts),
    ...examineOperations(facts),
    ...examineSubject(facts),
    ...examineAws(facts),
  ];
}
