import { LabDefect, refuseType } from './refusal.ts';
import type { Scalar, TimestampFormat } from './schema.ts';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const decimal = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const notFinite: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** A scalar in form fields, XML, headers, paths and queries. Formats: Smithy's protocol documents of awsQuery and restXml. */
export function readText(shape: Scalar, text: string, path: string, timestamps: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'string':
      return text;
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      return refuseType(path, JSON.stringify(text), 'a Boolean');
    case 'number':
      return readNumber(text) ?? refuseType(path, JSON.stringify(text), 'a Number');
    case 'timestamp':
      return readTextDate(text, shape.format ?? timestamps) ?? refuseType(path, JSON.stringify(text), 'a Timestamp');
    case 'blob':
      return readBase64(text) ?? refuseType(path, 'A text that is not base64', 'a Blob');
    case 'big-integer':
    case 'big-decimal':
    case 'document':
    case 'unit':
      throw new LabDefect(`${path}: the lab does not read ${shape.kind} from text`);
  }
}

export function writeText(shape: Scalar, value: unknown, path: string, timestamps: TimestampFormat): string {
  switch (shape.kind) {
    case 'string':
      return typeof value === 'string' ? value : wrong(path, value, 'string');
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : wrong(path, value, 'boolean');
    case 'number':
      return typeof value === 'number' ? String(value) : wrong(path, value, 'number');
    case 'timestamp':
      return isDate(value) ? writeDate(value, shape.format ?? timestamps) : wrong(path, value, 'valid Date');
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : wrong(path, value, 'Uint8Array');
    case 'big-integer':
    case 'big-decimal':
    case 'document':
    case 'unit':
      throw new LabDefect(`${path}: the lab does not write ${shape.kind} as text`);
  }
}

export function wrong(path: string, value: unknown, wanted: string): never {
  throw new LabDefect(`The answer holds ${describe(value)} at ${path}, where the SDK's schema says ${wanted}`);
}

export function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

export function readNumber(text: string): number | undefined {
  return decimal.test(text) ? Number(text) : notFinite[text];
}

export function readBase64(text: string): Uint8Array | undefined {
  return base64.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
}

export function readTextDate(text: string, format: TimestampFormat): Date | undefined {
  const date = dateIn(text, format);
  return date !== undefined && isDate(date) ? date : undefined;
}

function dateIn(text: string, format: TimestampFormat): Date | undefined {
  switch (format) {
    case 'date-time':
      return isoDate.test(text) ? new Date(text) : undefined;
    case 'http-date':
      return text.endsWith(' GMT') ? new Date(text) : undefined;
    case 'epoch-seconds':
      return decimal.test(text) ? new Date(Math.round(Number(text) * 1000)) : undefined;
  }
}

export function writeDate(date: Date, format: TimestampFormat): string {
  switch (format) {
    case 'date-time':
      return date.toISOString();
    case 'http-date':
      return date.toUTCString();
    case 'epoch-seconds':
      return String(date.getTime() / 1000);
  }
}

function describe(value: unknown): string {
  if (value instanceof Date) return isDate(value) ? 'a Date' : 'an invalid Date';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `${typeof value} ${String(value)}`;
}
