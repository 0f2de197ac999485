import ICAL from 'ical.js';
import type { Problem } from '../flow/problem.ts';
import type { Freeze } from './freezes.ts';
import type { Holidays } from './holiday-list.ts';
import { type ContentLine, eventsIn } from './ical-lines.ts';
import type { Interval } from './openings.ts';
import { firstAt, lastAt } from './zone.ts';
import { readZone } from './zone-name.ts';

export interface CalendarQuestion {
  /** The zone of whole days, and of times that name none. */
  readonly zone: string;
  /** Only what touches this is told. */
  readonly between: Interval;
}

/** An event with where its properties stand. */
interface Event {
  readonly lines: readonly ContentLine[];
  readonly component: ICAL.Component;
  readonly id: string;
}

/** A mistake of a line, on its way out of the reading of one event. */
class LineMistake extends Error {
  readonly line: ContentLine;

  constructor(line: ContentLine, message: string) {
    super(message);
    this.line = line;
  }
}

/** How many repetitions are followed in a file: daily ones for fifty years. */
const mostRepetitions = 20_000;

/** Properties that say when an event is; everything else but its summary is left alone. Source: RFC 5545, 3.6.1. */
const times = ['DTSTART', 'DTEND', 'EXDATE', 'RDATE', 'RECURRENCE-ID'];
const known = [...times, 'DURATION', 'RRULE', 'SUMMARY', 'STATUS', 'UID'];

/** Every event of an iCalendar file (RFC 5545) as a freeze, repetitions followed. Never throws: every mistake is told, with its line. */
export function readCalendar(text: string, file: string, question: CalendarQuestion): Holidays<Freeze> {
  const problems: Problem[] = [];
  const tell = ({ line }: ContentLine, message: string) => problems.push({ file, line, column: 1, path: '', message });
  const attempt = <T>(event: readonly ContentLine[], work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (error instanceof LineMistake) tell(error.line, error.message);
      else tell(lineOf(event, 'RRULE') ?? lineOf(event, 'BEGIN') ?? start, `cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  };
  const found = eventsIn(text);
  if (!found.ok)
    return { ok: false, problems: [{ file, column: 1, path: '', line: found.line, message: found.message }] };
  const events = found.events.flatMap(lines => attempt(lines, () => eventOf(lines)) ?? []);
  const budget = { left: mostRepetitions };
  const freezes = events.flatMap(event => attempt(event.lines, () => freezesOf(event, events, question, budget)) ?? []);
  if (found.events.length === 0) tell(start, 'has no event');
  return problems.length === 0 ? { ok: true, freezes } : { ok: false, problems };
}

const start: ContentLine = { line: 1, text: '' };

function eventOf(lines: readonly ContentLine[]): Event {
  const component = new ICAL.Component('vevent');
  for (const line of lines) {
    if (!known.includes(nameOf(line))) continue;
    const property = propertyOf(line);
    if (times.includes(nameOf(line))) checkTime(line, property);
    component.addProperty(property);
  }
  const [begin = start] = lines;
  if (!component.hasProperty('dtstart')) throw new LineMistake(begin, 'the event has no DTSTART');
  return { lines, component, id: String(component.getFirstPropertyValue('uid') ?? '') };
}

function propertyOf(line: ContentLine): ICAL.Property {
  try {
    const property = ICAL.Property.fromString(line.text);
    property.getValues();
    return property;
  } catch (error) {
    throw new LineMistake(line, `${nameOf(line)} cannot be read: ${messageOf(error)}`);
  }
}

/** The library takes any digits for a date, and what is said to be text for text; a wrong one must not become another day, or none. */
function checkTime(line: ContentLine, property: ICAL.Property): void {
  if (!property.getValues().every(value => value instanceof ICAL.Time)) {
    throw new LineMistake(line, `${nameOf(line)} is not a date, nor a date and time`);
  }
  const written = line.text.slice(line.text.lastIndexOf(':') + 1);
  for (const text of written.split(',')) {
    const [, year, month, day, hour = '00', minute = '00', second = '00'] =
      /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?$/.exec(text) ?? [];
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
    const at = Date.parse(iso);
    if (!Number.isNaN(at) && new Date(at).toISOString() === iso) continue;
    throw new LineMistake(line, `\`${text}\` is not a date, nor a date and time`);
  }
  const zone = property.getFirstParameter('tzid');
  if (zone === undefined || readZone(zone).ok) return;
  throw new LineMistake(line, `\`${zone}\` is not a time zone of the time zone database`);
}

function freezesOf(
  event: Event,
  all: readonly Event[],
  question: CalendarQuestion,
  budget: { left: number },
): readonly Freeze[] {
  const { component, lines, id } = event;
  const isException = component.hasProperty('recurrence-id');
  const master = (other: Event) => other.id === id && !other.component.hasProperty('recurrence-id');
  // What replaces one repetition is told with the event that it belongs to.
  if (isException && all.some(master)) return [];
  const exceptions = isException ? [] : all.filter(other => other.id === id && other !== event && !master(other));
  const whole = new ICAL.Event(component, { exceptions: exceptions.map(other => other.component) });
  const between = (one: ICAL.Event, from: ICAL.Time, to: ICAL.Time) => freezeOf(one, { from, to }, lines, question);
  if (!whole.isRecurring()) return between(whole, whole.startDate, whole.endDate);
  const freezes: Freeze[] = [];
  const repetitions = whole.iterator();
  for (let next = repetitions.next(); next; next = repetitions.next()) {
    if (wallOf(next) > question.between.to + margin) break;
    budget.left -= 1;
    if (budget.left < 0) throw new LineMistake(lineOf(lines, 'RRULE') ?? start, 'repeats too often to be followed');
    const { item, startDate, endDate } = whole.getOccurrenceDetails(next);
    freezes.push(...between(item, startDate, endDate));
  }
  return freezes;
}

/** The clocks of a zone are never a day away from UTC. */
const margin = 2 * 86_400_000;

function freezeOf(
  { component, summary }: ICAL.Event,
  time: { readonly from: ICAL.Time; readonly to: ICAL.Time },
  lines: readonly ContentLine[],
  { zone, between }: CalendarQuestion,
): readonly Freeze[] {
  if (String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED') return [];
  const zoneOf = (name: string) => component.getFirstProperty(name)?.getFirstParameter('tzid');
  const from = momentOf(time.from, zoneOf('dtstart') ?? zone, firstAt);
  const to = momentOf(time.to, zoneOf('dtend') ?? zoneOf('dtstart') ?? zone, lastAt);
  if (to <= from) throw new LineMistake(lineOf(lines, 'DTSTART') ?? start, 'the event ends when it begins, or before');
  return from < between.to && between.from < to ? [{ name: summary || 'an event without a summary', from, to }] : [];
}

function momentOf(time: ICAL.Time, zone: string, side: (zone: string, wall: number) => number): number {
  return time.zone?.tzid === 'UTC' ? wallOf(time) : side(zone, wallOf(time));
}

function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function nameOf({ text }: ContentLine): string {
  return (/^[A-Za-z-]+/.exec(text)?.[0] ?? '').toUpperCase();
}

function lineOf(lines: readonly ContentLine[], name: string): ContentLine | undefined {
  return lines.find(line => nameOf(line) === name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
