/** The lines below `## [version]`, up to the next version. Throws when there is no such section. */
export function releaseNotes(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const found = sections.find((section) => section.startsWith(`[${version}]`));
  const [, ...lines] = found?.split('\n') ?? [];
  const notes = lines.join('\n').trim();
  if (!notes) throw new Error(`CHANGELOG.md has no section for ${version}, or nothing in it`);
  return `${notes}\n`;
}

/**
 * The version that a tag such as `v0.2.0` names. Throws when it is not the one in `package.json`,
 * or when the changelog does not say what is new in it.
 */
export function checkedVersion(tag: string, packaged: string, changelog: string): string {
  // Digits and dots: names of Jobs end in it, cut at their dashes.
  const [, version] = /^v(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
  if (!version) throw new Error(`${tag} is no tag of a version, such as v0.2.0`);
  if (version !== packaged) {
    throw new Error(`The tag says ${version}, package.json says ${packaged}`);
  }
  releaseNotes(changelog, version);
  return version;
}
