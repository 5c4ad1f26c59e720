import { cutTo, hasLetter, toSepaLatin } from './bank-text';

it.each([
  ['Иннокентий Попугаев', 'Innokentii Popugaev'],
  ['Щукин Юрий Съездович', 'Shchukin Iurii Sieezdovich'],
  ['Ёлкина Ольга', 'Elkina Olga'],
  ['François Müller-Łódź', 'Francois Muller-Lodz'],
  ['Straße & Sons', 'Strasse . Sons'],
  ['O’Brien — the 2nd', "O'Brien - the 2nd"],
  ['/Kesha//Popug/', 'Kesha/Popug'],
  ['王小明', '...'],
])('%s becomes %s in Latin letters', (text, latin) => {
  expect(toSepaLatin(text)).toBe(latin);
});

it('what is Latin already stays as it is', () => {
  const allowed = "AZ az 09 / - ? : ( ) . , ' +";
  expect(toSepaLatin(allowed)).toBe(allowed);
});

it('a name without any letter left is recognised', () => {
  expect(hasLetter(toSepaLatin('王小明'))).toBe(false);
  expect(hasLetter(toSepaLatin('Кеша'))).toBe(true);
});

it('a cut counts code points and leaves no blank at the end', () => {
  expect(cutTo('🦜🦜🦜', 2)).toBe('🦜🦜');
  expect(cutTo('ab cd', 3)).toBe('ab');
});
