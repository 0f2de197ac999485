import { type ReasonText, reasons } from '#core/reasons';
import { checkReasons } from '#core/reasons/checks';
import { cloudformationReasons } from '#core/reasons/cloudformation';
import { codePipelineReasons } from '#core/reasons/codepipeline';
import { commandReasons } from '#core/reasons/command';
import { commonReasons } from '#core/reasons/common';
import { deployReasons } from '#core/reasons/deploy';
import { evidenceReasons } from '#core/reasons/evidence';
import { gateReasons } from '#core/reasons/gate';
import { lambdaReasons } from '#core/reasons/lambda';
import { publishReasons } from '#core/reasons/publish';
import { staticSiteReasons } from '#core/reasons/static-site';
import { tagReasons } from '#core/reasons/tags';
import { verifyReasons } from '#core/reasons/verify';
import { table } from './table.ts';

type Texts = Readonly<Record<string, ReasonText>>;

const groups: readonly (readonly [title: string, texts: Texts])[] = [
  ['Any action', commonReasons],
  ['check-flow', checkReasons],
  ['validate-tag: the tag and its commit', tagReasons],
  ['gate-approval, and the artifacts that validate-tag finds', gateReasons],
  ['gates that look into AWS', evidenceReasons],
  ['deploy, rollback and hold', deployReasons],
  ['deploy and rollback of functions', lambdaReasons],
  ['deploy and rollback of stacks', cloudformationReasons],
  ['deploy and rollback of static sites', staticSiteReasons],
  ['deploy and rollback of command components', commandReasons],
  ['deploy and rollback of pipelines', codePipelineReasons],
  ['smoke-test and monitor', verifyReasons],
  ['publish-release', publishReasons],
];

/** `docs/reasons.md`: every code that the output `reason` can have. */
export function reasonsPage(): string {
  const grouped = new Set(groups.flatMap(([, texts]) => Object.keys(texts)));
  const missing = Object.keys(reasons).filter(code => !grouped.has(code));
  if (missing.length > 0) throw new Error(`docs/reasons.md would lack ${missing.join(', ')}: add their group here`);
  return `${[introduction, ...groups.map(([title, texts]) => section(title, texts))].join('\n\n')}\n`;
}

const introduction = `<!-- Generated from packages/core/reasons by \`npm run generate\`. -->
# Reasons

Every action ends with a word for how it ended (the output \`outcome\` or \`verdict\`) and a code for why (the output \`reason\`).
The codes are stable: workflows may branch on them. The message beside a code has the facts of the case.`;

function section(title: string, texts: Texts): string {
  const rows = Object.entries(texts).map(([code, { means, unblocks }]) => [`\`${code}\``, means, unblocks]);
  return `## ${title}\n\n${table(['reason', 'it means', 'what unblocks it'], rows)}`;
}
