import { writeFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.ts';

/** Writes the notice that goes with the bundles: every licence text once, above it the packages that come under it. */
export function writeLicences(file: string, packages: readonly BundledPackage[]): void {
  const byText = Map.groupBy(packages, licenceText);
  const notices = [...byText].map(([text, members]) => {
    const names = members.map(({ name, version, licence }) => `${name} ${version} (${licence})`);
    return `${names.join('\n')}\n\n${text}\n`;
  });
  writeFileSync(file, notices.join(`\n${'-'.repeat(80)}\n\n`));

  function licenceText(member: BundledPackage): string {
    const text = member.text ?? siblingText(member, packages);
    if (text === undefined)
      throw new Error(`${member.name} is published without a licence text, and so are its siblings`);
    return text.replaceAll('\r\n', '\n').trim();
  }
}

/** Some packages of a scope are published without the file that the others of the same scope and licence have. */
function siblingText({ name, licence }: BundledPackage, packages: readonly BundledPackage[]): string | undefined {
  const scope = name.split('/')[0];
  return packages.find(other => other.name.split('/')[0] === scope && other.licence === licence && other.text)?.text;
}
