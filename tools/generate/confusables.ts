import { readFileSync } from 'node:fs';
import { writeGenerated } from './generated-file';

/**
 * `npm run generate:confusables`: writes which characters of names look alike (Unicode Technical
 * Standard 39), from the ICU of this Node.js. Run it after an update of Node.js, and add a
 * migration that empties `users.nickname_skeleton`.
 */
const PATH = 'services/user/domain/confusables.generated.ts';

/** Header of `confusables.cfu`, format 2, see `icu4c/source/i18n/uspoof_impl.h`. */
const MAGIC = 0x3845fdef;
const FORMAT = 2;
const FIELD = { keys: 12, keyCount: 16, values: 20, strings: 28 } as const;
const KEY_BYTES = 4;
const UNIT_BYTES = 2;
const CODE_POINT_MASK = 0xffffff;
const LENGTH_SHIFT = 24;

/**
 * Characters that a nickname may contain, see `nickname` in services/shared/contracts/fields.ts.
 */
const IN_NAMES = /^[\p{L}\p{M}\p{Nd}._-]$/u;
const HEX = 16;

/** Returns the data from the program that ICU is linked into. Throws when the data is missing. */
function findData(program: Buffer): Buffer {
  const magic = Buffer.alloc(KEY_BYTES);
  magic.writeUInt32LE(MAGIC);
  const at = program.indexOf(magic);
  if (at === -1 || program[at + KEY_BYTES] !== FORMAT) {
    throw new Error('This Node.js carries no confusables of ICU: take an official build');
  }
  return program.subarray(at);
}

function* prototypes(data: Buffer): Generator<[string, string]> {
  const [keys, values, strings] = [FIELD.keys, FIELD.values, FIELD.strings].map((field) =>
    data.readInt32LE(field),
  ) as [number, number, number];
  const count = data.readInt32LE(FIELD.keyCount);
  for (let index = 0; index < count; index += 1) {
    const key = data.readUInt32LE(keys + index * KEY_BYTES);
    const length = (key >>> LENGTH_SHIFT) + 1;
    const value = data.readUInt16LE(values + index * UNIT_BYTES);
    const at = strings + value * UNIT_BYTES;
    const text = data.toString('utf16le', at, at + length * UNIT_BYTES);
    yield [
      String.fromCodePoint(key & CODE_POINT_MASK),
      length === 1 ? String.fromCharCode(value) : text,
    ];
  }
}

const hexOf = (text: string): string =>
  [...text].map((character) => character.codePointAt(0)!.toString(HEX)).join('+');

/** Returns a line for each prototype: its code points, then those of its lookalikes. */
function table(): string {
  const lookalikes = new Map<string, string[]>();
  for (const [character, prototype] of prototypes(findData(readFileSync(process.execPath)))) {
    if (!IN_NAMES.test(character)) continue;
    const known = lookalikes.get(hexOf(prototype)) ?? [];
    lookalikes.set(hexOf(prototype), [...known, hexOf(character)]);
  }
  return [...lookalikes].map(([prototype, all]) => `${prototype} ${all.join(' ')}`).join('\n');
}

writeGenerated([
  {
    path: PATH,
    text: `/**
 * Written by tools/generate/confusables.ts: prototype and what looks like it, as hexadecimal
 * code points. Data of Unicode ${process.versions.unicode}, https://www.unicode.org/reports/tr39/.
 * Copyright © Unicode, Inc., under the Unicode License V3 (https://www.unicode.org/license.txt).
 */
export const CONFUSABLES = \`
${table()}\`;
`,
  },
]);
