import { Refusal } from '../github/world/refusal.ts';
import type { Step } from './schema.ts';
import { type Stage, tell } from './stage.ts';

/** An edit on github.com: over the Contents API, so that GitHub signs it (https://docs.github.com/rest/repos/contents). */
export async function editFile(
  stage: Stage,
  { by, branch, path, replace }: NonNullable<Step['edit-file']>,
): Promise<void> {
  const { lab, repository } = stage;
  const before = repository.readFile(branch, path)?.toString('utf8');
  if (before === undefined) throw new Error(`there is no ${path} on ${branch} to edit`);
  const missing = Object.keys(replace).filter(from => !before.includes(from));
  if (missing.length > 0) throw new Error(`${path} on ${branch} does not contain “${missing.join('”, “')}”`);
  const after = Object.entries(replace).reduce((text, [from, to]) => text.replaceAll(from, to), before);
  tell(stage, `${by} edits ${path} on ${branch} in the browser`);
  const address = `${lab.addresses.api}/repos/${repository.fullName}/contents/${path}`;
  const headers = { authorization: `Bearer ${lab.github.world.issueUserToken(by)}` };
  const found = await fetch(`${address}?ref=${encodeURIComponent(branch)}`, { headers });
  const { sha } = (await found.json()) as { readonly sha: string };
  const content = Buffer.from(after).toString('base64');
  const body = JSON.stringify({ branch, sha, content, message: `Edit ${path} [skip ci]` });
  const answer = await fetch(address, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Refusal(answer.status, await answer.text());
}
