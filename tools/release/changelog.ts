/**
 * Returns the section `## [version]` without its heading. Throws when the section is missing or
 * empty.
 */
export function releaseNotes(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const found = sections.find((section) => section.startsWith(`[${version}]`));
  const [, ...lines] = found?.split('\n') ?? [];
  const notes = lines.join('\n').trim();
  if (!notes) throw new Error(`CHANGELOG.md has no section for ${version}, or nothing in it`);
  return `${notes}\n`;
}

/**
 * Returns the version of a tag such as `v0.2.0`. Throws when `package.json` has another version, or
 * when the changelog has no section for it.
 */
export function checkedVersion(tag: string, packaged: string, changelog: string): string {
  // Digits and dots only: names of Jobs end in the version, and are cut at dashes.
  const [, version] = /^v(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
  if (!version) throw new Error(`${tag} is no tag of a version, such as v0.2.0`);
  if (version !== packaged) {
    throw new Error(`The tag says ${version}, package.json says ${packaged}`);
  }
  releaseNotes(changelog, version);
  return version;
}
