import fc from 'fast-check';
import { isVisible } from '../../shared/kernel/text';
import { parseTitle } from './title';

/** Text without brackets that begins with a letter or number; some letters are invisible. */
const plainTitle = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
  .filter((text) => !/[[\]]/.test(text) && /^[\p{L}\p{N}]/u.test(text) && isVisible(text));
const jiraId = fc.stringMatching(/^[A-Z]{1,10}-[1-9]\d{0,5}$/);
/** Separators between the Jira id and the title. */
const separator = fc.constantFrom('', ' ', '  ', ' - ', '  -  ', '\t-\u00a0');

describe('parseTitle', () => {
  it.each([
    ['[UBERPOP-42] Change the button', 'UBERPOP-42', 'Change the button'],
    ['[UBERPOP-42] - Change the button', 'UBERPOP-42', 'Change the button'],
    ['[jira-id] Title', 'jira-id', 'Title'],
    ['[A-1]Title', 'A-1', 'Title'],
    ['[A-1] -5 degrees', 'A-1', '-5 degrees'],
    ['[A-1] - - twice', 'A-1', '- twice'],
    ['[ПОПУГ-7] Поменять цвет', 'ПОПУГ-7', 'Поменять цвет'],
    ['[विक्रम-1] marks in the id', 'विक्रम-1', 'marks in the id'],
    ['No id at all', null, 'No id at all'],
    ['a - b', null, 'a - b'],
    ['  blanks around  ', null, '  blanks around  '],
    ['[A-1] first\nsecond', 'A-1', 'first\nsecond'],
    ['\u202eright to left', null, '\u202eright to left'],
  ])('takes %j apart', (text, id, title) => {
    expect(parseTitle(text)).toEqual({ jiraId: id, title });
  });

  it.each([
    ['[A-1] [B-2] two ids'],
    ['[A-1] a ] left over'],
    ['[A-1 never closed'],
    ['id at the end [A-1]'],
    [' [A-1] blank in front'],
    ['[] empty'],
    ['[two words] no id'],
    [']'],
  ])('refuses %j for its bracket', (text) => {
    expect(() => parseTitle(text)).toThrow('bracket');
  });

  it.each([
    [''],
    ['   '],
    ['[A-1]'],
    ['[A-1]  '],
    ['[A-1]  - '],
    ['\u200b\u00a0\ufeff\u2028'],
    ['\u3164'],
    ['[A-1] \u2800\u115f'],
  ])('refuses %j because nothing is left to read', (text) => {
    expect(() => parseTitle(text)).toThrow('blank');
  });

  it.each([['[\u3164] Title'], ['[A\u3164-1] Title'], ['[A\ufe0f] Title']])(
    'refuses %j because its Jira id hides a character',
    (text) => {
      expect(() => parseTitle(text)).toThrow('hides');
    },
  );

  it('answers with a problem that points at the title', () => {
    expect(() => parseTitle('[')).toThrow(
      expect.objectContaining({
        status: 400,
        errors: [expect.objectContaining({ pointer: '/title' })],
      }),
    );
  });

  it('gives back id and title of anything put together from them, to the letter', () => {
    fc.assert(
      fc.property(jiraId, separator, plainTitle, (id, between, title) => {
        expect(parseTitle(`[${id}]${between}${title}`)).toEqual({ jiraId: id, title });
      }),
    );
  });

  it('keeps any title without brackets as it is', () => {
    fc.assert(
      fc.property(plainTitle, (title) => {
        expect(parseTitle(title)).toEqual({ jiraId: null, title });
      }),
    );
  });

  it('never lets a bracket through, whatever is sent', () => {
    const text = fc.string({ unit: fc.constantFrom('[', ']', ' ', '-', 'A', '1'), maxLength: 12 });
    fc.assert(
      fc.property(text, (sent) => {
        const kept = ((): string => {
          try {
            const { jiraId: id, title } = parseTitle(sent);
            return `${id ?? ''}${title}`;
          } catch (error) {
            expect(error).toMatchObject({ status: 400 });
            return '';
          }
        })();
        expect(kept).not.toMatch(/[[\]]/);
      }),
    );
  });
});
