import { checkedVersion, releaseNotes } from './changelog';

const CHANGELOG = `# Changelog

## [Unreleased]

- Not yet.

## [0.2.0] - 2026-12-01

### People

- Something new.

## [0.1.0]

- The first.

## [0.0.9]
`;

it('the notes of a release are its section of the changelog, without its heading', () => {
  expect(releaseNotes(CHANGELOG, '0.2.0')).toBe('### People\n\n- Something new.\n');
  expect(releaseNotes(CHANGELOG, '0.1.0')).toBe('- The first.\n');
});

it('a version without section, or with an empty one, is not released', () => {
  for (const version of ['0.3.0', '0.0.9', '0.2']) {
    expect(() => releaseNotes(CHANGELOG, version)).toThrow(`no section for ${version}`);
  }
});

it('a tag names the version of package.json, which the changelog has', () => {
  expect(checkedVersion('v0.2.0', '0.2.0', CHANGELOG)).toBe('0.2.0');
  expect(() => checkedVersion('v0.2.0', '0.1.0', CHANGELOG)).toThrow('package.json says 0.1.0');
  expect(() => checkedVersion('v0.3.0', '0.3.0', CHANGELOG)).toThrow('no section for 0.3.0');
});

it('a tag with anything but three numbers is refused', () => {
  for (const tag of ['0.2.0', 'v0.2', 'v0.2.0-rc.1', 'v0.2.0 ', 'main']) {
    expect(() => checkedVersion(tag, '0.2.0', CHANGELOG)).toThrow('is no tag of a version');
  }
});
