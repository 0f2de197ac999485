import { cutPage } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';

interface Paged {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

/** Every list of RDS: between 20 and 100 a page. What was asked besides stands in `query`. */
export function pageOf<T>(items: readonly T[], query: unknown, { MaxRecords: size = 100, Marker }: Paged) {
  if (size < 20 || size > 100) {
    const message = `Invalid value ${size} for MaxRecords. Must be between 20 and 100`;
    throw new ServiceError('InvalidParameterValue', message);
  }
  const page = cutPage(items, query, Marker, size);
  if (page === undefined) throw new ServiceError('InvalidParameterValue', 'The Marker provided is invalid.');
  return page;
}

/** Identifiers are stored in small letters, and asked for in any; an ARN stands for its identifier. */
export function identifier(asked: string): string {
  return (asked.startsWith('arn:') ? asked.split(':').slice(6).join(':') : asked).toLowerCase();
}
