import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

interface Entry {
  readonly path: string;
  readonly body: Buffer;
  /** Unix mode: links stay links, and what can be executed stays so. */
  readonly mode: number;
}

/** 1 January 1980, midnight: the time of a build must not make other bytes of the same files. */
const date = 0x21;

/**
 * A zip of all files of a folder, the same bytes for the same files whenever and wherever it is made: so a function whose code has
 * not changed is not deployed again. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipFolder(folder: string): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const entries = filesOf(folder);
  for (const { path, body, mode } of entries) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(body);
    const common = commonHeader(name, body, packed);
    const local = Buffer.concat([signature(0x04034b50), common, name, packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE((mode * 0x1_0000) >>> 0, 6);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(0x02014b50), madeByUnix, common, central, name]));
    bodies.push(local);
    offset += local.length;
  }
  return Buffer.concat([...bodies, ...directory, ending(entries.length, Buffer.concat(directory).length, offset)]);
}

const madeByUnix = Buffer.from([20, 3]);

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function commonHeader(name: Buffer, body: Buffer, packed: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  // Names are UTF-8.
  header.writeUInt16LE(0x0800, 2);
  header.writeUInt16LE(8, 4);
  header.writeUInt16LE(date, 8);
  header.writeUInt32LE(crc32(body), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(body.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

function ending(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function filesOf(folder: string): readonly Entry[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .toSorted((one, other) => (one < other ? -1 : 1))
    .flatMap(path => entryOf(folder, path) ?? []);
}

function entryOf(folder: string, path: string): Entry | undefined {
  const full = join(folder, path);
  const stat = lstatSync(full);
  if (stat.isSymbolicLink()) return { path, body: Buffer.from(readlinkSync(full)), mode: 0o120777 };
  if (!stat.isFile()) return undefined;
  return { path, body: readFileSync(full), mode: (stat.mode & 0o100) === 0 ? 0o100644 : 0o100755 };
}
