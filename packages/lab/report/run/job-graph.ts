import type { JobRecord, RunRecord } from '../../runner/records.ts';
import { jobAnchor } from '../anchors.ts';
import { type Html, html } from '../html.ts';
import { mark, shown } from '../state.ts';
import { span } from '../time.ts';
import { type Graph, graphOf } from './graph.ts';
import { waitText } from './waits.ts';

/** Pixels. On a narrow screen the boxes stand below each other, and the style sheet ignores these. */
const box = { width: 244, height: 104 };
const gap = { x: 44, y: 14 };

export function jobGraph(run: RunRecord): Html {
  const graph = graphOf(run.jobs);
  if (graph.columns.length === 0) return html`<p class="quiet">No job was started.</p>`;
  const rows = Math.max(...graph.columns.map(column => column.length));
  const width = graph.columns.length * (box.width + gap.x) - gap.x;
  const height = rows * (box.height + gap.y) - gap.y;
  return html`<div class="graph-box"><div class="graph" style="--width:${width}px;--height:${height}px">
<svg width="${width}" height="${height}" aria-hidden="true">${edges(graph)}</svg>
${graph.columns.map((column, x) => column.map((job, y) => jobBox(run, job, placeOf(x, y))))}</div></div>`;
}

function jobBox(run: RunRecord, job: JobRecord, { left, top }: Place): Html {
  const state = shown(job);
  return html`<a class="job-box ${state.look}" href="#${jobAnchor(run, job)}" style="--left:${left}px;--top:${top}px;--width:${box.width}px;--height:${box.height}px">
<span class="name">${mark(state)}<b>${job.name}</b></span>
<span class="facts">${job.environment !== undefined && html`<span class="chip">${job.environment.name}</span>`}<span class="took">${span(job.startedAt, job.completedAt) ?? state.word}</span></span>
${job.waits.map(wait => html`<span class="wait">${waitText(wait)}</span>`)}
</a>`;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

function placeOf(column: number, row: number): Place {
  return { left: column * (box.width + gap.x), top: row * (box.height + gap.y) };
}

function edges({ columns, edges }: Graph): readonly Html[] {
  const places = new Map(columns.flatMap((column, x) => column.map((job, y) => [job, placeOf(x, y)] as const)));
  return edges.map(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    if (start === undefined || end === undefined) throw new Error(`No box for ${from.key} or ${to.key}`);
    const [x1, x2] = [start.left + box.width, end.left];
    const [y1, y2] = [start.top + box.height / 2, end.top + box.height / 2];
    const middle = x2 - gap.x / 2;
    return html`<path class="edge ${shown(from).look}" d="M${x1} ${y1}H${middle - 8}C${middle} ${y1} ${middle} ${y2} ${middle + 8} ${y2}H${x2}"/>`;
  });
}
