import { expect, it } from 'vitest';
import { parseTitle } from '../../../../services/board/domain/title';
import { splitTitle, wholeTitle } from './title';

/** What the server makes of it; null when it refuses. */
function stored(text: string): { jiraId: string | null; title: string } | null {
  try {
    return parseTitle(text);
  } catch (error) {
    expect(error).toMatchObject({ errors: [{ code: 'bracket' }] });
    return null;
  }
}

it.each([
  '[UBERPOP-42] - Change the button',
  '[UBERPOP-42] Change the button',
  '[UBERPOP-42]Change the button',
  '[UBERPOP-42] -5 degrees',
  '[КЛЮВ-7] — тире остаётся',
  'Change the button',
  '[two words] Change the button',
  '[A] [B] Change the button',
  'Change [the] button',
  `[${'A'.repeat(51)}] Change the button`,
  '[A]\nsecond line\nthird',
])('%s is split as the server does', (text) => {
  const { hasBracket, ...split } = splitTitle(text);
  expect(hasBracket ? null : split).toEqual(stored(text));
});

it('what was split is typed the same way again', () => {
  const split = splitTitle('[UBERPOP-42] Change the button');
  expect(splitTitle(wholeTitle(split))).toEqual(split);
  expect(wholeTitle({ jiraId: null, title: 'Change' })).toBe('Change');
});
