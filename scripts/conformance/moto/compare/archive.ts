import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** The same files are the same bytes, whenever they are packed. */
export async function archiveOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  const named = { 'package.json': '{"name":"conformance","version":"1.4.0"}', ...files };
  const mtime = new Date(Date.UTC(2026, 0, 1));
  for (const [path, text] of Object.entries(named)) zip.addBuffer(Buffer.from(text), path, { mtime, mode: 0o100644 });
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
