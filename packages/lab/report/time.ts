import { formatDuration } from '#core/duration';
import { type Html, html } from './html.ts';

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `09:12:40`: UTC, as everything here. */
export function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** `09:12` */
export function minuteTime(at: number): string {
  return clockTime(at).slice(0, 5);
}

/** `Mon 2 Nov` */
export function dayName(at: number): string {
  return day.format(at).replace(',', '');
}

/** `Mon 2 Nov, 09:12`, with the whole truth in its title. */
export function moment(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}" title="${iso}">${dayName(at)}, ${minuteTime(at)}</time>`;
}

/** `12 min 5 s`; undefined while one end is missing. */
export function span(from: number | undefined, until: number | undefined): string | undefined {
  return from === undefined || until === undefined ? undefined : formatDuration(until - from);
}
