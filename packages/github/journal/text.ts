import { type GitHub, orFinding } from '../client.ts';

/** What is asked of a file in GraphQL, so that `textOf` can tell whether all of it came. */
export const textFields = '{ object { ... on Blob { oid isTruncated text } } }';

export interface FileEntry {
  readonly object?: {
    readonly oid?: string;
    readonly isTruncated?: boolean | null;
    readonly text?: string | null;
  } | null;
}

/** The text of a file; undefined where there is none. GraphQL cuts large ones, and says so: those are read whole by REST. */
export async function textOf(github: GitHub, file: FileEntry | null | undefined): Promise<string | undefined> {
  const { oid, isTruncated, text } = file?.object ?? {};
  if (isTruncated !== true || oid === undefined) return text ?? undefined;
  const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
  const blob = await orFinding('contents: read', () =>
    github.request<{ readonly content: string }>(route, { file_sha: oid }),
  );
  return Buffer.from(blob.content, 'base64').toString('utf8');
}
