import { z } from 'zod';
import {
  beakShape,
  emailKey,
  nicknameKey,
  searchText,
  shownBeakShape,
  storableText,
  visibleText,
} from './fields';

const MAX = 5;
const isTaken = (field: z.ZodType, value: unknown): boolean => field.safeParse(value).success;

describe('visibleText', () => {
  const text = visibleText(MAX);

  it('is stored in NFC without blanks around it', () => {
    expect(text.parse(` \u00a0${'йod'.normalize('NFD')}\n`)).toBe('йod'.normalize('NFC'));
  });

  it.each(['', '   ', '\u3164', '\u2800', '\u200b\u3164 ', '\ufeff', '\u00ad'])(
    'refuses %j as blank',
    (value) => {
      expect(isTaken(text, value)).toBe(false);
    },
  );

  it.each(['a\0b', 'a\ud800'])('refuses %j, which can not be stored', (value) => {
    expect(isTaken(text, value)).toBe(false);
  });

  it('counts characters of what is stored', () => {
    expect(isTaken(text, 'é'.repeat(MAX).normalize('NFD'))).toBe(true);
    expect(isTaken(text, '🦜'.repeat(MAX))).toBe(true);
    expect(isTaken(text, '🦜'.repeat(MAX + 1))).toBe(false);
    // U+0958 becomes two code points in NFC.
    expect(isTaken(text, '\u0958'.repeat(MAX))).toBe(false);
  });

  it('tells its limits to who reads the API', () => {
    expect(z.toJSONSchema(text)).toMatchObject({ type: 'string', minLength: 1, maxLength: MAX });
    expect(z.toJSONSchema(storableText(MAX).min(1))).toMatchObject({
      minLength: 1,
      maxLength: MAX,
    });
  });
});

it('counts characters of texts that are stored as they come', () => {
  expect(isTaken(storableText(MAX), '🦜'.repeat(MAX))).toBe(true);
  expect(isTaken(storableText(MAX), '🦜'.repeat(MAX + 1))).toBe(false);
});

it('searches for what is stored', () => {
  expect(searchText(MAX).parse('й'.normalize('NFD'))).toBe('й'.normalize('NFC'));
});

describe('beakShape', () => {
  it.each(['curved-yellow-42', 'ё'.repeat(8).normalize('NFD'), '🦜'.repeat(8), 'é'.repeat(256)])(
    'takes %s as it came',
    (value) => {
      expect(beakShape.parse(value)).toBe(value);
    },
  );

  it.each([
    'ё'.repeat(7).normalize('NFD'),
    '🦜🦜🦜🦜',
    'seven\u0301-7'.slice(0, 7),
    'with-a\ttab',
    'line\nbreak-and-more',
    'c1-control\u0085',
    'a'.repeat(257),
    'half-\ud800-beak',
  ])('refuses %j', (value) => {
    expect(isTaken(beakShape, value)).toBe(false);
  });

  it('is compared however it is typed, within a limit', () => {
    const longest = '\u1e69'.repeat(256).normalize('NFD');
    expect(shownBeakShape.parse(longest)).toBe(longest);
    expect(isTaken(shownBeakShape, '')).toBe(false);
    expect(isTaken(shownBeakShape, 'a'.repeat(1_025))).toBe(false);
  });
});

it('finds one person under every way of writing their login', () => {
  expect(nicknameKey('СЕРГЕЙ'.normalize('NFD'))).toBe(nicknameKey('Сергей'));
  expect(emailKey('Kesha@клюв.рф')).toBe('kesha@xn--b1apd0f.xn--p1ai');
  expect(emailKey('Old@Label-.example')).toBe('old@label-.example');
});
