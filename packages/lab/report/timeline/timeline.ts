import { formatDuration } from '#core/duration';
import type { JobRecord, RunRecord, WaitRecord } from '../../runner/records.ts';
import { runAnchor, shortRef } from '../anchors.ts';
import type { ReportData } from '../data.ts';
import { type Html, html } from '../html.ts';
import type { Part } from '../page/chapters.ts';
import { waitText } from '../run/waits.ts';
import { mark, shown } from '../state.ts';
import { dayName, minuteTime, span } from '../time.ts';
import { type Scale, scaleOf } from './scale.ts';

/** The whole scenario on one axis of lab time: a row for each run, its waits and its jobs. */
export function timeline(data: ReportData, parts: readonly Part[]): Html | false {
  if (data.runs.length === 0) return false;
  const points = data.moments.map(({ at }) => ({ from: at, until: at }));
  const busy = data.runs.map(({ createdAt, completedAt }) => ({ from: createdAt, until: completedAt ?? data.until }));
  const scale = scaleOf({ from: data.from, until: data.until }, [...busy, ...points]);
  return html`<section class="panel timeline" id="timeline"><h2>Timeline</h2>
<p class="quiet">Lab time, UTC. ${legend}</p>
<div class="axis" aria-hidden="true">${ticks(scale)}</div>
${parts.map(part => html`${part.title !== undefined && html`<h3>${part.id !== undefined && html`<span class="letter">${part.id}</span>`}${part.title}</h3>`}<ol>${part.runs.map(run => row(run, scale, data.until))}</ol>`)}
</section>`;
}

/** Of the axis: what stands closer than this to the label before it is left out on a narrow screen. */
const crowdedSpace = 22;

const legend = html`<span class="key good">ran</span><span class="key bad">failed</span><span class="key wait">waited for people</span>`;

function ticks(scale: Scale): Html {
  let day = '';
  let wide = Number.NEGATIVE_INFINITY;
  const labels = scale.ticks.map(at => {
    const today = dayName(at);
    const label = today === day ? minuteTime(at) : html`${minuteTime(at)}<small>${today}</small>`;
    day = today;
    const crowded = scale.position(at) - wide < crowdedSpace;
    if (!crowded) wide = scale.position(at);
    return html`<span class="tick${crowded && ' crowded'}" style="left:${percent(scale.position(at))}">${label}</span>`;
  });
  const breaks = scale.breaks.map(
    ({ from, until, start, width }) =>
      html`<span class="break" style="left:${percent(start)};width:${percent(width)}" title="${formatDuration(until - from)} in which nothing happens"></span>`,
  );
  return html`${labels}${breaks}`;
}

function row(run: RunRecord, scale: Scale, end: number): Html {
  const state = shown(run);
  const bars = run.jobs.filter(job => job.kind === 'steps' && job.startedAt !== undefined);
  const cuts = scale.breaks.map(
    ({ start, width }) => html`<span class="cut" style="left:${percent(start)};width:${percent(width)}"></span>`,
  );
  const waits = [...run.waits, ...run.jobs.flatMap(job => job.waits)];
  return html`<li><a href="#${runAnchor(run)}"><span class="label">${mark(state)}<b>${run.title}</b><span class="took">${shortRef(run.ref) !== run.title && html`${shortRef(run.ref)} · `}${minuteTime(run.createdAt)} · ${span(run.createdAt, run.completedAt) ?? state.word}</span></span>
<span class="track">${bar('whole', run.createdAt, run.completedAt, run.title)}${cuts}${waits.map(waitBar)}${bars.map(jobBar)}</span></a></li>`;

  function waitBar(wait: WaitRecord): Html {
    return bar('wait', wait.from, wait.until, waitText(wait));
  }

  function jobBar(job: JobRecord): Html {
    return bar(
      shown(job).look,
      job.startedAt ?? end,
      job.completedAt,
      `${job.name}: ${span(job.startedAt, job.completedAt) ?? ''}`,
    );
  }

  function bar(look: string, from: number, until: number | undefined, title: string): Html {
    const [left, right] = [scale.position(from), scale.position(until ?? end)];
    return html`<span class="bar ${look}" style="left:${percent(left)};width:${percent(right - left)}" title="${title}"></span>`;
  }
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}
