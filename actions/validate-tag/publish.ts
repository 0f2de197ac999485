import type { ActionEnd, Kit } from '#action-kit/kit';
import { textOfPlan } from '#action-kit/plan-text';
import { partNames } from '#core/plan/parts';
import { componentsOf } from '#core/plan/plan';
import { previewsOf } from '#core/plan/previews';
import { rulesTable } from '#core/report/rules-table';
import { judge } from '#core/verdict';
import type { Planned } from './plan-release.ts';

/** Judges the rules together and hands the plan over, only when all of them pass. One that only waits ends green, without a plan. */
export function publish(kit: Kit, { rules, plan }: Planned): Extract<ActionEnd, { kind: 'verdict' }> {
  const verdict = judge(rules);
  const release = plan?.release;
  const passed = verdict.verdict === 'pass' && plan !== undefined;
  const components = plan === undefined ? [] : componentsOf(plan).map(component => component.name);
  kit.setOutput('plan', passed ? textOfPlan(plan) : '');
  kit.setOutput('environment', passed ? plan.environment.name : '');
  kit.setOutput('missing', JSON.stringify(verdict.missing ?? []));
  kit.setOutput('version', release?.version ?? '');
  kit.setOutput('release-sha', release?.sha ?? '');
  kit.setOutput('components', JSON.stringify(components));
  kit.setOutput('parts', JSON.stringify(partNames(plan?.parts)));
  const previews = passed ? previewsOf(plan).map(({ name }) => name) : [];
  kit.setOutput('previews', previews.length === 0 ? '' : JSON.stringify(previews));
  const title = release === undefined ? 'No release' : `${release.version} → ${plan?.environment.name}`;
  kit.summary(`### ${title}\n\n${rulesTable(rules)}\n`);
  return { kind: 'verdict', verdict, details: { release: release ?? null, planned: components }, waitIsGreen: true };
}
