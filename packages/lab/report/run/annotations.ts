import type { AnnotationRecord } from '../../runner/records.ts';
import { type Html, html } from '../html.ts';

const looks: Record<AnnotationRecord['level'], { readonly look: string; readonly word: string }> = {
  failure: { look: 'bad', word: 'Error' },
  warning: { look: 'warning', word: 'Warning' },
  notice: { look: 'notice', word: 'Notice' },
};

export interface PlacedAnnotation extends AnnotationRecord {
  /** Where it came from: the job, and the anchor of its log; undefined for one of the run itself. */
  readonly job?: { readonly name: string; readonly anchor: string };
}

/** The annotations of a run, the worst first, as GitHub lists them. */
export function annotationList(annotations: readonly PlacedAnnotation[]): Html | false {
  if (annotations.length === 0) return false;
  const order = Object.keys(looks);
  const sorted = annotations.toSorted((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
  return html`<section class="panel annotations"><h4>Annotations <span class="count">${sorted.length}</span></h4><ul>${sorted.map(item)}</ul></section>`;
}

function item(annotation: PlacedAnnotation): Html {
  const { look, word } = looks[annotation.level];
  const place = annotation.file === '.github' ? '' : `${annotation.file}:${annotation.line}`;
  const from = [annotation.step, place].filter(text => text !== undefined && text !== '').join(' · ');
  return html`<li class="${look}"><svg class="mark ${look}" role="img" aria-label="${word}"><use href="#mark-${look}"/></svg><div>
${annotation.title !== undefined && html`<b>${annotation.title}</b>`}
<p class="message">${annotation.message}</p>
<p class="quiet">${annotation.job !== undefined && html`<a href="#${annotation.job.anchor}">${annotation.job.name}</a>`}${from !== '' && html` ${annotation.job === undefined ? '' : '· '}${from}`}</p></div></li>`;
}
