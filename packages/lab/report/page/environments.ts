import type { Resolve } from '../anchors.ts';
import type { DeploymentState, DeploymentStatusView, DeploymentView, EnvironmentView } from '../data.ts';
import { type Html, html } from '../html.ts';
import { type Look, mark } from '../state.ts';
import { moment } from '../time.ts';

const states: Record<DeploymentState, { readonly look: Look; readonly word: string }> = {
  success: { look: 'good', word: 'Active' },
  failure: { look: 'bad', word: 'Failure' },
  error: { look: 'bad', word: 'Error' },
  inactive: { look: 'stopped', word: 'Inactive' },
  in_progress: { look: 'running', word: 'In progress' },
  queued: { look: 'waiting', word: 'Queued' },
  pending: { look: 'waiting', word: 'Pending' },
  waiting: { look: 'waiting', word: 'Waiting' },
};

/** The environments with the history of their deployments, the newest first. */
export function environments(all: readonly EnvironmentView[], resolve: Resolve): Html | false {
  if (all.length === 0) return false;
  return html`<section id="environments"><h2>Environments</h2>${all.map(each => environment(each, resolve))}</section>`;
}

function environment({ name, deployments, ...rules }: EnvironmentView, resolve: Resolve): Html {
  return html`<section class="panel environment"><header><h3>${name}</h3><p class="quiet">${ruleText(rules)}</p></header>
${deployments.length === 0 ? html`<p class="quiet">No deployment yet.</p>` : html`<ol class="entries">${deployments.toReversed().map(each => deployment(each, resolve))}</ol>`}</section>`;
}

function ruleText({
  reviewers,
  preventSelfReview,
  waitMinutes,
}: Pick<EnvironmentView, 'reviewers' | 'preventSelfReview' | 'waitMinutes'>): string {
  const rules = [
    ...(reviewers.length > 0 ? [`reviewed by ${reviewers.join(', ')}`] : []),
    ...(preventSelfReview ? ['nobody approves their own'] : []),
    ...(waitMinutes > 0 ? [`waits ${waitMinutes} min`] : []),
  ];
  return rules.length === 0 ? 'no protection rules' : rules.join(' · ');
}

function deployment({ statuses, ref, sha, description, creator, at }: DeploymentView, resolve: Resolve): Html {
  const last = statuses.at(-1);
  const state = last === undefined ? states.pending : states[last.state];
  const run = statuses.findLast(({ logUrl }) => logUrl !== '')?.logUrl;
  const here = run === undefined ? undefined : resolve(run);
  return html`<li>${mark(state)}<div><p><b>${description === '' ? ref : description}</b> <code>${sha.slice(0, 7)}</code><span class="chip ${state.look}">${state.word}</span></p>
<p class="quiet">${moment(at)} by ${creator}${here !== undefined && html` · <a href="${here}">run</a>`}</p>
${statuses.length > 0 && html`<details><summary>${statuses.length} ${statuses.length === 1 ? 'status' : 'statuses'}</summary><ol class="statuses">${statuses.map(status)}</ol></details>`}</div></li>`;
}

function status({ at, state, description, creator }: DeploymentStatusView): Html {
  return html`<li>${moment(at)}${mark(states[state])}<span>${states[state].word}${description !== '' && `: ${description}`} <span class="quiet">${creator}</span></span></li>`;
}
