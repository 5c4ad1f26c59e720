import type { Locale } from '../../services/shared/contracts/fields';
import { derivedId } from '../../services/shared/kernel/ids';

/** Verbs and objects of the demo's task titles: 64 combinations for sixty tasks. */
const VERBS: Readonly<Record<Locale, readonly string[]>> = {
  en: ['Repaint', 'Measure', 'Translate', 'Speed up', 'Document', 'Test', 'Simplify', 'Clean'],
  ru: [
    'Перекрасить',
    'Измерить',
    'Перевести',
    'Ускорить',
    'Описать',
    'Проверить',
    'Упростить',
    'Почистить',
  ],
};
const THINGS: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'the perch',
    'the seed feeder',
    'the cage door',
    'the mirror',
    'the bell',
    'the swing',
    'the bath',
    'the ladder',
  ],
  ru: [
    'жёрдочку',
    'кормушку',
    'дверцу клетки',
    'зеркальце',
    'колокольчик',
    'качели',
    'купалку',
    'лесенку',
  ],
};

const FIRST_JIRA_NUMBER = 101;

/** Title and jira id of the demo's task `index`. */
export function demoTitle(index: number, locale: Locale): { jiraId: string; title: string } {
  const verbs = VERBS[locale];
  const things = THINGS[locale];
  const verb = verbs[index % verbs.length]!;
  const thing = things[Math.floor(index / verbs.length) % things.length]!;
  return { jiraId: `POPUG-${FIRST_JIRA_NUMBER + index}`, title: `${verb} ${thing}` };
}

/** The id of the demo's task `index`; the same for every seeding. */
export function demoTaskId(index: number): string {
  return derivedId('demo-task', String(index));
}
