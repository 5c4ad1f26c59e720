import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** WCAG 2.2, criteria 1.4.3 (text) and 1.4.11 (controls and state marks). */
const TEXT = 4.5;
const CONTROL = 3;

const css = readFileSync(join(import.meta.dirname, 'base.css'), 'utf8');

function tokensOf(selector: string): Record<string, string> {
  const begin = css.indexOf(`${selector} {`);
  const block = css.slice(begin, css.indexOf('}', begin));
  const found = [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)];
  return Object.fromEntries(found.map(([, name, color]) => [name!, color!]));
}

/** Relative luminance (WCAG 2.2, definition): sRGB made linear, weighted. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const light = tokensOf(':root');
const dark = { ...light, ...tokensOf("[data-mantine-color-scheme='dark']") };
const MEANINGS = ['good', 'out', 'failed', 'waiting'];

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, tokens) => {
  const backs = ['back', ...MEANINGS.map((meaning) => `${meaning}-back`)];
  it.each([
    ...MEANINGS.flatMap((meaning) => [
      [meaning, 'back'],
      [meaning, `${meaning}-back`],
    ]),
    ...['accent', 'quiet'].map((text) => [text, 'back']),
    ...backs.map((back) => ['text', back]),
    // Entries of the menu, and rows under the pointer.
    ['accent', 'waiting-back'],
    ['accent-text', 'accent'],
  ])('text %s can be read on %s', (text, back) => {
    expect(contrast(tokens[text!]!, tokens[back!]!)).toBeGreaterThanOrEqual(TEXT);
  });

  it('edges of controls can be seen', () => {
    expect(contrast(tokens['control']!, tokens['back']!)).toBeGreaterThanOrEqual(CONTROL);
  });
});
