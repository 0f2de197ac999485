/** One log event. `arrives` is when it can first be read, epoch ms; `order` tells events of one time apart. */
export interface LogEvent {
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
  readonly arrives: number;
  readonly order: number;
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  /** By name, with the time of their creation. */
  readonly streams: Map<string, number>;
  readonly events: LogEvent[];
}

/** A place between events: everything up to and including it has been read. */
export interface Cursor {
  readonly timestamp: number;
  readonly order: number;
}

export function compareEvents(a: Cursor, b: Cursor): number {
  return a.timestamp - b.timestamp || a.order - b.order;
}

/** The events that can be read now, oldest first. */
export function readable(group: LogGroup, now: number, wanted: (event: LogEvent) => boolean): LogEvent[] {
  return group.events.filter(event => event.arrives <= now && wanted(event)).sort(compareEvents);
}
